"""The states of a task and how one follows the other. Pure.

``tasks.services`` writes a state through ``after`` only.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from participation.actions import Action
from participation.errors import ConflictError


class TaskState(StrEnum):
    """Where a task stands."""

    DRAFT = "draft"
    CALL_OPEN = "call_open"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    STOPPED = "stopped"


class Route(StrEnum):
    """Who is to do the work."""

    RESIDENTS = "residents"
    TOGETHER = "together"
    PROFESSIONAL = "professional"


class OfferState(StrEnum):
    """What became of an offer."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"


class Progress(StrEnum):
    """What a report from the work says in one word."""

    ON_SCHEDULE = "on_schedule"
    MILESTONE = "milestone"
    DELAYED = "delayed"


class TaskAct(StrEnum):
    """What moves a task on."""

    OPEN_CALL = "open_call"
    CHOOSE = "choose"
    CHOOSE_NOBODY = "choose_nobody"
    START = "start"
    FINISH = "finish"
    STOP = "stop"


@dataclass(frozen=True)
class TaskTransition:
    """One allowed step of a task, and the action somebody needs for it."""

    source: TaskState
    target: TaskState
    act: TaskAct
    action: Action


TRANSITIONS: tuple[TaskTransition, ...] = (
    TaskTransition(TaskState.DRAFT, TaskState.CALL_OPEN, TaskAct.OPEN_CALL, Action.OPEN_CALL),
    TaskTransition(TaskState.CALL_OPEN, TaskState.ASSIGNED, TaskAct.CHOOSE, Action.DECIDE_TASK),
    TaskTransition(
        TaskState.CALL_OPEN, TaskState.STOPPED, TaskAct.CHOOSE_NOBODY, Action.DECIDE_TASK
    ),
    TaskTransition(
        TaskState.ASSIGNED, TaskState.IN_PROGRESS, TaskAct.START, Action.REPORT_PROGRESS
    ),
    # Ending a task moves its money, so an executor cannot end it alone.
    TaskTransition(TaskState.IN_PROGRESS, TaskState.DONE, TaskAct.FINISH, Action.RECORD_PAYMENT),
    TaskTransition(TaskState.DRAFT, TaskState.STOPPED, TaskAct.STOP, Action.DECIDE_TASK),
    TaskTransition(TaskState.CALL_OPEN, TaskState.STOPPED, TaskAct.STOP, Action.DECIDE_TASK),
    TaskTransition(TaskState.ASSIGNED, TaskState.STOPPED, TaskAct.STOP, Action.DECIDE_TASK),
    TaskTransition(TaskState.IN_PROGRESS, TaskState.STOPPED, TaskAct.STOP, Action.DECIDE_TASK),
)

UNDECIDED = frozenset({TaskState.DRAFT, TaskState.CALL_OPEN})
ENDED = frozenset({TaskState.DONE, TaskState.STOPPED})
AT_WORK = frozenset({TaskState.ASSIGNED, TaskState.IN_PROGRESS})


def step(state: TaskState, act: TaskAct) -> TaskTransition | None:
    """The transition ``act`` takes from ``state``; ``None`` when it is not possible now."""
    return next((t for t in TRANSITIONS if t.source is state and t.act is act), None)


def after(state: TaskState, act: TaskAct) -> TaskTransition:
    """The transition ``act`` takes from ``state``.

    :raises ConflictError: the act is not possible in this state.
    """
    found = step(state, act)
    if found is None:
        raise ConflictError("task_moved_on", state=state.value)
    return found
