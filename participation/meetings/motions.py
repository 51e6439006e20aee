"""Use cases on a motion decided by coloured cards in the hall: "hall tonight" of the vote.

Two tellers are the election's commission. What one of them begins, the other confirms on their own
screen; two counts that agree are the result. Owns the bridge from a meeting to its election.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from database import db
from participation import history
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.meetings import queries, records
from participation.meetings.models import Meeting, MeetingMotion, MotionSubject
from participation.meetings.services import lock_meeting
from participation.meetings.states import MeetingState
from participation.people import queries as people
from participation.permissions import Actor, Role, Subject, require
from participation.plans import queries as plans
from participation.texts import LocalisedText
from voting.elections import queries as elections
from voting.elections import services as election_services
from voting.elections.drafts import ElectionDraft
from voting.elections.kinds import BallotFormat, Channel, Kind
from voting.errors import Reason, VotingError
from voting.peppers import PepperStore
from voting.results import queries as results
from voting.results import services as result_services
from voting.states import Act, Closing, ElectionState

if TYPE_CHECKING:
    from participation.cycles.models import Cycle
    from participation.people.models import Person

# An evening may run late; the vote must not close by itself while cards are being counted.
_LATEST_CLOSE = timedelta(hours=6)
_CLOSE_REASON = "counted by two tellers"


class Stage(StrEnum):
    """Where a motion stands, as its two tellers see it."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    OPEN = "open"
    DIFFERENT = "different"
    COUNTED = "counted"
    PUBLISHED = "published"
    STOPPED = "stopped"


class Count(StrEnum):
    """What came of a teller's numbers."""

    WAITING = "waiting"
    DIFFERENT = "different"
    AGREED = "agreed"


@dataclass(frozen=True)
class Cards:
    """One teller's numbers: cards given out, and cards shown for each answer."""

    issued: int
    for_: int
    against: int
    abstain: int


@dataclass(frozen=True)
class Progress:
    """A motion's stage, who has counted, and which of the two is asked to act next."""

    stage: Stage
    counted_by: tuple[int, ...]
    next_person_ids: tuple[int, ...]


def possible_tellers(meeting: Meeting, *, now: datetime) -> Sequence[Person]:
    """Facilitators and board members of the meeting's area, by name."""
    found: dict[int, Person] = {}
    for role in (Role.FACILITATOR, Role.BOARD_MEMBER):
        for person in people.people_with_role(meeting.area_path, role, on=now.date()):
            found[person.id] = person
    return sorted(found.values(), key=lambda person: (person.name, person.id))


def subject_of(motion: MeetingMotion) -> Subject:
    """The motion as permissions see it: as its meeting, in its year's phase."""
    meeting = db.session.get_one(Meeting, motion.meeting_id)
    cycle = cycles.find_cycle(meeting.municipality_id, motion.cycle_id)
    return Subject(
        municipality_id=meeting.municipality_id,
        area_path=tuple(meeting.area_path),
        phase=cycle.phase if cycle is not None else None,
    )


def move_motion(
    *,
    actor: Actor,
    meeting: Meeting,
    cycle: Cycle,
    second_teller_id: int,
    now: datetime,
    title: LocalisedText | None = None,
) -> MeetingMotion:
    """Propose to vote now on adopting the year's plan; the second teller confirms.

    Proposing again before that replaces the second teller.

    :param title: what is voted on, in the town's languages.
    :raises InvalidInputError: the second teller is the first, or may not count here.
    :raises ConflictError: there is no plan, it is adopted, another motion runs, or the meeting is
        over.
    """
    require(actor, Action.MOVE_MOTION, queries.subject_of(meeting))
    require(actor, Action.MOVE_MOTION, cycles.subject_of(cycle))
    _require_votable(meeting, cycle)
    _require_second_teller(actor, meeting, second_teller_id, now)
    first = _person_id(actor)
    tellers = (first, second_teller_id)
    motion = _drafted(meeting, cycle, tellers, _draft(meeting, cycle, tellers, title, now), now)
    election_services.give_consent(
        actor=first, election_id=motion.election_id, act=Act.PREPARE, now=now
    )
    fact = records.MotionMoved(
        meeting_id=meeting.id, election_id=motion.election_id, subject=motion.subject.value
    )
    history.record(actor=actor, chain=history.cycle_chain(cycle.id), fact=fact, now=now)
    return motion


