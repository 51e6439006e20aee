"""Use cases on meetings: plan, sign up, count who came, write down what was said.

Motions are in ``motions``.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from database import db
from participation import history
from participation.actions import Action
from participation.errors import ConflictError, InvalidInputError
from participation.meetings import messages, queries, records
from participation.meetings.content import (
    MeetingDetails,
    Visitor,
    checked_details,
    checked_minutes,
    checked_visitor,
)
from participation.meetings.models import Meeting, MeetingSignUp
from participation.meetings.states import (
    MeetingFacts,
    MeetingState,
    SignUpState,
    Step,
    first_refusal,
    transition_for,
)
from participation.meetings.tokens import digest_of
from participation.permissions import Actor, Subject, require
from voting.chain import digest

if TYPE_CHECKING:
    from participation.cycles.models import Cycle

SHORTEST_TOKEN = 20


def plan_meeting(
    *,
    actor: Actor,
    area: Subject,
    details: MeetingDetails,
    now: datetime,
    cycle: Cycle | None = None,
    key: str | None = None,
) -> Meeting:
    """Announce a meeting of an area.

    :param area: the area as permissions see it; the last id of its path is the area.
    :param cycle: the year it belongs to, where there is one.
    :param key: number of the form, so that sending it twice plans one meeting.
    :raises InvalidInputError: something is missing or cannot be; ``field`` names it.
    """
    require(actor, Action.PLAN_MEETING, area)
    details = checked_details(details)
    if cycle is not None and cycle.area_id != area.area_path[-1]:
        raise InvalidInputError("cycle_of_other_area", field="cycle")
    planned = _planned_by(area.municipality_id, key)
    if planned is not None:
        return planned
    meeting = Meeting(
        municipality_id=area.municipality_id,
        area_id=area.area_path[-1],
        area_path=list(area.area_path),
        cycle_id=cycle.id if cycle is not None else None,
        key=key,
        state=MeetingState.PLANNED,
        seats_taken=0,
        planned_by_id=actor.person_id,
        minutes="",
    )
    _write_details(meeting, details, now)
    db.session.add(meeting)
    db.session.flush()  # the record names its id
    _record(actor, meeting, _announcement(meeting), now)
    return meeting


def change_meeting(
    *, actor: Actor, meeting: Meeting, details: MeetingDetails, now: datetime
) -> None:
    """Change what was announced; who signed up with an address hears of another time or place.

    :raises InvalidInputError: something cannot be, such as fewer seats than are taken.
    :raises ConflictError: the meeting is over or cancelled.
    """
    require(actor, Action.PLAN_MEETING, queries.subject_of(meeting))
    details = checked_details(details)
    lock_meeting(meeting)
    if meeting.state is not MeetingState.PLANNED:
        raise ConflictError("meeting_not_planned")
    if details.capacity is not None and details.capacity < meeting.seats_taken:
        raise InvalidInputError("capacity_too_small", field="capacity", taken=meeting.seats_taken)
    was = (meeting.starts_at, meeting.place)
    _write_details(meeting, details, now)
    _give_places(actor, meeting, now)
    if was != (meeting.starts_at, meeting.place):
        messages.tell_all(meeting=meeting, kind="meeting_changed", now=now)
    fact = records.MeetingChanged(
        meeting_id=meeting.id, starts_at=meeting.starts_at.isoformat(), place=meeting.place
    )
    _record(actor, meeting, fact, now)


def sign_up_for_meeting(
    *, actor: Actor, meeting: Meeting, visitor: Visitor, token: str, now: datetime
) -> MeetingSignUp:
    """Take somebody's place, or put them on the waiting list; nobody needs an account.

    :param token: secret part of their link, made by ``tokens.new_token`` for the form; the same
        form sent twice signs up once.
    :raises InvalidInputError: the number of seats cannot be, or the address is signed up already.
    :raises ConflictError: the meeting has begun or is cancelled.
    """
    visitor = checked_visitor(visitor)
    if len(token) < SHORTEST_TOKEN:
        raise InvalidInputError("sign_up_link_broken")
    lock_meeting(meeting)
    before = db.session.scalar(
        select(MeetingSignUp).where(
            MeetingSignUp.meeting_id == meeting.id, MeetingSignUp.token_digest == digest_of(token)
        )
    )
    if before is not None:
        return before
    if meeting.state is not MeetingState.PLANNED or now >= meeting.ends_at:
        raise ConflictError("meeting_closed_for_sign_up")
    _require_new(meeting, visitor.email, actor.person_id)
    sign_up = _place(meeting, visitor, token, actor, now)
    kind = "meeting_signed_up" if sign_up.state is SignUpState.PLACED else "meeting_waiting"
    messages.tell(meeting=meeting, sign_up=sign_up, kind=kind, now=now, token=token)
    fact = records.SignedUp(meeting_id=meeting.id, seats=visitor.seats, state=sign_up.state.value)
    _record(actor, meeting, fact, now)
    return sign_up


def cancel_sign_up(*, actor: Actor, sign_up: MeetingSignUp, now: datetime) -> bool:
    """Give a place back; whoever waits longest and fits gets it. The link is the permission.

    :returns: whether there was anything to cancel.
    """
    meeting = db.session.get_one(Meeting, sign_up.meeting_id)
    lock_meeting(meeting)
    db.session.refresh(sign_up)
    if sign_up.state is SignUpState.CANCELLED:
        return False
    if sign_up.state is SignUpState.PLACED:
        meeting.seats_taken -= sign_up.seats
    sign_up.state = SignUpState.CANCELLED
    # Nobody needs to know any more who it was.
    sign_up.name = sign_up.email = None
    _record(
        actor,
        meeting,
        records.SignUpCancelled(meeting_id=meeting.id, seats=sign_up.seats),
        now,
    )
    if meeting.state is MeetingState.PLANNED and now < meeting.starts_at:
        _give_places(actor, meeting, now)
    return True


def record_attendance(*, actor: Actor, meeting: Meeting, count: int, now: datetime) -> None:
    """Write down how many came; may be put right until the minutes are published.

    :raises InvalidInputError: below zero.
    :raises ConflictError: the meeting has not begun, is cancelled or has its minutes.
    """
    require(actor, Action.RECORD_MEETING, queries.subject_of(meeting))
    if count < 0:
        raise InvalidInputError("number_negative", field="count")
    _take_step(actor, meeting, Step.RECORD_ATTENDANCE, now)
    meeting.attendance_count = count
    fact = records.AttendanceRecorded(meeting_id=meeting.id, count=count)
    _record(actor, meeting, fact, now)


def save_minutes(
    *, actor: Actor, meeting: Meeting, text: str, language: str, now: datetime
) -> None:
    """Keep the minutes as far as they are; nobody else reads them before they are published.

    :raises ConflictError: they are published, or the meeting is cancelled.
    """
    require(actor, Action.RECORD_MEETING, queries.subject_of(meeting))
    text = checked_minutes(text)
    lock_meeting(meeting)
    if meeting.state not in {MeetingState.PLANNED, MeetingState.HELD}:
        raise ConflictError("minutes_are_frozen")
    meeting.minutes, meeting.minutes_language = text, language
    meeting.changed_at = now
    _record(actor, meeting, records.MinutesSaved(meeting_id=meeting.id), now)


def publish_minutes(*, actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Show the minutes to everybody; from then on they do not change.

    :raises ConflictError: nothing is written, nobody was counted, or they are published.
    """
    require(actor, Action.RECORD_MEETING, queries.subject_of(meeting))
    _take_step(actor, meeting, Step.PUBLISH_MINUTES, now)
    meeting.minutes_published_at = now
    messages.tell_all(meeting=meeting, kind="meeting_minutes", now=now)
    fact = records.MinutesPublished(meeting_id=meeting.id, digest=digest(meeting.minutes))
    _record(actor, meeting, fact, now)


