"""Use cases on tasks: add one, open its call, decide who does it, end it.

Those on offers are in ``offers``, reports from the work in ``progress``; all can be called here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import update

from database import db
from participation.actions import Action
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.money import queries as money
from participation.money import services as ledger
from participation.permissions import Actor, require
from participation.plans import queries as plans
from participation.tasks import queries
from participation.tasks.criteria import Criterion, Gate, checked_gates, checked_weights
from participation.tasks.models import Decision, Offer, Task
from participation.tasks.offers import Terms, make_offer, withdraw_offer
from participation.tasks.progress import report_progress
from participation.tasks.records import (
    CallOpened,
    TaskAdded,
    TaskDecided,
    TaskFinished,
    TaskStarted,
    TaskStopped,
)
from participation.tasks.states import OfferState, Route, TaskAct, TaskState
from participation.tasks.steps import (
    Reason,
    checked_reason,
    checked_text,
    lock_activity,
    record,
    take_step,
)
from participation.texts import LocalisedText

if TYPE_CHECKING:
    from participation.plans.models import Activity

__all__ = [
    "Reason",
    "TaskBrief",
    "Terms",
    "add_task",
    "decide_task",
    "finish_task",
    "left_for_tasks",
    "make_offer",
    "open_call",
    "report_progress",
    "start_task",
    "stop_task",
    "withdraw_offer",
]


@dataclass(frozen=True)
class TaskBrief:
    """What a task asks for. ``budget_cents`` is the most an offer may ask."""

    title: LocalisedText
    description: LocalisedText
    indicator: LocalisedText
    route: Route
    budget_cents: int
    starts_on: date
    ends_on: date


def add_task(
    *, actor: Actor, activity: Activity, brief: TaskBrief, now: datetime, key: str | None = None
) -> Task:
    """Make a task of an activity of an adopted plan.

    :param key: number of the form, so that sending it twice makes one task.
    :raises ConflictError: the plan is not adopted.
    :raises InvalidInputError: a text is missing or too long, dates run backwards, or the tasks
        of the activity would together take more than it has left.
    """
    require(actor, Action.OPEN_CALL, plans.subject_of(activity))
    if not plans.is_adopted(activity.cycle_id):
        raise ConflictError("plan_not_adopted_yet")
    lock_activity(activity.id)
    made = queries.task_of_key(activity.id, key) if key is not None else None
    if made is not None:
        return made
    _check_brief(brief)
    left = left_for_tasks(activity.id)
    if brief.budget_cents > left:
        raise InvalidInputError("task_above_activity", left_cents=left, field="budget")
    task = _drafted(activity, brief, key)
    db.session.add(task)
    db.session.flush()  # the record names the id
    fact = TaskAdded(task_id=task.id, activity_id=activity.id, budget_cents=task.budget_cents)
    record(actor, task, fact, now)
    return task


def open_call(
    *,
    actor: Actor,
    task: Task,
    closes_on: date,
    weights: Mapping[Criterion, int],
    gates: Iterable[Gate],
    now: datetime,
) -> None:
    """Ask who wants to do it. From now on gates and weights are public and do not change.

    :param closes_on: the last day on which offers are taken.
    :raises ConflictError: the call was opened before.
    :raises InvalidInputError: the last day is past, or the weights do not sum to 100.
    """
    require(actor, Action.OPEN_CALL, queries.subject_of(task))
    take_step(task, TaskAct.OPEN_CALL)
    if closes_on < queries.day_in_town(task.municipality_id, now):
        raise InvalidInputError("call_closes_in_past", field="closes_on")
    task.weights, task.gates = checked_weights(weights), checked_gates(gates)
    task.closes_on = closes_on
    task.state = TaskState.CALL_OPEN
    fact = CallOpened(
        task_id=task.id,
        closes_on=closes_on.isoformat(),
        weights=task.weights,
        gates=task.gates,
    )
    record(actor, task, fact, now)


def decide_task(
    *, actor: Actor, task: Task, offer: Offer | None, reason: Reason, now: datetime
) -> Decision:
    """Choose one offer, or nobody, with a reason everybody may read.

    The chosen offer's amount is promised to its organisation. Of two who decide at once the
    second is refused.

    :param offer: ``None`` when no offer is good enough; the task then ends.
    :raises NotAllowedError: an organisation of the actor made an offer (§ 31 GO NRW, Awb 2:4).
    :raises ConflictError: decided before, offers are still taken, or the offer was withdrawn.
    :raises InvalidInputError: no reason.
    """
    require(actor, Action.DECIDE_TASK, queries.subject_of(task))
    target = take_step(task, TaskAct.CHOOSE if offer is not None else TaskAct.CHOOSE_NOBODY)
    text = checked_reason(reason)
    if queries.has_interest(actor, task):
        raise NotAllowedError("decider_has_interest")
    if task.closes_on is None or queries.day_in_town(task.municipality_id, now) <= task.closes_on:
        raise ConflictError("call_still_open")
    if offer is not None:
        _promise(actor, task, offer, now)
    _leave_out_others(task)
    task.state = target
    if offer is None:
        task.ended_at = now
    decision = Decision(
        task_id=task.id,
        offer_id=offer.id if offer is not None else None,
        reason=text,
        language=reason.language,
        decided_by=actor.person_id,
        at=now,
    )
    db.session.add(decision)
    amount = offer.amount_cents if offer is not None else 0
    record(actor, task, TaskDecided(task.id, task.executor_id, amount), now, text)
    return decision


def start_task(*, actor: Actor, task: Task, now: datetime) -> None:
    """The executor begins.

    :raises ConflictError: the task has no executor, or has begun.
    """
    require(actor, Action.REPORT_PROGRESS, queries.subject_of(task))
    task.state = take_step(task, TaskAct.START)
    record(actor, task, TaskStarted(task_id=task.id), now)


def finish_task(*, actor: Actor, task: Task, now: datetime) -> None:
    """The work is done and paid: what was promised and not paid is free again.

    :raises ConflictError: the task is not in progress.
    """
    require(actor, Action.RECORD_PAYMENT, queries.subject_of(task))
    task.state = take_step(task, TaskAct.FINISH)
    task.ended_at = now
    db.session.flush()  # the ledger asks which tasks are still at work
    ledger.release_money(actor=actor, task=task, now=now)
    record(actor, task, TaskFinished(task_id=task.id), now)


def stop_task(*, actor: Actor, task: Task, reason: Reason, now: datetime) -> None:
    """End a task before it is done; its unpaid money goes back to the activity.

    :raises ConflictError: it has ended.
    :raises InvalidInputError: no reason.
    """
    require(actor, Action.DECIDE_TASK, queries.subject_of(task))
    target = take_step(task, TaskAct.STOP)
    text = checked_reason(reason)
    _leave_out_others(task)
    task.state, task.ended_at = target, now
    task.stop_reason, task.stop_language = text, reason.language
    db.session.flush()  # the ledger asks which tasks are still at work
    ledger.release_money(actor=actor, task=task, now=now)
    record(actor, task, TaskStopped(task_id=task.id), now, text)


def left_for_tasks(activity_id: int) -> int:
    """Cents of an activity that no task has been given yet."""
    reserved = money.sums_of_activities([activity_id])[activity_id].reserved
    return reserved - queries.ceilings_of_undecided(activity_id)


def _drafted(activity: Activity, brief: TaskBrief, key: str | None) -> Task:
    return Task(
        municipality_id=activity.municipality_id,
        cycle_id=activity.cycle_id,
        area_path=list(plans.subject_of(activity).area_path),
        activity_id=activity.id,
        key=key,
        title=_texts(brief.title, "title"),
        description=_texts(brief.description, "description"),
        indicator=_texts(brief.indicator, "indicator"),
        route=brief.route,
        budget_cents=brief.budget_cents,
        starts_on=brief.starts_on,
        ends_on=brief.ends_on,
        state=TaskState.DRAFT,
        gates=[],
    )


def _promise(actor: Actor, task: Task, offer: Offer, now: datetime) -> None:
    db.session.refresh(offer, with_for_update={"key_share": True})
    if offer.task_id != task.id or offer.state is not OfferState.SUBMITTED:
        raise ConflictError("offer_withdrawn")
    offer.state = OfferState.CHOSEN
    task.executor_id = offer.organisation_id
    ledger.commit_money(actor=actor, task=task, amount_cents=offer.amount_cents, now=now)


def _leave_out_others(task: Task) -> None:
    db.session.execute(
        update(Offer)
        .where(Offer.task_id == task.id, Offer.state == OfferState.SUBMITTED)
        .values(state=OfferState.NOT_CHOSEN)
    )


def _check_brief(brief: TaskBrief) -> None:
    if brief.budget_cents < 0:
        raise InvalidInputError("amount_negative", field="budget")
    if brief.ends_on < brief.starts_on:
        raise InvalidInputError("dates_run_backwards", field="ends_on")


def _texts(texts: LocalisedText, field: str) -> LocalisedText:
    kept = {language: text.strip() for language, text in texts.items() if text.strip()}
    if not kept:
        raise InvalidInputError("task_text_missing", field=field)
    for text in kept.values():
        checked_text(text, field, missing="task_text_missing")
    return kept
