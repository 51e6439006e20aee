"""The year's phases as a table."""

from __future__ import annotations

import pytest

from participation.actions import Action
from participation.permissions import PERMISSIONS
from participation.phases import (
    OPEN_ACTIONS,
    TRANSITIONS,
    CycleFacts,
    Phase,
    blocking_reasons,
    is_open,
    next_transition,
)

READY = CycleFacts(
    criteria=3,
    budget_cents=100,
    priorities_published=4,
    priorities_on_ballot=2,
    election_state="published",
    plan_adopted=True,
    activities=2,
)


def test_the_year_runs_through_all_phases_in_order() -> None:
    phases = [Phase.PREPARATION]
    while (step := next_transition(phases[-1])) is not None:
        phases.append(step.target)
    assert phases == list(Phase)


def test_every_phase_says_what_it_opens() -> None:
    assert set(OPEN_ACTIONS) == set(Phase)


def test_review_keeps_open_all_that_execution_opens() -> None:
    assert OPEN_ACTIONS[Phase.EXECUTE] < OPEN_ACTIONS[Phase.REVIEW]


def test_nothing_bound_to_a_phase_is_open_when_the_year_is_closed() -> None:
    assert not OPEN_ACTIONS[Phase.CLOSED]
    assert not is_open(Action.PROPOSE_PRIORITY, Phase.CLOSED)
    assert is_open(Action.READ_JOURNAL, Phase.CLOSED)


def test_an_action_bound_to_phases_is_closed_outside_any_cycle() -> None:
    assert not is_open(Action.PROPOSE_PRIORITY, None)


def test_every_action_has_somebody_who_may_do_it() -> None:
    assert set(PERMISSIONS) == set(Action)
    assert all(PERMISSIONS.values())


@pytest.mark.parametrize("step", TRANSITIONS, ids=lambda s: s.source)
def test_no_guard_holds_when_everything_is_done(step: object) -> None:
    assert blocking_reasons(step, READY) == []  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("phase", "codes"),
    [
        (Phase.PREPARATION, ["phases_without_dates", "no_criteria", "no_budget"]),
        (Phase.COLLECT, ["no_priorities"]),
        (Phase.CHECK, ["priorities_unchecked", "ballot_empty", "election_not_prepared"]),
        (Phase.VOTE, ["result_not_published"]),
        (Phase.ADOPT, ["plan_not_adopted"]),
        (Phase.ASSIGN, ["activities_without_task", "tasks_undecided"]),
        (Phase.EXECUTE, []),
        (Phase.REVIEW, ["tasks_unfinished", "activities_unreviewed"]),
    ],
)
def test_all_that_blocks_is_listed_at_once(phase: Phase, codes: list[str]) -> None:
    nothing_done = CycleFacts(
        phases_without_dates=8,
        priorities_unchecked=3,
        election_state="draft",
        activities_without_task=1,
        tasks_undecided=2,
        tasks_unfinished=2,
        activities_unreviewed=1,
    )
    step = next_transition(phase)
    assert step is not None
    assert [reason.code for reason in blocking_reasons(step, nothing_done)] == codes
