"""Cycles: one area's one plan year, its phases with dates, and how those moved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database import Base, enum_column
from participation.phases import Phase
from participation.rules.content import Rules, from_json


class Cycle(Base):
    """One area's one plan year, under rules that were copied when it started."""

    __tablename__ = "cycle"
    __table_args__ = (
        UniqueConstraint("area_id", "plan_year"),
        CheckConstraint("budget_cents >= 0", name="budget"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    area_path: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    plan_year: Mapped[int]
    phase: Mapped[Phase] = mapped_column(enum_column(Phase), index=True)
    rules_json: Mapped[dict[str, Any]] = mapped_column("rules", JSONB)
    budget_cents: Mapped[int]
    election_id: Mapped[int | None] = mapped_column(ForeignKey("election.id"), unique=True)
    previous_id: Mapped[int | None] = mapped_column(ForeignKey("cycle.id"), unique=True)
    started_at: Mapped[datetime]

    windows: Mapped[list[PhaseWindow]] = relationship(
        order_by="PhaseWindow.planned_start", cascade="all, delete-orphan"
    )

    @property
    def rules(self) -> Rules:
        """The frozen copy of the rules."""
        return from_json(self.rules_json)

    def window(self, phase: Phase) -> PhaseWindow | None:
        """Planned dates of a phase."""
        return next((w for w in self.windows if w.phase is phase), None)


class PhaseWindow(Base):
    """Planned first and last day of a phase, and the day it was really entered."""

    __tablename__ = "phase_window"
    __table_args__ = (CheckConstraint("planned_end >= planned_start", name="order"),)

    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), primary_key=True)
    phase: Mapped[Phase] = mapped_column(enum_column(Phase), primary_key=True)
    planned_start: Mapped[date]
    planned_end: Mapped[date]
    entered_at: Mapped[datetime | None]


class PhaseSlip(Base):
    """A change of planned dates, with the reason everybody may read."""

    __tablename__ = "phase_slip"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"), index=True)
    phase: Mapped[Phase] = mapped_column(enum_column(Phase))
    old_start: Mapped[date]
    old_end: Mapped[date]
    new_start: Mapped[date]
    new_end: Mapped[date]
    reason: Mapped[str]
    moved_at: Mapped[datetime]
