"""What every use case on tasks needs: the lock, the next state, checked texts, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from database import db
from participation import history
from participation.errors import InvalidInputError
from participation.history import Fact
from participation.permissions import Actor
from participation.tasks.models import Task
from participation.tasks.states import TaskAct, TaskState, after

MAX_TEXT = 5000


@dataclass(frozen=True)
class Reason:
    """Why something was decided, for everybody to read, in the language it was written in."""

    text: str
    language: str


def lock_activity(activity_id: int) -> None:
    """One at a time may divide an activity's money into tasks."""
    name = f"activity:{activity_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def take_step(task: Task, act: TaskAct) -> TaskState:
    """Lock the task and give the state the act leads to.

    :raises ConflictError: somebody moved the task on.
    """
    # Entries of the ledger point at the task: they must not wait for this lock.
    db.session.refresh(task, with_for_update={"key_share": True})
    return after(task.state, act).target


def checked_reason(reason: Reason) -> str:
    """The reason without blanks around it.

    :raises InvalidInputError: it is empty or too long.
    """
    return checked_text(reason.text, "reason", missing="reason_missing")


def checked_text(text: str, field: str, *, missing: str) -> str:
    """A text without blanks around it.

    :raises InvalidInputError: with code ``missing`` when empty, or too long.
    """
    text = text.strip()
    if not text:
        raise InvalidInputError(missing, field=field)
    if len(text) > MAX_TEXT:
        raise InvalidInputError("text_too_long", field=field, max=MAX_TEXT)
    return text


def record(actor: Actor, task: Task, fact: Fact, now: datetime, reason: str | None = None) -> None:
    """Write what happened to a task into its year's journal."""
    chain = history.cycle_chain(task.cycle_id)
    history.record(actor=actor, chain=chain, fact=fact, reason=reason, now=now)
