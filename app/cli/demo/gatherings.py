"""Meetings of a neighbourhood: announced, signed up for, held, minuted; the motion on the plan."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.cli.demo.facts import Json, file_of
from app.cli.demo.stage import Stage, turn_clock_to
from app.cli.demo.years import Year
from participation.meetings import motions, services
from participation.meetings.content import MeetingDetails, Visitor
from participation.meetings.motions import Cards
from participation.meetings.states import MeetingKind
from participation.meetings.tokens import new_token

EVENING = (19, 30)
_LASTS = timedelta(hours=2)
_CAPACITY = 60
_SIGN_UPS = 6
_FEWEST_IN_THE_HALL = 19


def announce(stage: Stage, year: Year, name: str, day: int, now: datetime) -> None:
    """Say when and where; ``name`` is one of the meetings whose texts there are."""
    told, place = _told(name), _place(year)
    starts_at = stage.calendar.at(day, *EVENING)
    year.meetings[name] = services.plan_meeting(
        actor=stage.one_of("facilitator"),
        area=stage.area(year.fact.area),
        cycle=year.cycle,
        details=MeetingDetails(
            kind=MeetingKind(told["kind"]),
            title=told["title"],
            agenda=told["agenda"],
            starts_at=starts_at,
            ends_at=starts_at + _LASTS,
            place=f"{place['name']}, {place['address']}",
            is_step_free=True,
            has_hearing_loop=True,
            access_notes=place["access_notes"],
            capacity=_CAPACITY,
        ),
        now=now,
    )


def sign_up(stage: Stage, year: Year, name: str, now: datetime) -> None:
    """Some neighbours say that they will come, some of them with somebody else."""
    for turn, resident in enumerate(stage.residents_of[year.fact.area][:_SIGN_UPS]):
        services.sign_up_for_meeting(
            actor=stage.actor(resident),
            meeting=year.meetings[name],
            visitor=Visitor(
                language=stage.facts.language,
                name=stage.people[resident].name,
                seats=1 + turn % 2,
            ),
            token=new_token(),
            now=now,
        )


def decide_on_plan(stage: Stage, year: Year, name: str, now: datetime) -> None:
    """The hall votes with cards on adopting the plan; two tellers count the same."""
    turn_clock_to(now)
    facilitator = stage.staff_of("facilitator")[0]
    board_member = stage.staff_of("board_member", year.fact.area)[0]
    first, second = stage.actor(facilitator), stage.actor(board_member)
    motion = motions.move_motion(
        actor=first,
        meeting=year.meetings[name],
        cycle=year.cycle,
        second_teller_id=stage.people[board_member].id,
        title=file_of("meeting_texts.json")["motion"],
        now=now,
    )
    motions.confirm_motion(actor=second, motion=motion, peppers=stage.peppers, now=now)
    motions.open_motion(actor=first, motion=motion, peppers=stage.peppers, now=now)
    for teller in (first, second):
        motions.record_cards(
            actor=teller, motion=motion, cards=_cards(year, name), peppers=stage.peppers, now=now
        )
    motions.publish_motion(actor=first, motion=motion, now=now)


def write_down(stage: Stage, year: Year, name: str, now: datetime) -> None:
    """How many came and what was said, for everybody to read."""
    actor, meeting = stage.one_of("facilitator"), year.meetings[name]
    services.record_attendance(
        actor=actor, meeting=meeting, count=_in_the_hall(year, name), now=now
    )
    services.save_minutes(
        actor=actor,
        meeting=meeting,
        text=stage.say(_held(year, name).get("minutes") or _told(name)["minutes"]),
        language=stage.facts.language,
        now=now,
    )
    services.publish_minutes(actor=actor, meeting=meeting, now=now)


def _cards(year: Year, name: str) -> Cards:
    issued = _in_the_hall(year, name)
    told = _held(year, name).get("cards", {"against": issued // 10, "abstain": issued // 15})
    against, abstain = told["against"], told["abstain"]
    return Cards(issued, for_=issued - against - abstain, against=against, abstain=abstain)


def _in_the_hall(year: Year, name: str) -> int:
    vote = year.fact.election
    otherwise = _FEWEST_IN_THE_HALL + (vote.ballots % 25 if vote is not None else 0)
    counted: int = _held(year, name).get("attendance", otherwise)
    return counted


def _place(year: Year) -> Json:
    places: list[Json] = file_of("meetings.json")["places"]
    return next(place for place in places if place["area"] == year.fact.area)


def _held(year: Year, name: str) -> Json:
    """What is told of this very meeting; nothing of most, whose texts and numbers are stock."""
    held: list[Json] = file_of("meetings.json")["held"]
    return next(
        (m for m in held if (m["cycle"], m["meeting"]) == (year.fact.id, name)),
        {},
    )


def _told(name: str) -> Json:
    told: Json = file_of("meeting_texts.json")["meetings"][name]
    return told
