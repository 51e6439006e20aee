"""Use cases of those who check, shortlist, take over the result and carry over.

Reached through ``services``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from database import db
from participation import history
from participation.actions import Action
from participation.errors import ConflictError, InvalidInputError
from participation.permissions import Actor, require
from participation.phases import Phase
from participation.priorities import queries, records
from participation.priorities.models import (
    CheckOutcome,
    FeasibilityCheck,
    Priority,
    PriorityTranslation,
)
from participation.priorities.states import PriorityState, Step
from participation.priorities.steps import cycle_of, lock_priority, lock_shortlist, take_step

if TYPE_CHECKING:
    from participation.cycles.models import Cycle

_STEPS = {CheckOutcome.FEASIBLE: Step.FIND_FEASIBLE, CheckOutcome.REFUSED: Step.REFUSE}

# Until the check has ended the next year can still take something in.
_TAKES_IN = frozenset({Phase.PREPARATION, Phase.COLLECT, Phase.CHECK})


def check_priority(
    *,
    actor: Actor,
    priority: Priority,
    outcome: CheckOutcome,
    explanation: str,
    language: str,
    now: datetime,
    criterion_code: str | None = None,
    cost_cents: int | None = None,
    decisions_seen: int = 0,
) -> FeasibilityCheck:
    """Decide whether it can be done; may be corrected while the check goes on.

    :param language: of the explanation.
    :param cost_cents: by the staff's own reckoning; ``None`` keeps the estimate.
    :param decisions_seen: how many there were when the form was made: a double click decides once.
    :raises InvalidInputError: a refusal that cites no published criterion or explains nothing.
    :raises ConflictError: somebody decided meanwhile, or it is past checking.
    """
    require(actor, Action.CHECK_PRIORITY, queries.subject_of(priority))
    lock_priority(priority)
    earlier = _decisions(priority, decisions_seen)
    if cost_cents is not None and cost_cents <= 0:
        raise InvalidInputError("amount_not_positive", field="cost")
    _require_reason(cycle_of(priority), outcome, criterion_code, explanation)
    take_step(actor=actor, priority=priority, step=_STEPS[outcome])
    check = FeasibilityCheck(
        priority_id=priority.id,
        outcome=outcome,
        criterion_code=criterion_code if outcome is CheckOutcome.REFUSED else None,
        explanation=explanation.strip(),
        language=language,
        decided_by_id=actor.person_id,
        decided_at=now,
    )
    _write_costs(priority, check, earlier, cost_cents)
    db.session.add(check)
    _record(actor, priority, _fact_of(check), now, reason=check.explanation or None)
    return check


def shortlist_priority(*, actor: Actor, priority: Priority, now: datetime) -> None:
    """Put a feasible priority on the ballot.

    :raises ConflictError: it costs more than there is, the ballot is full or frozen, or it is not
        feasible.
    """
    require(actor, Action.SHORTLIST_PRIORITY, queries.subject_of(priority))
    lock_shortlist(priority.cycle_id)
    take_step(actor=actor, priority=priority, step=Step.SHORTLIST)
    priority.changed_at = now
    _record(actor, priority, records.PriorityShortlisted(priority_id=priority.id), now)


def take_off_shortlist(*, actor: Actor, priority: Priority, now: datetime) -> None:
    """Take a priority off the ballot while the vote is not prepared.

    :raises ConflictError: it is not on the ballot, or the ballot is frozen.
    """
    require(actor, Action.SHORTLIST_PRIORITY, queries.subject_of(priority))
    lock_shortlist(priority.cycle_id)
    take_step(actor=actor, priority=priority, step=Step.TAKE_OFF_SHORTLIST)
    priority.changed_at = now
    _record(actor, priority, records.PriorityTakenOffShortlist(priority_id=priority.id), now)


def apply_result(*, actor: Actor, cycle: Cycle, chosen_ids: Collection[int], now: datetime) -> None:
    """Write the published result of the vote to the priorities on the ballot.

    Who may do this is checked by ``cycles``, which reads the result.

    :raises ConflictError: something was chosen that is not on this year's ballot.
    """
    on_ballot = db.session.scalars(
        select(Priority)
        .where(Priority.cycle_id == cycle.id, Priority.state == PriorityState.ON_BALLOT)
        .order_by(Priority.id)
        .with_for_update()
    ).all()
    chosen = set(chosen_ids)
    if not chosen <= {priority.id for priority in on_ballot}:
        raise ConflictError("result_does_not_fit_ballot")
    for priority in on_ballot:
        step = Step.CHOOSE if priority.id in chosen else Step.LEAVE_OUT
        take_step(actor=actor, priority=priority, step=step)
        priority.changed_at = now
        fact = records.PriorityOutcome(priority_id=priority.id, outcome=priority.state.value)
        _record(actor, priority, fact, now)


def carry_over_priority(
    *, actor: Actor, priority: Priority, target_cycle: Cycle, reason: str, now: datetime
) -> Priority:
    """Take a wish into a later year, where it stands published and keeps its history.

    :raises InvalidInputError: there is no reason.
    :raises ConflictError: it was not voted on, it is carried over already, or that year takes
        nothing in any more.
    """
    require(actor, Action.DECIDE_REVIEW, queries.subject_of(priority))
    if not reason.strip():
        raise InvalidInputError("reason_missing", field="reason")
    lock_priority(priority)
    source = cycle_of(priority)
    if priority.state not in {PriorityState.CHOSEN, PriorityState.NOT_CHOSEN}:
        raise ConflictError("carry_over_not_voted_on")
    if target_cycle.area_id != source.area_id or target_cycle.plan_year <= source.plan_year:
        raise ConflictError("carry_over_not_a_later_year")
    if target_cycle.phase not in _TAKES_IN:
        raise ConflictError("carry_over_too_late", plan_year=target_cycle.plan_year)
    if queries.carried_over_to(priority.id) is not None:
        raise ConflictError("carried_over_already")
    carried = _copy_into(target_cycle, priority, source.plan_year, actor, now)
    fact = records.PriorityCarriedOver(
        priority_id=carried.id,
        from_priority_id=priority.id,
        from_year=source.plan_year,
        to_year=target_cycle.plan_year,
    )
    _record(actor, priority, fact, now, reason=reason.strip())
    _record(actor, carried, fact, now, reason=reason.strip())
    return carried


def _copy_into(
    target: Cycle, priority: Priority, from_year: int, actor: Actor, now: datetime
) -> Priority:
    carried = Priority(
        municipality_id=target.municipality_id,
        cycle_id=target.id,
        area_path=list(target.area_path),
        author_id=priority.author_id,
        entered_by_id=actor.person_id,
        state=PriorityState.PUBLISHED,
        language=priority.language,
        title=priority.title,
        description=priority.description,
        theme_id=priority.theme_id,
        function_id=priority.function_id,
        place=priority.place,
        cost_cents=priority.cost_cents,
        route=priority.route,
        route_reason=priority.route_reason,
        support_count=0,
        carried_over_from_id=priority.id,
        carried_over_from_year=from_year,
        created_at=now,
        changed_at=now,
        published_at=now,
    )
    db.session.add(carried)
    db.session.flush()  # translations and the record name its id
    for words in queries.translations_of(priority.id):
        db.session.add(
            PriorityTranslation(
                priority_id=carried.id,
                language=words.language,
                title=words.title,
                description=words.description,
                origin=words.origin,
            )
        )
    return carried


def _decisions(priority: Priority, seen: int) -> Sequence[FeasibilityCheck]:
    """Decisions until now, if they are those the actor saw."""
    earlier = queries.checks_of([priority.id]).get(priority.id, [])
    if len(earlier) != seen:
        raise ConflictError("priority_decided_meanwhile")
    return earlier


def _write_costs(
    priority: Priority,
    check: FeasibilityCheck,
    earlier: Sequence[FeasibilityCheck],
    cost_cents: int | None,
) -> None:
    """Keep the proposer's estimate beside what staff found; the latter counts from now on."""
    estimated = earlier[0].estimated_cents if earlier else priority.cost_cents
    check.estimated_cents = estimated or 0
    priority.cost_cents = cost_cents or priority.cost_cents
    priority.changed_at = check.decided_at
    check.cost_cents = priority.cost_cents or 0


def _require_reason(
    cycle: Cycle, outcome: CheckOutcome, criterion_code: str | None, explanation: str
) -> None:
    """Only a refusal must cite and explain."""
    if outcome is not CheckOutcome.REFUSED:
        return
    if not criterion_code:
        raise InvalidInputError("criterion_missing", field="criterion")
    if cycle.rules.criterion(criterion_code) is None:
        raise InvalidInputError("criterion_unknown", field="criterion")
    if not explanation.strip():
        raise InvalidInputError("explanation_missing", field="explanation")


def _fact_of(check: FeasibilityCheck) -> history.Fact:
    if check.criterion_code is not None:
        return records.PriorityRefused(
            priority_id=check.priority_id, criterion_code=check.criterion_code
        )
    return records.PriorityFoundFeasible(
        priority_id=check.priority_id,
        estimated_cents=check.estimated_cents,
        cost_cents=check.cost_cents,
    )


def _record(
    actor: Actor,
    priority: Priority,
    fact: history.Fact,
    now: datetime,
    reason: str | None = None,
) -> None:
    history.record(
        actor=actor,
        chain=history.cycle_chain(priority.cycle_id),
        fact=fact,
        reason=reason,
        now=now,
    )
