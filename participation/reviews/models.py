"""The year's review: what residents and professionals answer, and what the meeting decides."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.reviews.questions import Outcome, Voice
from participation.texts import LocalisedText


class ReviewAnswer(Base):
    """One person's answers on one activity: question code to value, as the year's rules ask."""

    __tablename__ = "review_answer"
    __table_args__ = (
        UniqueConstraint("activity_id", "person_id"),
        Index("ix_review_answer_cycle", "cycle_id", "activity_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    voice: Mapped[Voice] = mapped_column(enum_column(Voice))
    answers: Mapped[dict[str, str]] = mapped_column(JSONB)
    language: Mapped[str]
    answered_at: Mapped[datetime]


class ReviewDecision(Base):
    """What the review meeting decided on one activity, with its reason."""

    __tablename__ = "review_decision"
    __table_args__ = (
        CheckConstraint("outcome <> 'adapt' OR new_goal <> '{}'::jsonb", name="new_goal"),
        CheckConstraint(
            "(outcome = 'carry_over') = (carried_priority_id IS NOT NULL)", name="carried"
        ),
    )

    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    outcome: Mapped[Outcome] = mapped_column(enum_column(Outcome))
    reason: Mapped[str]
    language: Mapped[str]
    new_goal: Mapped[LocalisedText] = mapped_column(JSONB)
    carried_priority_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"), unique=True)
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
