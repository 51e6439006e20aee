"""Reads of plans and their activities."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import func, select

from database import db
from participation.cycles import queries as cycles
from participation.permissions import Subject
from participation.plans.models import Activity, Plan, PlanState


def plan_of_cycle(cycle_id: int) -> Plan | None:
    """The plan of a year, drafted or adopted."""
    return db.session.scalar(select(Plan).where(Plan.cycle_id == cycle_id))


def is_adopted(cycle_id: int) -> bool:
    """Whether the year's plan stands."""
    return db.session.scalar(select(Plan.state).where(Plan.cycle_id == cycle_id)) is (
        PlanState.ADOPTED
    )


def activities(cycle_id: int) -> Sequence[Activity]:
    """What the year's plan promises, in its own order."""
    return db.session.scalars(
        select(Activity).where(Activity.cycle_id == cycle_id).order_by(Activity.position)
    ).all()


def count_activities(cycle_id: int) -> int:
    """How many activities the year's plan has."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Activity).where(Activity.cycle_id == cycle_id)
        )
        or 0
    )


def find_activity(municipality_id: int, activity_id: int) -> Activity | None:
    """An activity of this municipality."""
    return db.session.scalar(
        select(Activity).where(
            Activity.municipality_id == municipality_id, Activity.id == activity_id
        )
    )


def activity_of_priority(priority_id: int) -> Activity | None:
    """What became of a priority in the plan of its year."""
    return db.session.scalar(select(Activity).where(Activity.priority_id == priority_id))


def activities_by_id(activity_ids: Iterable[int]) -> Mapping[int, Activity]:
    """These activities by their id, in one query."""
    found = db.session.scalars(select(Activity).where(Activity.id.in_(set(activity_ids))))
    return {activity.id: activity for activity in found}


def subject_of(activity: Activity) -> Subject:
    """The activity as permissions see it: as its year."""
    cycle = cycles.find_cycle(activity.municipality_id, activity.cycle_id)
    if cycle is None:
        raise LookupError(f"activity {activity.id} has no year")
    return cycles.subject_of(cycle)
