"""Use cases of the year's review: answer, and decide on each goal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from database import db
from participation import history
from participation.actions import Action
from participation.cycles import queries as cycles
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.permissions import Actor, require
from participation.plans import queries as plans
from participation.priorities import queries as priorities
from participation.priorities import services as wishes
from participation.reviews import queries
from participation.reviews.models import ReviewAnswer, ReviewDecision
from participation.reviews.questions import MAX_TEXT, Outcome, Voice, checked_answers
from participation.reviews.records import ReviewAnswered, ReviewDecided
from participation.texts import LocalisedText

if TYPE_CHECKING:
    from participation.cycles.models import Cycle
    from participation.plans.models import Activity
    from participation.priorities.models import Priority


@dataclass(frozen=True)
class Verdict:
    """What the meeting decides on one goal. ``new_goal`` belongs to ``adapt`` alone."""

    outcome: Outcome
    reason: str
    language: str
    new_goal: LocalisedText = field(default_factory=dict)


def answer_review(
    *,
    actor: Actor,
    activity: Activity,
    voice: Voice,
    answers: Mapping[str, str],
    language: str,
    now: datetime,
) -> ReviewAnswer:
    """Answer the year's questions on one activity; answering again replaces what was answered.

    :param answers: question code to value; questions may be left open.
    :raises NotAllowedError: the actor has no such voice here.
    :raises ConflictError: the review has decided on this activity.
    :raises InvalidInputError: nothing answered, or something that is not offered.
    """
    subject = plans.subject_of(activity)
    require(actor, Action.ANSWER_REVIEW, subject)
    if voice not in queries.voices_of(actor, subject):
        raise NotAllowedError("not_your_voice")
    if queries.decisions_of([activity.id]):
        raise ConflictError("review_decided_before")
    kept = checked_answers(_cycle_of(activity).rules.review_questions, answers)
    given = {"voice": voice, "answers": kept, "language": language, "answered_at": now}
    answer = _store(activity, actor.person_id, given)
    fact = ReviewAnswered(activity_id=activity.id, voice=voice.value)
    chain = history.cycle_chain(activity.cycle_id)
    history.record(actor=actor, chain=chain, fact=fact, now=now)
    return answer


def decide_review(
    *, actor: Actor, activity: Activity, verdict: Verdict, now: datetime
) -> ReviewDecision:
    """Write down what the review decides on one activity. Of two at once the second is refused.

    "Carry over" puts the wish into the area's next year, with its history.

    :raises ConflictError: decided before; or it is to be carried over and the next year has not
        been started, or takes in no more wishes.
    :raises InvalidInputError: no reason, or ``adapt`` without its new goal.
    """
    require(actor, Action.DECIDE_REVIEW, plans.subject_of(activity))
    reason = _checked(verdict.reason)
    new_goal = _new_goal(verdict)
    _claim(activity.id)
    if queries.decisions_of([activity.id]):
        raise ConflictError("review_decided_before")
    carried = _carry_over(actor, activity, reason, now, verdict.outcome)
    decision = ReviewDecision(
        activity_id=activity.id,
        cycle_id=activity.cycle_id,
        outcome=verdict.outcome,
        reason=reason,
        language=verdict.language,
        new_goal=new_goal,
        carried_priority_id=carried.id if carried is not None else None,
        decided_by=actor.person_id,
        at=now,
    )
    db.session.add(decision)
    fact = ReviewDecided(
        activity_id=activity.id,
        outcome=verdict.outcome.value,
        carried_priority_id=decision.carried_priority_id,
    )
    chain = history.cycle_chain(activity.cycle_id)
    history.record(actor=actor, chain=chain, fact=fact, reason=reason, now=now)
    return decision


def _store(activity: Activity, person_id: int | None, given: Mapping[str, Any]) -> ReviewAnswer:
    """Write the answer, over what the same person answered before."""
    place = {"activity_id": activity.id, "person_id": person_id}
    statement = insert(ReviewAnswer).values(cycle_id=activity.cycle_id, **place, **given)
    return db.session.scalars(
        statement.on_conflict_do_update(index_elements=list(place), set_=dict(given)).returning(
            ReviewAnswer
        ),
        execution_options={"populate_existing": True},
    ).one()


def _carry_over(
    actor: Actor, activity: Activity, reason: str, now: datetime, outcome: Outcome
) -> Priority | None:
    if outcome is not Outcome.CARRY_OVER:
        return None
    target = cycles.next_cycle(activity.cycle_id)
    if target is None:
        raise ConflictError("next_year_not_started", field="outcome")
    priority = priorities.by_ids([activity.priority_id])[activity.priority_id]
    return wishes.carry_over_priority(
        actor=actor, priority=priority, target_cycle=target, reason=reason, now=now
    )


def _cycle_of(activity: Activity) -> Cycle:
    cycle = cycles.find_cycle(activity.municipality_id, activity.cycle_id)
    if cycle is None:
        raise LookupError(f"activity {activity.id} has no year")
    return cycle


def _checked(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise InvalidInputError("reason_missing", field="reason")
    if len(reason) > MAX_TEXT:
        raise InvalidInputError("text_too_long", field="reason", max=MAX_TEXT)
    return reason


def _new_goal(verdict: Verdict) -> LocalisedText:
    if verdict.outcome is not Outcome.ADAPT:
        return {}
    goal = {language: text.strip() for language, text in verdict.new_goal.items() if text.strip()}
    if not goal:
        raise InvalidInputError("new_goal_missing", field="new_goal")
    return goal


def _claim(activity_id: int) -> None:
    """Whoever comes second waits here, and then finds it decided."""
    name = f"review:{activity_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