def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str, now: datetime) -> None:
    """Call a meeting off, with a reason everybody may read; who signed up hears of it.

    :raises InvalidInputError: there is no reason.
    :raises ConflictError: it was held or is cancelled already.
    """
    require(actor, Action.PLAN_MEETING, queries.subject_of(meeting))
    if not reason.strip():
        raise InvalidInputError("reason_missing", field="reason")
    _take_step(actor, meeting, Step.CANCEL, now)
    meeting.cancel_reason = reason.strip()
    messages.tell_all(meeting=meeting, kind="meeting_cancelled", now=now)
    _record(
        actor, meeting, records.MeetingCancelled(meeting_id=meeting.id), now, reason=reason.strip()
    )


def lock_meeting(meeting: Meeting) -> None:
    """Wait for other changes of this meeting and see what they left."""
    db.session.refresh(meeting, with_for_update=True)


def _take_step(actor: Actor, meeting: Meeting, step: Step, now: datetime) -> None:
    lock_meeting(meeting)
    transition = transition_for(meeting.state, step)
    if transition is None:
        raise ConflictError("meeting_step_not_now", state=meeting.state.value)
    require(actor, transition.action, queries.subject_of(meeting))
    facts = MeetingFacts(now=now, starts_at=meeting.starts_at, minutes=meeting.minutes)
    code = first_refusal(transition, facts)
    if code is not None:
        raise ConflictError(code)
    meeting.state = transition.target
    meeting.changed_at = now