def confirm_motion(
    *, actor: Actor, motion: MeetingMotion, peppers: PepperStore, now: datetime
) -> None:
    """The second teller agrees: the motion is frozen, and the first may open the vote.

    :raises VotingError: nobody else proposed it, or it is past that.
    """
    person_id = _require_teller(actor, motion)
    election_services.prepare_election(
        actor=person_id, election_id=motion.election_id, roll=(), peppers=peppers, now=now
    )
    election_services.give_consent(
        actor=person_id, election_id=motion.election_id, act=Act.OPEN, now=now
    )


def open_motion(
    *, actor: Actor, motion: MeetingMotion, peppers: PepperStore, now: datetime
) -> None:
    """The first teller opens the vote: cards may be shown.

    :raises VotingError: the other teller has not confirmed, or it is open already.
    """
    person_id = _require_teller(actor, motion)
    election_services.open_election(
        actor=person_id, election_id=motion.election_id, peppers=peppers, now=now
    )


def record_cards(
    *, actor: Actor, motion: MeetingMotion, cards: Cards, peppers: PepperStore, now: datetime
) -> Count:
    """A teller types what they counted, without seeing the other's numbers.

    The first numbers ask for the close, the second ones close; two that agree are the result.

    :returns: whether the other's are awaited, differ or agree.
    :raises VotingError: the numbers cannot be, or the vote is not open.
    """
    person_id = _require_teller(actor, motion)
    election_id = motion.election_id
    if elections.get_election(election_id).state is ElectionState.OPEN:
        _close_or_agree_to(person_id, election_id, now)
    result_services.record_teller_totals(
        actor=person_id,
        election_id=election_id,
        issued=cards.issued,
        totals={"for": cards.for_, "against": cards.against, "abstain": cards.abstain},
        now=now,
    )
    if elections.get_election(election_id).state is not ElectionState.CLOSED:
        return Count.WAITING
    try:
        result_services.count_by_hand(
            actor=person_id, election_id=election_id, peppers=peppers, now=now
        )
    except VotingError as refusal:
        if refusal.reason is Reason.TELLERS_DISAGREE:
            return Count.DIFFERENT
        if refusal.reason is Reason.TELLERS_MISSING:
            return Count.WAITING
        raise
    election_services.give_consent(
        actor=person_id, election_id=election_id, act=Act.PUBLISH, now=now
    )
    return Count.AGREED


def publish_motion(*, actor: Actor, motion: MeetingMotion, now: datetime) -> None:
    """The other teller publishes what both counted.

    :raises VotingError: it is not counted, or only the same teller has agreed.
    """
    person_id = _require_teller(actor, motion)
    result_services.publish_result(actor=person_id, election_id=motion.election_id, now=now)
    result = results.published_result(motion.election_id)
    fact = records.MotionPublished(
        meeting_id=motion.meeting_id,
        election_id=motion.election_id,
        adopted=bool(result and result.adopted),
    )
    history.record(actor=actor, chain=history.cycle_chain(motion.cycle_id), fact=fact, now=now)


def progress_of(motion: MeetingMotion) -> Progress:
    """Where the motion stands and whom it waits for."""
    election = elections.get_election(motion.election_id)
    tellers = (motion.first_teller_id, motion.second_teller_id)
    counted = tuple(results.tellers_done(motion.election_id))
    stage = _stage(election.state, counted)
    if stage in {Stage.PROPOSED, Stage.CONFIRMED, Stage.COUNTED}:
        # Whoever has agreed already waits for the other.
        agreed = {consent.person_id for consent in elections.consents(motion.election_id)}
        asked = tuple(person for person in tellers if person not in agreed)
    elif stage is Stage.OPEN:
        asked = tuple(person for person in tellers if person not in counted)
    else:
        asked = tellers if stage is Stage.DIFFERENT else ()
    return Progress(stage, counted, asked)


def _stage(state: ElectionState, counted: tuple[int, ...]) -> Stage:
    if state is ElectionState.CLOSED:
        return Stage.DIFFERENT if len(counted) > 1 else Stage.OPEN
    return {
        ElectionState.DRAFT: Stage.PROPOSED,
        ElectionState.PREPARED: Stage.CONFIRMED,
        ElectionState.OPEN: Stage.OPEN,
        ElectionState.COUNTED: Stage.COUNTED,
        ElectionState.PUBLISHED: Stage.PUBLISHED,
    }.get(state, Stage.STOPPED)


