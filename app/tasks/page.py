"""What pages of tasks show, gathered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from participation.areas import queries as areas
from participation.areas.models import Area
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.money import queries as money
from participation.money.queries import TaskSums
from participation.organisations import queries as organisations
from participation.organisations.models import Organisation
from participation.plans import queries as plans
from participation.plans.models import Activity
from participation.tasks import queries
from participation.tasks.models import Offer, ProgressPost, Task


@dataclass(frozen=True)
class Row:
    """One task of a list."""

    task: Task
    executor: Organisation | None
    sums: TaskSums
    offers: int
    latest: ProgressPost | None


@dataclass(frozen=True)
class OfferRow:
    """One offer with who made it and what it is for."""

    offer: Offer
    organisation: Organisation
    task: Task


@dataclass(frozen=True)
class Surroundings:
    """Where a task belongs."""

    activity: Activity
    cycle: Cycle
    area: Area


def surroundings(task: Task) -> Surroundings:
    """Activity, year and area of a task."""
    activity = plans.activities_by_id([task.activity_id])[task.activity_id]
    return surroundings_of_activity(activity)


def surroundings_of_activity(activity: Activity) -> Surroundings:
    """Year and area of an activity."""
    cycle = cycles.find_cycle(activity.municipality_id, activity.cycle_id)
    area = areas.find_area(cycle.municipality_id, cycle.area_id) if cycle is not None else None
    if cycle is None or area is None:
        raise LookupError(f"activity {activity.id} has no year or area")
    return Surroundings(activity, cycle, area)


def rows_of(tasks: Sequence[Task]) -> list[Row]:
    """Tasks with executor, money, number of offers and newest report."""
    ids = [task.id for task in tasks]
    executors = organisations.organisations_by_id(task.executor_id for task in tasks)
    sums = money.sums_of_tasks(ids)
    offers = queries.count_offers(ids)
    latest = queries.latest_progress(ids)
    return [
        Row(
            task=task,
            executor=executors.get(task.executor_id or 0),
            sums=sums[task.id],
            offers=offers.get(task.id, 0),
            latest=latest.get(task.id),
        )
        for task in tasks
    ]


def offer_rows(offers: Iterable[Offer]) -> list[OfferRow]:
    """Offers with their organisations and tasks."""
    offers = list(offers)
    makers = organisations.organisations_by_id(offer.organisation_id for offer in offers)
    tasks = queries.tasks_by_id(offer.task_id for offer in offers)
    return [OfferRow(o, makers[o.organisation_id], tasks[o.task_id]) for o in offers]
