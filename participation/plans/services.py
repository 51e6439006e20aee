"""Use cases on the plan: draft it from what was chosen, describe it, adopt it for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from database import db
from participation import history
from participation.actions import Action
from participation.cycles import queries as cycles
from participation.errors import ConflictError, InvalidInputError
from participation.meetings import queries as meetings
from participation.money import services as money
from participation.permissions import Actor, require
from participation.plans import queries
from participation.plans.models import Activity, Plan, PlanState
from participation.plans.records import (
    ActivityDescribed,
    PlanAdopted,
    PlanDrafted,
    PlanIntroduced,
)
from participation.priorities import queries as priorities
from participation.texts import LocalisedText
from voting.chain import digest

if TYPE_CHECKING:
    from participation.cycles.models import Cycle
    from participation.priorities.models import Priority
    from participation.priorities.queries import BallotRow

MAX_TEXT = 4000


@dataclass(frozen=True)
class Adoption:
    """The decision of the body that adopts: who, on what day, and until when one may object."""

    body: LocalisedText
    adopted_on: date
    objection_until: date


def draft_plan(*, actor: Actor, cycle: Cycle, now: datetime) -> Plan:
    """Make the plan from the priorities that were chosen; doing it again changes nothing.

    What the vote no longer chose, after a recount, leaves the draft.

    :raises ConflictError: the plan is adopted, or nothing was chosen.
    """
    require(actor, Action.DRAFT_PLAN, cycles.subject_of(cycle))
    chosen = priorities.list_chosen(cycle.id)
    if not chosen:
        raise ConflictError("nothing_chosen")
    plan = _plan_to_change(cycle, now)
    places = {row.id: place for place, row in enumerate(chosen, start=1)}
    present = {activity.priority_id: activity for activity in queries.activities(cycle.id)}
    details = priorities.by_ids(row.id for row in chosen)
    added = [row for row in chosen if row.id not in present]
    gone = [activity for key, activity in present.items() if key not in places]
    for activity in gone:
        db.session.delete(activity)
    for activity in present.values():
        activity.position = places.get(activity.priority_id, activity.position)
    for row in added:
        db.session.add(_activity(plan, row, details[row.id], places[row.id]))
    if added or gone:
        _record_draft(actor, plan, [row.cost_cents for row in chosen], now)
    return plan


def introduce_plan(
    *,
    actor: Actor,
    plan: Plan,
    introduction: LocalisedText,
    continuity: LocalisedText,
    now: datetime,
) -> None:
    """Write what stands before the goals, and what goes well and must go on.

    :raises ConflictError: the plan is adopted.
    :raises InvalidInputError: a text is too long.
    """
    cycle = _cycle_of(plan)
    require(actor, Action.DRAFT_PLAN, cycles.subject_of(cycle))
    _lock_draft(plan)
    plan.introduction = _texts(introduction, "introduction")
    plan.continuity = _texts(continuity, "continuity")
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=PlanIntroduced(plan_id=plan.id),
        now=now,
    )


def describe_activity(
    *,
    actor: Actor,
    activity: Activity,
    goal: LocalisedText,
    indicator: LocalisedText,
    location: str,
    now: datetime,
) -> None:
    """Say what an activity is for and what will show that it worked.

    :raises ConflictError: the plan is adopted.
    :raises InvalidInputError: goal or indicator is empty, or a text is too long.
    """
    require(actor, Action.DRAFT_PLAN, queries.subject_of(activity))
    _lock_draft(db.session.get_one(Plan, activity.plan_id))
    goal, indicator = _texts(goal, "goal"), _texts(indicator, "indicator")
    if not goal:
        raise InvalidInputError("goal_missing", field="goal")
    if not indicator:
        raise InvalidInputError("indicator_missing", field="indicator")
    activity.goal, activity.indicator = goal, indicator
    activity.location = location.strip()
    history.record(
        actor=actor,
        chain=history.cycle_chain(activity.cycle_id),
        fact=ActivityDescribed(activity_id=activity.id, goal=goal, indicator=indicator),
        now=now,
    )


def adopt_plan(*, actor: Actor, plan: Plan, adoption: Adoption, now: datetime) -> None:
    """Adopt the plan: from now on it never changes, and its money is set aside.

    :raises ConflictError: adopted already, empty, an activity has no goal or indicator, it costs
        more than there is, or the neighbourhood meeting has not adopted the motion.
    :raises InvalidInputError: no body, or dates that cannot be.
    """
    cycle = _cycle_of(plan)
    require(actor, Action.ADOPT_PLAN, cycles.subject_of(cycle))
    _lock_draft(plan)
    promised = queries.activities(cycle.id)
    _check_complete(promised, cycle.budget_cents)
    _check_dates(adoption, now)
    motion = meetings.adopted_motion(cycle.id)
    if motion is None:
        raise ConflictError("motion_not_adopted")
    plan.state = PlanState.ADOPTED
    plan.adopting_body = _texts(adoption.body, "body")
    plan.adopted_on, plan.adopted_at = adoption.adopted_on, now
    plan.objection_until = adoption.objection_until
    plan.motion_election_id, plan.meeting_id = motion.election_id, motion.meeting_id
    db.session.flush()  # the ledger refers to a plan that stands
    money.open_ledger(
        actor=actor,
        cycle_id=cycle.id,
        budget_cents=cycle.budget_cents,
        reserved={activity.id: activity.budget_cents for activity in promised},
        now=now,
    )
    fact = PlanAdopted(
        plan_id=plan.id,
        adopted_on=adoption.adopted_on.isoformat(),
        objection_until=adoption.objection_until.isoformat(),
        motion_election_id=motion.election_id,
        content_digest=digest(_content(plan, promised)),
    )
    history.record(actor=actor, chain=history.cycle_chain(cycle.id), fact=fact, now=now)


def _activity(plan: Plan, row: BallotRow, priority: Priority, position: int) -> Activity:
    return Activity(
        municipality_id=plan.municipality_id,
        cycle_id=plan.cycle_id,
        plan_id=plan.id,
        priority_id=row.id,
        position=position,
        titles=dict(row.titles),
        theme_id=priority.theme_id,
        goal={},
        indicator={},
        location=priority.place,
        budget_cents=row.cost_cents,
    )


def _plan_to_change(cycle: Cycle, now: datetime) -> Plan:
    """The year's plan, made if there is none, locked, and still a draft."""
    db.session.execute(
        insert(Plan)
        .values(
            municipality_id=cycle.municipality_id,
            cycle_id=cycle.id,
            state=PlanState.DRAFT,
            introduction={},
            continuity={},
            drafted_at=now,
            adopting_body={},
        )
        .on_conflict_do_nothing(index_elements=["cycle_id"])
    )
    plan = db.session.scalars(select(Plan).where(Plan.cycle_id == cycle.id)).one()
    _lock_draft(plan)
    return plan


