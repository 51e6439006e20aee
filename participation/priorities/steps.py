"""Taking a step in a priority's life: lock, ask the table of transitions, write the state.

The only place that writes a priority's state after it was made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from database import db
from participation.cycles import queries as cycles
from participation.errors import ConflictError, InvalidInputError
from participation.permissions import Actor, require
from participation.priorities import queries
from participation.priorities.models import Priority
from participation.priorities.states import (
    PriorityFacts,
    PriorityState,
    Refusal,
    Step,
    first_refusal,
    transition_for,
)
from voting.elections import queries as elections
from voting.states import ElectionState

if TYPE_CHECKING:
    from participation.cycles.models import Cycle


def cycle_of(priority: Priority) -> Cycle:
    """The plan year a priority belongs to."""
    cycle = cycles.find_cycle(priority.municipality_id, priority.cycle_id)
    if cycle is None:
        raise LookupError(f"priority {priority.id} has no year")
    return cycle


def lock_priority(priority: Priority) -> None:
    """Wait for other changes of this priority and see what they left."""
    db.session.refresh(priority, with_for_update=True)


def take_step(*, actor: Actor, priority: Priority, step: Step) -> None:
    """Move a priority on, or refuse.

    :raises ConflictError: it is not in a state from which this step leads on, or a rule of the
        shortlist holds.
    :raises InvalidInputError: something the step needs is missing or out of range.
    """
    lock_priority(priority)
    transition = transition_for(priority.state, step)
    if transition is not None and transition.action is not None:
        require(actor, transition.action, queries.subject_of(priority))
    if transition is None:
        raise ConflictError("priority_step_not_now", state=priority.state.value)
    refusal = first_refusal(transition, facts_of(priority))
    if refusal is not None:
        raise _error(refusal)
    priority.state = transition.target


def facts_of(priority: Priority) -> PriorityFacts:
    """What the guards need to know."""
    cycle = cycle_of(priority)
    rules = cycle.rules
    return PriorityFacts(
        title=priority.title,
        description=priority.description,
        place=priority.place,
        has_theme=priority.theme_id is not None,
        has_function=priority.function_id is not None,
        has_route=priority.route is not None,
        cost_cents=priority.cost_cents,
        cost_cap_cents=rules.cost_cap_cents,
        budget_cents=cycle.budget_cents,
        shortlist_limit=rules.shortlist_limit,
        already_on_ballot=_count_on_ballot(cycle.id),
        ballot_is_frozen=ballot_is_frozen(cycle),
    )


def ballot_is_frozen(cycle: Cycle) -> bool:
    """Whether the year's vote has been prepared, so that its options may not change."""
    if cycle.election_id is None:
        return False
    return elections.get_election(cycle.election_id).state is not ElectionState.DRAFT


def lock_shortlist(cycle_id: int) -> None:
    """Wait for other changes of a year's shortlist: its limit counts all of them."""
    db.session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(f"shortlist:{cycle_id}", 0)))
    )


def _count_on_ballot(cycle_id: int) -> int:
    return (
        db.session.scalar(
            select(func.count(Priority.id)).where(
                Priority.cycle_id == cycle_id, Priority.state == PriorityState.ON_BALLOT
            )
        )
        or 0
    )


def _error(refusal: Refusal) -> ConflictError | InvalidInputError:
    kind = InvalidInputError if "field" in refusal.params else ConflictError
    return kind(refusal.code, **refusal.params)
