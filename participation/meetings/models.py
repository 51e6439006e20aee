"""Meetings, who signed up for them, and the motions that were moved there."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.meetings.states import MeetingKind, MeetingState, SignUpState
from participation.texts import LocalisedText


class MotionSubject(StrEnum):
    """What a motion of a meeting decides."""

    ADOPT_PLAN = "adopt_plan"


class Meeting(Base):
    """A gathering of a neighbourhood, with what one must know to come.

    ``seats_taken`` always equals the seats of the sign-ups that have a place. ``key`` is the
    form's own number: the same form sent twice plans one meeting.
    """

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("ends_at > starts_at", name="order"),
        CheckConstraint("capacity > 0", name="capacity"),
        CheckConstraint("attendance_count >= 0", name="attendance"),
        CheckConstraint(
            "seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)", name="seats"
        ),
        CheckConstraint(
            "(state = 'minuted') = (minutes_published_at IS NOT NULL)", name="minutes_published"
        ),
        UniqueConstraint("municipality_id", "key"),
        Index("ix_meeting_town_dates", "municipality_id", "starts_at", "id"),
        Index("ix_meeting_area_dates", "area_id", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"))
    area_path: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    cycle_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), index=True)
    key: Mapped[str | None]
    kind: Mapped[MeetingKind] = mapped_column(enum_column(MeetingKind))
    state: Mapped[MeetingState] = mapped_column(enum_column(MeetingState))
    title: Mapped[LocalisedText] = mapped_column(JSONB)
    agenda: Mapped[LocalisedText] = mapped_column(JSONB)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[str]
    is_step_free: Mapped[bool]
    has_hearing_loop: Mapped[bool]
    has_interpreter: Mapped[bool]
    access_notes: Mapped[LocalisedText] = mapped_column(JSONB)
    capacity: Mapped[int | None]
    seats_taken: Mapped[int]
    planned_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    attendance_count: Mapped[int | None]
    minutes: Mapped[str]
    minutes_language: Mapped[str | None]
    minutes_published_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]

    @property
    def seats_left(self) -> int | None:
        """Free seats; ``None`` where nobody counts them."""
        return None if self.capacity is None else self.capacity - self.seats_taken


class MeetingSignUp(Base):
    """Somebody who will come. Only the digest of the token is kept; the token is in their link."""

    __tablename__ = "meeting_sign_up"
    __table_args__ = (
        CheckConstraint("seats BETWEEN 1 AND 10", name="seats"),
        Index(
            "uq_meeting_sign_up_email",
            "meeting_id",
            func.lower(text("email")),
            unique=True,
            postgresql_where=text("state <> 'cancelled' AND email IS NOT NULL"),
        ),
        Index(
            "uq_meeting_sign_up_person",
            "meeting_id",
            "person_id",
            unique=True,
            postgresql_where=text("state <> 'cancelled' AND person_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str | None]
    email: Mapped[str | None]
    language: Mapped[str]
    seats: Mapped[int]
    state: Mapped[SignUpState] = mapped_column(enum_column(SignUpState))
    token_digest: Mapped[bytes] = mapped_column(unique=True)
    signed_up_at: Mapped[datetime]


class MeetingMotion(Base):
    """A motion put to the vote in a meeting: which election decides it, and what it is about."""

    __tablename__ = "meeting_motion"
    __table_args__ = (Index("ix_meeting_motion_cycle", "cycle_id", "subject"),)

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    subject: Mapped[MotionSubject] = mapped_column(enum_column(MotionSubject))
    first_teller_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    second_teller_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    moved_at: Mapped[datetime]
