"""The phases of a year, what each opens, and how one follows the other.

Pure. ``cycles.services.advance_cycle`` alone writes a phase; the facts that guards read are
collected by ``cycles.queries``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from participation.actions import Action


class Phase(StrEnum):
    """Where a neighbourhood's plan year stands."""

    PREPARATION = "preparation"
    COLLECT = "collect"
    CHECK = "check"
    VOTE = "vote"
    ADOPT = "adopt"
    ASSIGN = "assign"
    EXECUTE = "execute"
    REVIEW = "review"
    CLOSED = "closed"


# Work goes on while the year is judged, so review opens all that execution opens.
_WORK = frozenset(
    {
        Action.OPEN_CALL,
        Action.MAKE_OFFER,
        Action.DECIDE_TASK,
        Action.REPORT_PROGRESS,
        Action.RECORD_PAYMENT,
    }
)

OPEN_ACTIONS: dict[Phase, frozenset[Action]] = {
    Phase.PREPARATION: frozenset({Action.SET_BUDGET}),
    Phase.COLLECT: frozenset(
        {
            Action.PROPOSE_PRIORITY,
            Action.PROPOSE_FOR_OTHERS,
            Action.EDIT_PRIORITY,
            Action.SUPPORT_PRIORITY,
        }
    ),
    Phase.CHECK: frozenset(
        {Action.CHECK_PRIORITY, Action.SHORTLIST_PRIORITY, Action.DRAFT_ELECTION}
    ),
    Phase.VOTE: frozenset(),
    Phase.ADOPT: frozenset(
        {Action.DRAFT_PLAN, Action.ADOPT_PLAN, Action.MOVE_MOTION, Action.COUNT_CARDS}
    ),
    Phase.ASSIGN: frozenset({Action.OPEN_CALL, Action.MAKE_OFFER, Action.DECIDE_TASK}),
    Phase.EXECUTE: _WORK,
    Phase.REVIEW: _WORK | {Action.ANSWER_REVIEW, Action.DECIDE_REVIEW},
    Phase.CLOSED: frozenset(),
}

PHASE_BOUND: frozenset[Action] = frozenset().union(*OPEN_ACTIONS.values())


def is_open(action: Action, phase: Phase | None) -> bool:
    """Whether ``action`` may happen in ``phase``; actions no phase binds are always open."""
    if action not in PHASE_BOUND:
        return True
    return phase is not None and action in OPEN_ACTIONS[phase]


@dataclass(frozen=True)
class BlockReason:
    """One thing that must still happen before the next phase; ``app`` puts it into words."""

    code: str
    params: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class CycleFacts:
    """What guards need to know of a cycle; plain counts, collected in one place."""

    phases_without_dates: int = 0
    criteria: int = 0
    budget_cents: int = 0
    priorities_published: int = 0
    priorities_unchecked: int = 0
    priorities_on_ballot: int = 0
    election_state: str | None = None
    plan_adopted: bool = False
    activities: int = 0
    activities_without_task: int = 0
    tasks_undecided: int = 0
    tasks_unfinished: int = 0
    activities_unreviewed: int = 0


Guard = Callable[[CycleFacts], BlockReason | None]


@dataclass(frozen=True)
class Transition:
    """One allowed step of the year."""

    source: Phase
    target: Phase
    action: Action
    guards: tuple[Guard, ...]


def all_phases_have_dates(facts: CycleFacts) -> BlockReason | None:
    """Residents must be able to see when what happens before the year begins."""
    if facts.phases_without_dates:
        return BlockReason("phases_without_dates", {"count": facts.phases_without_dates})
    return None


def criteria_are_published(facts: CycleFacts) -> BlockReason | None:
    """Criteria are frozen before anybody proposes, so no requirement comes afterwards."""
    return None if facts.criteria else BlockReason("no_criteria")


def budget_is_set(facts: CycleFacts) -> BlockReason | None:
    """Nobody proposes against an unknown budget."""
    return None if facts.budget_cents > 0 else BlockReason("no_budget")


