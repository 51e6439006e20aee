"""What happened to activities once they were in the plan, as one dated line. Reads only.

``app.priorities`` adds it to the page that tells a priority's whole life.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from database import db
from participation.money import queries as money
from participation.money.accounts import EntryKind
from participation.organisations import queries as organisations
from participation.tasks import queries
from participation.tasks.models import Decision, Offer, ProgressPost, Task
from participation.tasks.states import ENDED, TaskState


class WorkEventKind(StrEnum):
    """What happened."""

    EXECUTOR_CHOSEN = "executor_chosen"
    NOBODY_CHOSEN = "nobody_chosen"
    PROGRESS = "progress"
    PAID = "paid"
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True)
class WorkEvent:
    """One event of one task. ``text`` was written in ``language``; amounts are cents.

    :ivar progress: value of ``Progress`` for a report from the work, else empty.
    """

    at: datetime
    kind: WorkEventKind
    activity_id: int
    task_id: int
    task_title: dict[str, str]
    organisation_name: str = ""
    text: str = ""
    language: str = ""
    progress: str = ""
    amount_cents: int = 0


def life_of_activities(activity_ids: Iterable[int]) -> Sequence[WorkEvent]:
    """Everything that happened to the tasks of these activities, oldest first.

    Costs seven queries, however much happened.
    """
    tasks = {
        task.id: task
        for found in queries.tasks_of_activities(activity_ids).values()
        for task in found
    }
    if not tasks:
        return []
    names = {
        key: organisation.name
        for key, organisation in organisations.organisations_by_id(
            task.executor_id for task in tasks.values()
        ).items()
    }
    events = [*_decisions(tasks, names), *_reports(tasks, names), *_payments(tasks)]
    events += [_ending(task) for task in tasks.values() if _ended_by_somebody(task)]
    return sorted(events, key=lambda event: (event.at, event.task_id))


def _decisions(tasks: dict[int, Task], names: dict[int, str]) -> list[WorkEvent]:
    decisions = queries.decisions_of(tasks)
    offers = queries.offers_by_id(decision.offer_id for decision in decisions.values())
    return [
        _decision(tasks[task_id], decision, offers.get(decision.offer_id or 0), names)
        for task_id, decision in decisions.items()
    ]


def _decision(
    task: Task, decision: Decision, offer: Offer | None, names: dict[int, str]
) -> WorkEvent:
    chosen = offer is not None
    return WorkEvent(
        at=decision.at,
        kind=WorkEventKind.EXECUTOR_CHOSEN if chosen else WorkEventKind.NOBODY_CHOSEN,
        activity_id=task.activity_id,
        task_id=task.id,
        task_title=task.title,
        organisation_name=names.get(task.executor_id or 0, "") if chosen else "",
        text=decision.reason,
        language=decision.language,
        amount_cents=offer.amount_cents if offer is not None else 0,
    )


def _reports(tasks: dict[int, Task], names: dict[int, str]) -> list[WorkEvent]:
    posts = db.session.scalars(
        select(ProgressPost).where(ProgressPost.task_id.in_(tasks)).order_by(ProgressPost.id)
    )
    return [
        WorkEvent(
            at=post.at,
            kind=WorkEventKind.PROGRESS,
            activity_id=tasks[post.task_id].activity_id,
            task_id=post.task_id,
            task_title=tasks[post.task_id].title,
            organisation_name=names.get(post.organisation_id or 0, ""),
            text=post.text,
            language=post.language,
            progress=post.progress.value,
        )
        for post in posts
    ]


def _payments(tasks: dict[int, Task]) -> list[WorkEvent]:
    entries = money.entries_of_tasks(tasks)
    taken_back = money.reversed_ids(entry.id for entry in entries)
    return [
        WorkEvent(
            at=entry.at,
            kind=WorkEventKind.PAID,
            activity_id=tasks[entry.task_id].activity_id,
            task_id=entry.task_id,
            task_title=tasks[entry.task_id].title,
            text=entry.text,
            amount_cents=entry.amount_cents,
        )
        for entry in entries
        if entry.kind is EntryKind.PAYMENT and entry.id not in taken_back and entry.task_id
    ]


def _ended_by_somebody(task: Task) -> bool:
    """A task nobody was chosen for ended by that decision, which is an event of its own."""
    if task.ended_at is None or task.state not in ENDED:
        return False
    return task.state is TaskState.DONE or task.stop_reason is not None


def _ending(task: Task) -> WorkEvent:
    if task.ended_at is None:
        raise ValueError(f"task {task.id} has not ended")
    done = task.state is TaskState.DONE
    return WorkEvent(
        at=task.ended_at,
        kind=WorkEventKind.DONE if done else WorkEventKind.STOPPED,
        activity_id=task.activity_id,
        task_id=task.id,
        task_title=task.title,
        text=task.stop_reason or "",
        language=task.stop_language or "",
    )