def _close_or_agree_to(person_id: int, election_id: int, now: datetime) -> None:
    agreed = {c.person_id for c in elections.consents(election_id) if c.act is Act.CLOSE}
    if agreed - {person_id}:
        election_services.close_election(
            actor=person_id, election_id=election_id, now=now, reason=_CLOSE_REASON
        )
    elif person_id not in agreed:
        election_services.give_consent(
            actor=person_id, election_id=election_id, act=Act.CLOSE, now=now
        )


def _require_votable(meeting: Meeting, cycle: Cycle) -> None:
    lock_meeting(meeting)
    # Two meetings of one year must not begin two motions at once.
    db.session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"motion:{cycle.id}", 0)))
    )
    if meeting.cycle_id is not None and meeting.cycle_id != cycle.id:
        raise InvalidInputError("meeting_of_other_year")
    if meeting.state not in {MeetingState.PLANNED, MeetingState.HELD}:
        raise ConflictError("meeting_not_planned")
    if plans.plan_of_cycle(cycle.id) is None:
        raise ConflictError("no_plan_to_adopt")
    if plans.is_adopted(cycle.id) or queries.adopted_motion(cycle.id) is not None:
        raise ConflictError("motion_adopted_already")


def _require_second_teller(
    actor: Actor, meeting: Meeting, second_teller_id: int, now: datetime
) -> None:
    if second_teller_id == actor.person_id:
        raise InvalidInputError("tellers_are_the_same", field="second_teller")
    if second_teller_id not in {person.id for person in possible_tellers(meeting, now=now)}:
        raise InvalidInputError("teller_unknown", field="second_teller")


def _running_motion(cycle_id: int) -> MeetingMotion | None:
    """The motion about this year's plan that is not decided yet."""
    over = {ElectionState.PUBLISHED, ElectionState.ANNULLED}
    for motion in queries.motions_of_cycle(cycle_id):
        if elections.get_election(motion.election_id).state not in over:
            return motion
    return None


def _drafted(
    meeting: Meeting, cycle: Cycle, tellers: tuple[int, int], draft: ElectionDraft, now: datetime
) -> MeetingMotion:
    """A motion with its drafted election; one that nobody has confirmed is drafted anew."""
    motion = _running_motion(cycle.id)
    if motion is None:
        election = election_services.draft_election(actor=tellers[0], draft=draft, now=now)
        motion = MeetingMotion(
            election_id=election.id,
            cycle_id=cycle.id,
            subject=MotionSubject.ADOPT_PLAN,
            moved_at=now,
        )
        db.session.add(motion)
    elif elections.get_election(motion.election_id).state is ElectionState.DRAFT:
        election_services.revise_draft(
            actor=tellers[0], election_id=motion.election_id, draft=draft, now=now
        )
    else:
        raise ConflictError("motion_runs_already")
    motion.meeting_id = meeting.id
    motion.first_teller_id, motion.second_teller_id = tellers
    db.session.flush()
    return motion


def _draft(
    meeting: Meeting,
    cycle: Cycle,
    tellers: tuple[int, int],
    title: LocalisedText | None,
    now: datetime,
) -> ElectionDraft:
    town = areas.root_area(meeting.municipality_id).municipality
    return ElectionDraft(
        area_id=cycle.area_id,
        municipality_id=cycle.municipality_id,
        title=title or {town.default_language: str(cycle.plan_year)},
        kind=Kind.MOTION,
        channels=(Channel.CARDS,),
        commission=tellers,
        language=town.default_language,
        opens_at=now,
        closes_at=max(now, meeting.ends_at) + _LATEST_CLOSE,
        ballot_format=BallotFormat.MOTION,
        closing=Closing.BY_COMMISSION,
    )


def _require_teller(actor: Actor, motion: MeetingMotion) -> int:
    require(actor, Action.COUNT_CARDS, subject_of(motion))
    if actor.person_id not in {motion.first_teller_id, motion.second_teller_id}:
        raise NotAllowedError("not_a_teller")
    return _person_id(actor)


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowedError("not_allowed")
    return actor.person_id