def something_was_proposed(facts: CycleFacts) -> BlockReason | None:
    """There is something to check."""
    return None if facts.priorities_published else BlockReason("no_priorities")


def every_priority_is_checked(facts: CycleFacts) -> BlockReason | None:
    """Nobody's wish is dropped in silence."""
    if facts.priorities_unchecked:
        return BlockReason("priorities_unchecked", {"count": facts.priorities_unchecked})
    return None


def ballot_has_options(facts: CycleFacts) -> BlockReason | None:
    """There is something to vote on."""
    return None if facts.priorities_on_ballot else BlockReason("ballot_empty")


def election_is_prepared(facts: CycleFacts) -> BlockReason | None:
    """Options are frozen and codes drawn before voting begins."""
    if facts.election_state in {None, "draft"}:
        return BlockReason("election_not_prepared")
    return None


def result_is_published(facts: CycleFacts) -> BlockReason | None:
    """The plan is made from a published result only."""
    return None if facts.election_state == "published" else BlockReason("result_not_published")


def plan_is_adopted(facts: CycleFacts) -> BlockReason | None:
    """Work is given out under an adopted plan only."""
    return None if facts.plan_adopted else BlockReason("plan_not_adopted")


def every_activity_has_a_task(facts: CycleFacts) -> BlockReason | None:
    """What the neighbourhood chose is given to somebody."""
    if facts.activities_without_task:
        return BlockReason("activities_without_task", {"count": facts.activities_without_task})
    return None


def every_task_is_decided(facts: CycleFacts) -> BlockReason | None:
    """Each task has an executor, or a published reason why there is none."""
    if facts.tasks_undecided:
        return BlockReason("tasks_undecided", {"count": facts.tasks_undecided})
    return None


def work_has_ended(facts: CycleFacts) -> BlockReason | None:
    """A year is closed when its work is done or stopped."""
    if facts.tasks_unfinished:
        return BlockReason("tasks_unfinished", {"count": facts.tasks_unfinished})
    return None


def every_activity_is_judged(facts: CycleFacts) -> BlockReason | None:
    """The review decides on each goal before the year closes."""
    if facts.activities_unreviewed:
        return BlockReason("activities_unreviewed", {"count": facts.activities_unreviewed})
    return None


_ADVANCE = Action.ADVANCE_CYCLE
TRANSITIONS: tuple[Transition, ...] = (
    Transition(
        Phase.PREPARATION,
        Phase.COLLECT,
        _ADVANCE,
        (all_phases_have_dates, criteria_are_published, budget_is_set),
    ),
    Transition(Phase.COLLECT, Phase.CHECK, _ADVANCE, (something_was_proposed,)),
    Transition(
        Phase.CHECK,
        Phase.VOTE,
        _ADVANCE,
        (every_priority_is_checked, ballot_has_options, election_is_prepared),
    ),
    Transition(Phase.VOTE, Phase.ADOPT, _ADVANCE, (result_is_published,)),
    Transition(Phase.ADOPT, Phase.ASSIGN, _ADVANCE, (plan_is_adopted,)),
    Transition(
        Phase.ASSIGN, Phase.EXECUTE, _ADVANCE, (every_activity_has_a_task, every_task_is_decided)
    ),
    Transition(Phase.EXECUTE, Phase.REVIEW, _ADVANCE, ()),
    Transition(Phase.REVIEW, Phase.CLOSED, _ADVANCE, (work_has_ended, every_activity_is_judged)),
)


def next_transition(phase: Phase) -> Transition | None:
    """The step that leaves ``phase``; ``None`` after the last."""
    return next((step for step in TRANSITIONS if step.source is phase), None)


def blocking_reasons(transition: Transition, facts: CycleFacts) -> list[BlockReason]:
    """Every guard that still holds; empty when the step may be taken."""
    return [reason for guard in transition.guards if (reason := guard(facts)) is not None]