def _lock_draft(plan: Plan) -> None:
    db.session.refresh(plan, with_for_update={"key_share": True})
    if plan.state is not PlanState.DRAFT:
        raise ConflictError("plan_is_adopted")


def _record_draft(actor: Actor, plan: Plan, costs: Sequence[int], now: datetime) -> None:
    db.session.flush()  # a draft that cannot be stored must not reach the journal
    history.record(
        actor=actor,
        chain=history.cycle_chain(plan.cycle_id),
        fact=PlanDrafted(plan_id=plan.id, activities=len(costs), budget_cents=sum(costs)),
        now=now,
    )


def _check_complete(promised: Sequence[Activity], budget_cents: int) -> None:
    if not promised:
        raise ConflictError("nothing_chosen")
    undescribed = sum(not activity.goal or not activity.indicator for activity in promised)
    if undescribed:
        raise ConflictError("activities_undescribed", count=undescribed)
    missing = sum(activity.budget_cents for activity in promised) - budget_cents
    if missing > 0:
        raise ConflictError("plan_above_budget", missing_cents=missing)


def _check_dates(adoption: Adoption, now: datetime) -> None:
    if not _texts(adoption.body, "body"):
        raise InvalidInputError("adopting_body_missing", field="body")
    # A day ahead of UTC may have begun where the town is.
    if (adoption.adopted_on - now.date()).days > 1:
        raise InvalidInputError("adoption_in_future", field="adopted_on")
    if adoption.objection_until < adoption.adopted_on:
        raise InvalidInputError("dates_run_backwards", field="objection_until")


def _content(plan: Plan, promised: Sequence[Activity]) -> Mapping[str, object]:
    return {
        "introduction": plan.introduction,
        "continuity": plan.continuity,
        "activities": [
            {
                "priority": activity.priority_id,
                "titles": activity.titles,
                "goal": activity.goal,
                "indicator": activity.indicator,
                "location": activity.location,
                "budget_cents": activity.budget_cents,
            }
            for activity in promised
        ],
    }


def _cycle_of(plan: Plan) -> Cycle:
    cycle = cycles.find_cycle(plan.municipality_id, plan.cycle_id)
    if cycle is None:
        raise LookupError(f"plan {plan.id} has no year")
    return cycle


def _texts(texts: LocalisedText, field: str) -> LocalisedText:
    kept = {language: text.strip() for language, text in texts.items() if text.strip()}
    if any(len(text) > MAX_TEXT for text in kept.values()):
        raise InvalidInputError("text_too_long", field=field, max=MAX_TEXT)
    return kept
