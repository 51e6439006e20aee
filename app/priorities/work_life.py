"""The part of a wish's life after the vote: plan, who does it, the work, its money, its review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import url_for
from flask_babel import gettext

from app.filters import localised, money
from app.priorities.life_steps import LifeStep, Paid, happened, quoted, quoted_in
from app.sentences.work import OUTCOMES, PROGRESS
from participation.cycles.models import Cycle
from participation.money import queries as ledger
from participation.phases import Phase
from participation.plans import queries as plans
from participation.plans.models import Activity, PlanState
from participation.priorities.models import Priority
from participation.reviews import queries as reviews
from participation.reviews.questions import Outcome
from participation.tasks.life import WorkEvent, WorkEventKind, life_of_activities
from participation.tasks.states import Progress


def steps_after_vote(priority: Priority, cycle: Cycle) -> list[LifeStep]:
    """Everything from the adopted plan on; nothing for what was not chosen."""
    activity = plans.activity_of_priority(priority.id)
    if activity is None:
        return []
    steps = list(_plan_step(activity, cycle))
    steps += _work_steps(activity)
    steps = _with_money(steps, activity)
    steps += _review_step(activity)
    return steps


def _plan_step(activity: Activity, cycle: Cycle) -> Iterator[LifeStep]:
    plan = plans.plan_of_cycle(cycle.id)
    if plan is None or plan.state is not PlanState.ADOPTED or plan.adopted_at is None:
        return
    yield happened(
        Phase.ADOPT,
        plan.adopted_at,
        gettext("In the plan of %(year)s", year=cycle.plan_year),
        text=gettext("%(body)s adopted the plan.", body=localised(plan.adopting_body)),
        link=(gettext("Read the plan"), url_for("plans.show", cycle_id=cycle.id)),
        quote=quoted_in(activity.goal),
    )


def _work_steps(activity: Activity) -> list[LifeStep]:
    events = life_of_activities([activity.id])
    several = len({event.task_id for event in events}) > 1
    return [_work_step(event, several or event.kind in _DECISIONS) for event in events]


def _work_step(event: WorkEvent, names_task: bool) -> LifeStep:
    """One event of the work; the only task of an activity need not be named again and again."""
    phase = Phase.ASSIGN if event.kind in _DECISIONS else Phase.EXECUTE
    link = (localised(event.task_title), url_for("tasks.show", task_id=event.task_id))
    return happened(
        phase,
        event.at,
        _work_title(event),
        text=_work_text(event),
        link=link if names_task else None,
        quote=quoted(event.text, event.language) if event.language else None,
    )


_DECISIONS = frozenset({WorkEventKind.EXECUTOR_CHOSEN, WorkEventKind.NOBODY_CHOSEN})


def _work_title(event: WorkEvent) -> str:
    name, amount = event.organisation_name, money(event.amount_cents)
    if event.kind is WorkEventKind.PROGRESS:
        progress = PROGRESS[Progress(event.progress)]
        return str(gettext("How the work goes: %(progress)s", progress=progress))
    titles: dict[WorkEventKind, str] = {
        WorkEventKind.EXECUTOR_CHOSEN: gettext(
            "%(name)s does it for %(amount)s", name=name, amount=amount
        ),
        WorkEventKind.NOBODY_CHOSEN: gettext("Nobody was chosen to do it"),
        WorkEventKind.PAID: gettext("%(amount)s is paid", amount=amount),
        WorkEventKind.DONE: gettext("The work is done"),
        WorkEventKind.STOPPED: gettext("The work was stopped"),
    }
    return titles[event.kind]


def _work_text(event: WorkEvent) -> str:
    """A payment's purpose is the ledger's own wording, in no particular language."""
    return event.text if event.kind is WorkEventKind.PAID else ""


def _with_money(steps: list[LifeStep], activity: Activity) -> list[LifeStep]:
    """How the money stands, told at the newest stop of the work."""
    of_work = [place for place, step in enumerate(steps) if step.phase is Phase.EXECUTE]
    sums = ledger.sums_of_activities([activity.id]).get(activity.id)
    if not of_work or sums is None:
        return steps
    paid = Paid(sums.paid, sums.committed, activity.budget_cents)
    last = of_work[-1]
    follow = (gettext("Follow the work"), url_for("tasks.index", cycle_id=activity.cycle_id))
    newest = replace(steps[last], paid=paid, onward=follow)
    return [*steps[:last], newest, *steps[last + 1 :]]


def _review_step(activity: Activity) -> list[LifeStep]:
    decision = reviews.decisions_of([activity.id]).get(activity.id)
    if decision is None:
        return []
    link = (gettext("Read the review"), url_for("reviews.show", cycle_id=activity.cycle_id))
    if decision.outcome is Outcome.CARRY_OVER and decision.carried_priority_id is not None:
        link = (
            gettext("See how it goes on"),
            url_for("priorities.show", priority_id=decision.carried_priority_id),
        )
    return [
        happened(
            Phase.REVIEW,
            decision.at,
            gettext("The review decided: %(outcome)s", outcome=OUTCOMES[decision.outcome]),
            text=_new_goal(decision.new_goal),
            link=link,
            quote=quoted(decision.reason, decision.language),
        )
    ]


def _new_goal(texts: dict[str, str]) -> str:
    return str(gettext("The new goal: %(goal)s", goal=localised(texts))) if texts else ""
