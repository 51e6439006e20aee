"""The one table by which tasks move, and the checks that need no database."""

from __future__ import annotations

import pytest

from participation.actions import Action
from participation.errors import ConflictError, InvalidInputError
from participation.tasks.criteria import (
    DEFAULT_WEIGHTS,
    Criterion,
    Gate,
    checked_gates,
    checked_weights,
)
from participation.tasks.states import ENDED, TRANSITIONS, TaskAct, TaskState, after, step


def test_every_state_but_the_last_ones_leads_somewhere() -> None:
    assert {t.source for t in TRANSITIONS} == set(TaskState) - ENDED


def test_an_act_leads_from_a_state_to_one_other() -> None:
    pairs = [(t.source, t.act) for t in TRANSITIONS]
    assert len(pairs) == len(set(pairs))


def test_ended_tasks_do_not_begin_again() -> None:
    for state in ENDED:
        for act in TaskAct:
            with pytest.raises(ConflictError, match="task_moved_on"):
                after(state, act)


def test_executors_cannot_end_a_task_by_themselves() -> None:
    ending = [t.action for t in TRANSITIONS if t.target in ENDED]
    assert Action.REPORT_PROGRESS not in ending


def test_work_is_done_only_after_it_began() -> None:
    assert step(TaskState.ASSIGNED, TaskAct.FINISH) is None
    assert after(TaskState.IN_PROGRESS, TaskAct.FINISH).target is TaskState.DONE


def test_default_weights_are_a_hundred() -> None:
    assert sum(checked_weights(DEFAULT_WEIGHTS).values()) == 100


def test_weights_that_are_not_a_hundred_are_refused() -> None:
    with pytest.raises(InvalidInputError) as refusal:
        checked_weights({Criterion.COST: 60, Criterion.REACH: 30})
    assert refusal.value.params["total"] == 90


def test_negative_weights_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="number_negative"):
        checked_weights({Criterion.COST: 110, Criterion.REACH: -10})


def test_weights_of_nothing_are_left_out_and_gates_stand_once() -> None:
    assert checked_weights({Criterion.COST: 100, Criterion.REACH: 0}) == {"cost": 100}
    assert checked_gates([Gate.PERMIT, Gate.INSURANCE, Gate.PERMIT]) == ["insurance", "permit"]
