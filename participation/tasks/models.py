"""Tasks of a plan's activities, the offers for them, who was chosen and how the work goes."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import String

from database import Base, enum_column
from participation.tasks.states import OfferState, Progress, Route, TaskState
from participation.texts import LocalisedText


class Task(Base):
    """A piece of an activity that one executor does. ``budget_cents`` is a ceiling.

    ``key`` is the form's own number: the same form sent twice makes one task.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("budget_cents >= 0", name="budget"),
        CheckConstraint("ends_on >= starts_on", name="order"),
        CheckConstraint(
            "state NOT IN ('assigned', 'in_progress', 'done') OR executor_id IS NOT NULL",
            name="executor",
        ),
        CheckConstraint(
            "state <> 'call_open' OR (closes_on IS NOT NULL AND weights IS NOT NULL)", name="call"
        ),
        UniqueConstraint("activity_id", "key"),
        Index("ix_task_cycle", "cycle_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    area_path: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    activity_id: Mapped[int] = mapped_column(ForeignKey("activity.id"), index=True)
    key: Mapped[str | None]
    title: Mapped[LocalisedText] = mapped_column(JSONB)
    description: Mapped[LocalisedText] = mapped_column(JSONB)
    indicator: Mapped[LocalisedText] = mapped_column(JSONB)
    route: Mapped[Route] = mapped_column(enum_column(Route))
    budget_cents: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    state: Mapped[TaskState] = mapped_column(enum_column(TaskState))
    gates: Mapped[list[str]] = mapped_column(ARRAY(String))
    # Frozen and public once the call is open.
    weights: Mapped[dict[str, int] | None] = mapped_column(JSONB(none_as_null=True))
    closes_on: Mapped[date | None]
    executor_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    ended_at: Mapped[datetime | None]
    # Why it was stopped; everybody may read it.
    stop_reason: Mapped[str | None]
    stop_language: Mapped[str | None]


class Offer(Base):
    """What one organisation would do for how much. ``amount_cents`` is what it asks for."""

    __tablename__ = "offer"
    __table_args__ = (
        UniqueConstraint("task_id", "organisation_id"),
        CheckConstraint("amount_cents >= 0 AND own_contribution_cents >= 0", name="amounts"),
        CheckConstraint("hours >= 0", name="hours"),
        Index("uq_offer_chosen", "task_id", unique=True, postgresql_where=text("state = 'chosen'")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    amount_cents: Mapped[int]
    own_contribution_cents: Mapped[int]
    # Hours of work in all.
    hours: Mapped[int]
    plan: Mapped[str]
    support_wanted: Mapped[str]
    language: Mapped[str]
    state: Mapped[OfferState] = mapped_column(enum_column(OfferState))
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]


class Decision(Base):
    """Who does a task, or that nobody does, with the reason everybody may read."""

    __tablename__ = "decision"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), primary_key=True)
    offer_id: Mapped[int | None] = mapped_column(ForeignKey("offer.id"), unique=True)
    reason: Mapped[str]
    language: Mapped[str]
    decided_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


class ProgressPost(Base):
    """A report from the work, for everybody to read."""

    __tablename__ = "progress_post"
    __table_args__ = (UniqueConstraint("task_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    progress: Mapped[Progress] = mapped_column(enum_column(Progress))
    text: Mapped[str]
    language: Mapped[str]
    # Comes with the form, so that the same form sent twice reports once.
    key: Mapped[str]
    # The executor it comes from; empty when the coalition team reports.
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    posted_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
