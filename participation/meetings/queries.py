"""Reads of meetings, sign-ups and motions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from database import db
from participation.cycles import queries as cycles
from participation.meetings.models import Meeting, MeetingMotion, MeetingSignUp, MotionSubject
from participation.meetings.states import MeetingState, SignUpState
from participation.meetings.tokens import digest_of
from participation.permissions import Subject
from voting.results import queries as results
from voting.states import ElectionState


@dataclass(frozen=True)
class AdoptedMotion:
    """What a meeting's counted cards decided about a year's plan."""

    election_id: int
    meeting_id: int
    for_: int
    against: int
    abstain: int
    decided_at: datetime


def find_meeting(municipality_id: int, meeting_id: int) -> Meeting | None:
    """A meeting of this municipality."""
    return db.session.scalar(
        select(Meeting).where(Meeting.municipality_id == municipality_id, Meeting.id == meeting_id)
    )


def subject_of(meeting: Meeting) -> Subject:
    """The meeting as permissions see it; its year's phase counts where it belongs to a year."""
    cycle = (
        cycles.find_cycle(meeting.municipality_id, meeting.cycle_id) if meeting.cycle_id else None
    )
    return Subject(
        municipality_id=meeting.municipality_id,
        area_path=tuple(meeting.area_path),
        phase=cycle.phase if cycle is not None else None,
    )


def upcoming_meetings(
    area_ids: Collection[int], *, now: datetime, limit: int, offset: int = 0
) -> Sequence[Meeting]:
    """Meetings of these areas that have not ended, the next one first; cancelled ones too."""
    query = _upcoming(select(Meeting), now).where(Meeting.area_id.in_(area_ids))
    return db.session.scalars(
        query.order_by(Meeting.starts_at, Meeting.id).offset(offset).limit(limit)
    ).all()


def list_upcoming(
    municipality_id: int, *, now: datetime, area_id: int | None = None, limit: int = 200
) -> Sequence[Meeting]:
    """Meetings of a town, or of an area and all below it, that have not ended, next one first."""
    query = _of_town(_upcoming(select(Meeting), now), municipality_id, area_id)
    return db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id).limit(limit)).all()


def list_past(
    municipality_id: int,
    *,
    now: datetime,
    area_id: int | None = None,
    offset: int = 0,
    limit: int = 20,
) -> Sequence[Meeting]:
    """Meetings that have ended, the latest first; cancelled ones left out."""
    query = _of_town(_past(select(Meeting), now), municipality_id, area_id)
    return db.session.scalars(
        query.order_by(Meeting.starts_at.desc(), Meeting.id).offset(offset).limit(limit)
    ).all()


def count_past(municipality_id: int, *, now: datetime, area_id: int | None = None) -> int:
    """How many meetings have ended."""
    query = _of_town(_past(select(func.count(Meeting.id)), now), municipality_id, area_id)
    return db.session.scalar(query) or 0


def list_for_feed(
    municipality_id: int, *, since: datetime, area_id: int | None = None
) -> Sequence[Meeting]:
    """Meetings for a calendar that follows a town or an area; cancelled ones stay, marked."""
    query = _of_town(select(Meeting), municipality_id, area_id).where(Meeting.ends_at >= since)
    return db.session.scalars(query.order_by(Meeting.starts_at, Meeting.id).limit(500)).all()


def meetings_of_cycle(cycle_id: int) -> Sequence[Meeting]:
    """Meetings of a year, oldest first; cancelled ones left out."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.cycle_id == cycle_id, Meeting.state != MeetingState.CANCELLED)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()


def find_sign_up(municipality_id: int, token: str) -> MeetingSignUp | None:
    """The sign-up a link belongs to."""
    return db.session.scalar(
        select(MeetingSignUp)
        .join(Meeting, Meeting.id == MeetingSignUp.meeting_id)
        .where(
            Meeting.municipality_id == municipality_id,
            MeetingSignUp.token_digest == digest_of(token),
        )
    )


def meeting_of(sign_up: MeetingSignUp) -> Meeting:
    """The meeting somebody signed up for."""
    return db.session.get_one(Meeting, sign_up.meeting_id)


def subject_of_sign_up(sign_up: MeetingSignUp) -> Subject:
    """The sign-up as permissions see it: as its meeting."""
    return subject_of(meeting_of(sign_up))


def sign_ups_of(meeting_id: int) -> Sequence[MeetingSignUp]:
    """Who signed up, in the order they did; cancelled ones left out."""
    return db.session.scalars(
        select(MeetingSignUp)
        .where(MeetingSignUp.meeting_id == meeting_id, MeetingSignUp.state != SignUpState.CANCELLED)
        .order_by(MeetingSignUp.id)
    ).all()


def sign_up_of_person(meeting_id: int, person_id: int | None) -> MeetingSignUp | None:
    """A person's own sign-up that is not cancelled."""
    if person_id is None:
        return None
    return db.session.scalar(
        select(MeetingSignUp).where(
            MeetingSignUp.meeting_id == meeting_id,
            MeetingSignUp.person_id == person_id,
            MeetingSignUp.state != SignUpState.CANCELLED,
        )
    )


def find_motion(municipality_id: int, election_id: int) -> MeetingMotion | None:
    """The motion of a meeting of this municipality that this election decides."""
    return db.session.scalar(
        select(MeetingMotion)
        .join(Meeting, Meeting.id == MeetingMotion.meeting_id)
        .where(Meeting.municipality_id == municipality_id, MeetingMotion.election_id == election_id)
    )


def meeting_of_motion(motion: MeetingMotion) -> Meeting:
    """The meeting a motion was moved in."""
    return db.session.get_one(Meeting, motion.meeting_id)


def motions_of_meeting(meeting_id: int) -> Sequence[MeetingMotion]:
    """Motions moved in a meeting, oldest first."""
    return db.session.scalars(
        select(MeetingMotion)
        .where(MeetingMotion.meeting_id == meeting_id)
        .order_by(MeetingMotion.election_id)
    ).all()


def motions_of_cycle(cycle_id: int) -> Sequence[MeetingMotion]:
    """Motions about a year's plan, newest first."""
    return db.session.scalars(
        select(MeetingMotion)
        .where(
            MeetingMotion.cycle_id == cycle_id, MeetingMotion.subject == MotionSubject.ADOPT_PLAN
        )
        .order_by(MeetingMotion.election_id.desc())
    ).all()


def adopted_motion(cycle_id: int) -> AdoptedMotion | None:
    """The published motion by which a meeting adopted the year's plan."""
    for motion in motions_of_cycle(cycle_id):
        result = results.published_result(motion.election_id)
        if result is None or result.motion is None or result.published_at is None:
            continue
        if result.state is ElectionState.PUBLISHED and result.motion.adopted:
            counted = result.motion
            return AdoptedMotion(
                election_id=motion.election_id,
                meeting_id=motion.meeting_id,
                for_=counted.for_,
                against=counted.against,
                abstain=counted.abstain,
                decided_at=result.published_at,
            )
    return None


def _upcoming(query: Select[Any], now: datetime) -> Select[Any]:
    return query.where(Meeting.ends_at > now)


def _past(query: Select[Any], now: datetime) -> Select[Any]:
    return query.where(Meeting.ends_at <= now, Meeting.state != MeetingState.CANCELLED)


def _of_town(query: Select[Any], municipality_id: int, area_id: int | None) -> Select[Any]:
    query = query.where(Meeting.municipality_id == municipality_id)
    return query if area_id is None else query.where(Meeting.area_path.contains([area_id]))
