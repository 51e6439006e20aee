"""Collects what the guards of a phase need to know, from every package that has a part in it."""

from __future__ import annotations

from participation.cycles.models import Cycle
from participation.phases import BlockReason, CycleFacts, Phase, blocking_reasons, next_transition
from participation.plans import queries as plans
from participation.priorities import queries as priorities
from participation.reviews import queries as reviews
from participation.tasks import queries as tasks
from voting.elections import queries as elections

# Closing has no dates of its own: it follows the last accounts.
DATED_PHASES = tuple(phase for phase in Phase if phase is not Phase.CLOSED)


def facts_of(cycle: Cycle) -> CycleFacts:
    """Plain counts of where the cycle stands."""
    dated = {window.phase for window in cycle.windows}
    counts = priorities.check_counts(cycle.id)
    work = tasks.work_counts(cycle.id)
    return CycleFacts(
        phases_without_dates=sum(phase not in dated for phase in DATED_PHASES),
        criteria=len(cycle.rules.criteria),
        budget_cents=cycle.budget_cents,
        priorities_published=counts.published,
        priorities_unchecked=counts.unchecked,
        priorities_on_ballot=counts.on_ballot,
        election_state=_election_state(cycle),
        plan_adopted=plans.is_adopted(cycle.id),
        activities=work.activities,
        activities_without_task=work.activities_without_task,
        tasks_undecided=work.tasks_undecided,
        tasks_unfinished=work.tasks_unfinished,
        activities_unreviewed=reviews.count_unjudged_activities(cycle.id),
    )


def what_blocks(cycle: Cycle) -> list[BlockReason]:
    """What must still happen before the next phase; empty when it may begin."""
    transition = next_transition(cycle.phase)
    return blocking_reasons(transition, facts_of(cycle)) if transition else []


def _election_state(cycle: Cycle) -> str | None:
    if cycle.election_id is None:
        return None
    return elections.get_election(cycle.election_id).state.value
