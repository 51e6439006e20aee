"""The plan of a year: what the neighbourhood chose, as activities with goal and indicator."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.texts import LocalisedText


class PlanState(StrEnum):
    """Whether the plan may still change."""

    DRAFT = "draft"
    ADOPTED = "adopted"


class Plan(Base):
    """One area's plan for one year. Once adopted, neither it nor its activities change."""

    __tablename__ = "plan"
    __table_args__ = (
        CheckConstraint(
            "state = 'draft' OR (adopted_on IS NOT NULL AND adopted_at IS NOT NULL"
            " AND motion_election_id IS NOT NULL AND objection_until >= adopted_on)",
            name="adoption",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), unique=True)
    state: Mapped[PlanState] = mapped_column(enum_column(PlanState))
    introduction: Mapped[LocalisedText] = mapped_column(JSONB)
    # What goes well already and must go on.
    continuity: Mapped[LocalisedText] = mapped_column(JSONB)
    drafted_at: Mapped[datetime]
    # The day the body decided, and the moment that was recorded here.
    adopted_on: Mapped[date | None]
    adopted_at: Mapped[datetime | None]
    adopting_body: Mapped[LocalisedText] = mapped_column(JSONB)
    objection_until: Mapped[date | None]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    motion_election_id: Mapped[int | None] = mapped_column(ForeignKey("election.id"))


class Activity(Base):
    """One thing the plan promises, made from a priority that was chosen.

    Titles and budget (cents) are copied, so that a later change of the priority changes no plan.
    """

    __tablename__ = "activity"
    __table_args__ = (
        UniqueConstraint("plan_id", "priority_id"),
        CheckConstraint("budget_cents >= 0", name="budget"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), index=True)
    position: Mapped[int]
    titles: Mapped[LocalisedText] = mapped_column(JSONB)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    goal: Mapped[LocalisedText] = mapped_column(JSONB)
    indicator: Mapped[LocalisedText] = mapped_column(JSONB)
    location: Mapped[str]
    budget_cents: Mapped[int]


# Neither a mistake in the code nor a hand in the database may change what was adopted.
ADOPTED_PLAN_FROZEN_SQL = """
CREATE OR REPLACE FUNCTION refuse_change_of_adopted_plan() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'plan' THEN
        IF OLD.state = 'adopted' THEN
            RAISE EXCEPTION 'an adopted plan never changes';
        END IF;
    ELSIF EXISTS (
        SELECT 1 FROM plan
        WHERE state = 'adopted'
        AND id = CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END
    ) THEN
        RAISE EXCEPTION 'activities of an adopted plan never change';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE OR REPLACE TRIGGER plan_adopted_frozen
BEFORE UPDATE OR DELETE ON plan
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_adopted_plan();
CREATE OR REPLACE TRIGGER activity_adopted_frozen
BEFORE INSERT OR UPDATE OR DELETE ON activity
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_adopted_plan()
"""
SQL_FUNCTIONS: tuple[str, ...] = (ADOPTED_PLAN_FROZEN_SQL,)
