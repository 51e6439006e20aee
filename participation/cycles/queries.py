"""Reads of cycles."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from database import db
from participation.cycles.models import Cycle, PhaseSlip
from participation.permissions import Subject
from participation.phases import Phase


def find_cycle(municipality_id: int, cycle_id: int) -> Cycle | None:
    """A cycle of this municipality."""
    cycle = db.session.get(Cycle, cycle_id)  # asked for again and again while one thing is done
    return cycle if cycle is not None and cycle.municipality_id == municipality_id else None


def lock_years(area_id: int) -> None:
    """One at a time may start a year of an area."""
    name = f"years:{area_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def cycle_of_year(area_id: int, plan_year: int) -> Cycle | None:
    """An area's cycle for a plan year."""
    return db.session.scalar(
        select(Cycle).where(Cycle.area_id == area_id, Cycle.plan_year == plan_year)
    )


def cycle_of_election(election_id: int) -> Cycle | None:
    """The cycle whose vote this election is."""
    return db.session.scalar(select(Cycle).where(Cycle.election_id == election_id))


def next_cycle(cycle_id: int) -> Cycle | None:
    """The cycle that follows in the same area."""
    return db.session.scalar(select(Cycle).where(Cycle.previous_id == cycle_id))


def list_cycles(area_id: int) -> Sequence[Cycle]:
    """An area's years, newest first."""
    return db.session.scalars(
        select(Cycle).where(Cycle.area_id == area_id).order_by(Cycle.plan_year.desc())
    ).all()


def list_current_cycles(municipality_id: int) -> Sequence[Cycle]:
    """All cycles of a municipality that are not closed, oldest plan year first."""
    return db.session.scalars(
        select(Cycle)
        .where(Cycle.municipality_id == municipality_id, Cycle.phase != Phase.CLOSED)
        .options(selectinload(Cycle.windows))
        .order_by(Cycle.plan_year, Cycle.area_id)
    ).all()


def list_slips(cycle_id: int) -> Sequence[PhaseSlip]:
    """Every change of dates of a cycle, oldest first."""
    return db.session.scalars(
        select(PhaseSlip).where(PhaseSlip.cycle_id == cycle_id).order_by(PhaseSlip.id)
    ).all()


def subject_of(cycle: Cycle) -> Subject:
    """The cycle as permissions see it."""
    return Subject(
        municipality_id=cycle.municipality_id,
        area_path=tuple(cycle.area_path),
        phase=cycle.phase,
    )
