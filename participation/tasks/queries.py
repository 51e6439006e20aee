"""Reads of tasks, offers, decisions and reports from the work.

A list costs the same number of queries however long it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from database import db
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.permissions import Actor, Role, Subject
from participation.plans import queries as plans
from participation.tasks.models import Decision, Offer, ProgressPost, Task
from participation.tasks.states import AT_WORK, ENDED, UNDECIDED, OfferState, TaskState


@dataclass(frozen=True)
class WorkCounts:
    """How far the work of a year is."""

    activities: int
    activities_without_task: int
    tasks_undecided: int
    tasks_unfinished: int


def work_counts(cycle_id: int) -> WorkCounts:
    """Counts for the guards of a year."""
    rows = db.session.execute(
        select(Task.state, func.count()).where(Task.cycle_id == cycle_id).group_by(Task.state)
    )
    by_state = {row[0]: row[1] for row in rows}
    with_task = db.session.scalar(
        select(func.count(Task.activity_id.distinct())).where(Task.cycle_id == cycle_id)
    )
    activities = plans.count_activities(cycle_id)
    return WorkCounts(
        activities=activities,
        activities_without_task=activities - (with_task or 0),
        tasks_undecided=sum(by_state.get(state, 0) for state in UNDECIDED),
        tasks_unfinished=sum(n for state, n in by_state.items() if state not in ENDED),
    )


def find_task(municipality_id: int, task_id: int) -> Task | None:
    """A task of this municipality."""
    return db.session.scalar(
        select(Task).where(Task.municipality_id == municipality_id, Task.id == task_id)
    )


def task_of_key(activity_id: int, key: str) -> Task | None:
    """The task that the same form has made already."""
    return db.session.scalar(select(Task).where(Task.activity_id == activity_id, Task.key == key))


def find_offer(municipality_id: int, offer_id: int) -> Offer | None:
    """An offer for a task of this municipality."""
    return db.session.scalar(
        select(Offer)
        .join(Task, Task.id == Offer.task_id)
        .where(Task.municipality_id == municipality_id, Offer.id == offer_id)
    )


def task_of_offer(offer: Offer) -> Task:
    """The task an offer is for."""
    return db.session.get_one(Task, offer.task_id)


def subject_of(task: Task) -> Subject:
    """The task as permissions see it; it belongs to the executor that was chosen."""
    cycle = cycles.find_cycle(task.municipality_id, task.cycle_id)
    return Subject(
        municipality_id=task.municipality_id,
        area_path=tuple(task.area_path),
        phase=cycle.phase if cycle is not None else None,
        organisation_id=task.executor_id,
    )


def subject_of_offer(offer: Offer) -> Subject:
    """The offer as permissions see it: as its task, but belonging to who made it."""
    seen = subject_of(task_of_offer(offer))
    return Subject(seen.municipality_id, seen.area_path, seen.phase, None, offer.organisation_id)


def list_tasks(
    cycle_id: int, *, states: Collection[TaskState] = (), offset: int = 0, limit: int = 50
) -> Sequence[Task]:
    """Tasks of a year in the order of the plan; ``states`` narrows them."""
    query = select(Task).where(Task.cycle_id == cycle_id)
    if states:
        query = query.where(Task.state.in_(states))
    return db.session.scalars(
        query.order_by(Task.activity_id, Task.id).offset(offset).limit(limit)
    ).all()


def count_tasks(cycle_id: int, *, states: Collection[TaskState] = ()) -> int:
    """How many tasks ``list_tasks`` would give in all."""
    query = select(func.count()).select_from(Task).where(Task.cycle_id == cycle_id)
    if states:
        query = query.where(Task.state.in_(states))
    return db.session.scalar(query) or 0


def list_of_town(
    municipality_id: int, states: Collection[TaskState], *, limit: int = 200
) -> Sequence[Task]:
    """Tasks of a municipality in these states, the ones whose call closes first on top."""
    return db.session.scalars(
        select(Task)
        .where(Task.municipality_id == municipality_id, Task.state.in_(states))
        .order_by(Task.closes_on.asc().nulls_last(), Task.id)
        .limit(limit)
    ).all()


def tasks_of_activities(activity_ids: Iterable[int]) -> Mapping[int, list[Task]]:
    """Tasks by activity, oldest first, in one query."""
    found: dict[int, list[Task]] = {}
    for task in db.session.scalars(
        select(Task).where(Task.activity_id.in_(set(activity_ids))).order_by(Task.id)
    ):
        found.setdefault(task.activity_id, []).append(task)
    return found


def tasks_by_id(task_ids: Iterable[int | None]) -> Mapping[int, Task]:
    """These tasks by their id, in one query."""
    wanted = {task_id for task_id in task_ids if task_id is not None}
    return {t.id: t for t in db.session.scalars(select(Task).where(Task.id.in_(wanted)))}


def has_work_left(activity_id: int) -> bool:
    """Whether a task of this activity is undecided or at work."""
    states = UNDECIDED | AT_WORK
    return bool(
        db.session.scalar(
            select(
                select(Task.id)
                .where(Task.activity_id == activity_id, Task.state.in_(states))
                .exists()
            )
        )
    )


def ceilings_of_undecided(activity_id: int, *, apart_from: int | None = None) -> int:
    """Cents that undecided tasks of an activity may still take."""
    return int(
        db.session.scalar(
            select(func.coalesce(func.sum(Task.budget_cents), 0)).where(
                Task.activity_id == activity_id,
                Task.state.in_(UNDECIDED),
                Task.id != (apart_from or 0),
            )
        )
        or 0
    )


def list_offers(task_id: int) -> Sequence[Offer]:
    """Offers for a task that were not withdrawn, the first made first."""
    return db.session.scalars(
        select(Offer)
        .where(Offer.task_id == task_id, Offer.state != OfferState.WITHDRAWN)
        .order_by(Offer.made_at, Offer.id)
    ).all()


def count_offers(task_ids: Iterable[int]) -> Mapping[int, int]:
    """How many offers each task has, in one query; tasks without one are left out."""
    rows = db.session.execute(
        select(Offer.task_id, func.count())
        .where(Offer.task_id.in_(set(task_ids)), Offer.state != OfferState.WITHDRAWN)
        .group_by(Offer.task_id)
    )
    return {row[0]: row[1] for row in rows}


def offers_of_organisations(
    organisation_ids: Iterable[int], *, task_id: int | None = None
) -> Sequence[Offer]:
    """Offers these organisations made, newest first; ``task_id`` narrows to one task."""
    query = select(Offer).where(Offer.organisation_id.in_(set(organisation_ids)))
    if task_id is not None:
        query = query.where(Offer.task_id == task_id)
    return db.session.scalars(query.order_by(Offer.id.desc())).all()


def decisions_of(task_ids: Iterable[int]) -> Mapping[int, Decision]:
    """Decisions by task, in one query."""
    rows = db.session.scalars(select(Decision).where(Decision.task_id.in_(set(task_ids))))
    return {row.task_id: row for row in rows}


def offers_by_id(offer_ids: Iterable[int | None]) -> Mapping[int, Offer]:
    """These offers by their id, in one query."""
    wanted = {offer_id for offer_id in offer_ids if offer_id is not None}
    return {o.id: o for o in db.session.scalars(select(Offer).where(Offer.id.in_(wanted)))}


def list_progress(task_id: int, *, offset: int = 0, limit: int = 20) -> Sequence[ProgressPost]:
    """Reports from a task, newest first."""
    return db.session.scalars(
        select(ProgressPost)
        .where(ProgressPost.task_id == task_id)
        .order_by(ProgressPost.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count_progress(task_id: int) -> int:
    """How many reports a task has."""
    return (
        db.session.scalar(
            select(func.count()).select_from(ProgressPost).where(ProgressPost.task_id == task_id)
        )
        or 0
    )


def latest_progress(task_ids: Iterable[int]) -> Mapping[int, ProgressPost]:
    """The newest report of each task, in one query."""
    newest = (
        select(func.max(ProgressPost.id))
        .where(ProgressPost.task_id.in_(set(task_ids)))
        .group_by(ProgressPost.task_id)
    )
    rows = db.session.scalars(select(ProgressPost).where(ProgressPost.id.in_(newest)))
    return {row.task_id: row for row in rows}


def may_offer_for(actor: Actor, task: Task) -> frozenset[int]:
    """Organisations of the actor that work in the task's area."""
    return frozenset(
        grant.organisation_id
        for grant in actor.grants
        if grant.role is Role.EXECUTOR_MEMBER
        and grant.organisation_id is not None
        and grant.area_id in task.area_path
    )


def has_interest(actor: Actor, task: Task) -> bool:
    """Whether an organisation of the actor offered to do this task (§ 31 GO NRW, Awb 2:4)."""
    return any(
        offer.state is not OfferState.WITHDRAWN
        for offer in offers_of_organisations(actor.organisation_ids, task_id=task.id)
    )


def day_in_town(municipality_id: int, now: datetime) -> date:
    """The day it is where the municipality is."""
    zone = areas.root_area(municipality_id).municipality.time_zone
    return now.astimezone(ZoneInfo(zone)).date()