def _planned_by(municipality_id: int, key: str | None) -> Meeting | None:
    """The meeting that the same form has planned already; waits while it is being planned."""
    if key is None:
        return None
    name = f"meeting:{municipality_id}:{key}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
    return db.session.scalar(
        select(Meeting).where(Meeting.municipality_id == municipality_id, Meeting.key == key)
    )


def _announcement(meeting: Meeting) -> records.MeetingPlanned:
    return records.MeetingPlanned(
        meeting_id=meeting.id,
        meeting_kind=meeting.kind.value,
        starts_at=meeting.starts_at.isoformat(),
        place=meeting.place,
    )


def _place(
    meeting: Meeting, visitor: Visitor, token: str, actor: Actor, now: datetime
) -> MeetingSignUp:
    """A place where there is room, else one on the waiting list."""
    fits = meeting.seats_left is None or visitor.seats <= meeting.seats_left
    sign_up = MeetingSignUp(
        meeting_id=meeting.id,
        person_id=actor.person_id,
        name=visitor.name or None,
        email=visitor.email or None,
        language=visitor.language,
        seats=visitor.seats,
        state=SignUpState.PLACED if fits else SignUpState.WAITING,
        token_digest=digest_of(token),
        signed_up_at=now,
    )
    db.session.add(sign_up)
    meeting.seats_taken += visitor.seats if fits else 0
    db.session.flush()  # a second address or person is refused here
    return sign_up


def _write_details(meeting: Meeting, details: MeetingDetails, now: datetime) -> None:
    meeting.kind = details.kind
    meeting.title, meeting.agenda = details.title, details.agenda
    meeting.starts_at, meeting.ends_at = details.starts_at, details.ends_at
    meeting.place = details.place
    meeting.is_step_free = details.is_step_free
    meeting.has_hearing_loop = details.has_hearing_loop
    meeting.has_interpreter = details.has_interpreter
    meeting.access_notes = details.access_notes
    meeting.capacity = details.capacity
    meeting.changed_at = now


def _require_new(meeting: Meeting, email: str, person_id: int | None) -> None:
    for sign_up in queries.sign_ups_of(meeting.id):
        if email and (sign_up.email or "").casefold() == email.casefold():
            raise InvalidInputError("address_signed_up_already", field="email")
        if person_id is not None and sign_up.person_id == person_id:
            raise ConflictError("signed_up_already")


def _give_places(actor: Actor, meeting: Meeting, now: datetime) -> None:
    """Places for those who wait, in their order, as far as they fit."""
    for sign_up in queries.sign_ups_of(meeting.id):
        left = meeting.seats_left
        if sign_up.state is not SignUpState.WAITING or (left is not None and sign_up.seats > left):
            continue
        sign_up.state = SignUpState.PLACED
        meeting.seats_taken += sign_up.seats
        messages.tell(meeting=meeting, sign_up=sign_up, kind="meeting_place_free", now=now)
        _record(actor, meeting, records.PlaceGiven(meeting_id=meeting.id, seats=sign_up.seats), now)


def _record(
    actor: Actor, meeting: Meeting, fact: history.Fact, now: datetime, reason: str | None = None
) -> None:
    chain = (
        history.cycle_chain(meeting.cycle_id)
        if meeting.cycle_id is not None
        else history.municipality_chain(meeting.municipality_id)
    )
    history.record(actor=actor, chain=chain, fact=fact, reason=reason, now=now)
