"""Use cases on money: set it aside, promise it, pay it, take it back. Only this writes the ledger.

``open_ledger``, ``commit_money`` and ``release_money`` are steps of use cases of plans and tasks,
which have asked for permission and record the reason; the others are use cases themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from database import db
from participation import history
from participation.actions import Action
from participation.errors import ConflictError, InvalidInputError
from participation.history import Fact
from participation.money import queries
from participation.money.accounts import MOVES, Account, EntryKind
from participation.money.models import LedgerEntry
from participation.money.records import (
    EntryReversed,
    LedgerOpened,
    PaymentRecorded,
    RepaymentRecorded,
)
from participation.permissions import Actor, require
from participation.tasks import queries as tasks
from participation.tasks.states import AT_WORK, ENDED, TaskState

if TYPE_CHECKING:
    from participation.tasks.models import Task

MAX_TEXT = 300
REVERSIBLE = frozenset({EntryKind.PAYMENT, EntryKind.REPAYMENT})


@dataclass(frozen=True)
class _Place:
    """What an entry belongs to."""

    cycle_id: int
    activity_id: int | None = None
    task_id: int | None = None


def open_ledger(
    *, actor: Actor, cycle_id: int, budget_cents: int, reserved: Mapping[int, int], now: datetime
) -> None:
    """Enter the year's budget and set aside what each activity of the adopted plan may cost.

    :param reserved: activity id to cents.
    """
    _lock_ledger(cycle_id)
    if budget_cents:
        _post(actor, _Place(cycle_id), EntryKind.GRANT, cents=budget_cents, now=now)
    for activity_id, cents in reserved.items():
        if cents:
            place = _Place(cycle_id, activity_id)
            _post(actor, place, EntryKind.RESERVE, cents=cents, now=now)
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle_id),
        fact=LedgerOpened(budget_cents=budget_cents, reserved_cents=sum(reserved.values())),
        now=now,
    )


def commit_money(*, actor: Actor, task: Task, amount_cents: int, now: datetime) -> None:
    """Promise an activity's money to the executor of one of its tasks.

    :raises ConflictError: the activity has not that much left.
    """
    _lock_ledger(task.cycle_id)
    left = queries.sums_of_activities([task.activity_id])[task.activity_id].reserved
    if amount_cents > left:
        raise ConflictError("activity_has_too_little", left_cents=left)
    if amount_cents:
        _post(actor, _place_of(task), EntryKind.COMMIT, cents=amount_cents, now=now)


def release_money(*, actor: Actor, task: Task, now: datetime) -> None:
    """Return what an ended task was promised and not paid.

    A done task's money is free again, with its activity's remainder if nothing of it is left to
    do; a stopped task's goes back to the activity, so that somebody else can take over.
    """
    _lock_ledger(task.cycle_id)
    unpaid = queries.sums_of_tasks([task.id])[task.id].unpaid
    done = task.state is TaskState.DONE
    target = Account.FREE if done else Account.RESERVED
    if unpaid:
        move = (target, Account.COMMITTED)
        _return(actor, _place_of(task), move, unpaid, now)
    if done and not tasks.has_work_left(task.activity_id):
        left = queries.sums_of_activities([task.activity_id])[task.activity_id].reserved
        place = _Place(task.cycle_id, task.activity_id)
        if left:
            _return(actor, place, (Account.FREE, Account.RESERVED), left, now)


def record_payment(
    *, actor: Actor, task: Task, amount_cents: int, text: str, key: str, now: datetime
) -> LedgerEntry:
    """Record money paid to a task's executor. The same form sent twice pays once.

    :param key: comes with the form; a payment that has it already is returned unchanged.
    :raises InvalidInputError: the amount is not positive, or the text is missing or too long.
    :raises ConflictError: the task has no executor at work, or less than this is left unpaid.
    """
    require(actor, Action.RECORD_PAYMENT, tasks.subject_of(task))
    _lock_ledger(task.cycle_id)
    made = queries.entry_of_key(task.cycle_id, key)
    if made is not None:
        return made
    text = _checked(amount_cents, text)
    db.session.refresh(task)
    if task.state not in AT_WORK:
        raise ConflictError("task_not_at_work")
    unpaid = queries.sums_of_tasks([task.id])[task.id].unpaid
    if amount_cents > unpaid:
        raise ConflictError("payment_above_promise", left_cents=unpaid, field="amount")
    entry = _post(
        actor,
        _place_of(task),
        EntryKind.PAYMENT,
        cents=amount_cents,
        now=now,
        text=text,
        key=key,
    )
    _record(actor, task, PaymentRecorded(entry.id, task.id, amount_cents), now)
    return entry


def record_repayment(
    *, actor: Actor, task: Task, amount_cents: int, text: str, key: str, now: datetime
) -> LedgerEntry:
    """Record money an executor paid back, such as what was not used. Repeating does nothing.

    :raises InvalidInputError: the amount is not positive, or the text is missing or too long.
    :raises ConflictError: more than was paid.
    """
    require(actor, Action.RECORD_PAYMENT, tasks.subject_of(task))
    _lock_ledger(task.cycle_id)
    made = queries.entry_of_key(task.cycle_id, key)
    if made is not None:
        return made
    text = _checked(amount_cents, text)
    paid = queries.sums_of_tasks([task.id])[task.id].paid
    if amount_cents > paid:
        raise ConflictError("repayment_above_paid", paid_cents=paid, field="amount")
    entry = _post(
        actor,
        _place_of(task),
        EntryKind.REPAYMENT,
        cents=amount_cents,
        now=now,
        text=text,
        key=key,
    )
    _record(actor, task, RepaymentRecorded(entry.id, task.id, amount_cents), now)
    _release_if_ended(actor, task, now)
    return entry


def reverse_entry(
    *, actor: Actor, task: Task, entry: LedgerEntry, reason: str, now: datetime
) -> LedgerEntry:
    """Undo a payment or repayment that was entered by mistake; both entries stay readable.

    :raises InvalidInputError: no reason, or it is too long.
    :raises ConflictError: it is not such an entry of this task, was reversed before, or the money
        has moved on since.
    """
    require(actor, Action.RECORD_PAYMENT, tasks.subject_of(task))
    _lock_ledger(task.cycle_id)
    if entry.kind not in REVERSIBLE or entry.task_id != task.id:
        raise ConflictError("entry_not_reversible")
    if queries.reversed_ids([entry.id]):
        raise ConflictError("entry_reversed_before")
    reason = _checked(entry.amount_cents, reason, code="reason_missing", field="reason")
    sums = queries.sums_of_tasks([task.id])[task.id]
    there = sums.paid if entry.kind is EntryKind.PAYMENT else sums.unpaid
    if there < entry.amount_cents:
        raise ConflictError("money_moved_on")
    mirrored = _entry(
        actor,
        _place_of(task),
        EntryKind.REVERSAL,
        move=(entry.credit, entry.debit),
        cents=entry.amount_cents,
        now=now,
        text=reason,
    )
    reversal = _write(mirrored, reverses_id=entry.id)
    _record(actor, task, EntryReversed(reversal.id, entry.id, entry.amount_cents), now, reason)
    _release_if_ended(actor, task, now)
    return reversal


def _post(
    actor: Actor,
    place: _Place,
    kind: EntryKind,
    *,
    cents: int,
    now: datetime,
    text: str = "",
    key: str | None = None,
) -> LedgerEntry:
    """Write an entry of a kind that has one pair of accounts."""
    (move,) = MOVES[kind]
    return _write(_entry(actor, place, kind, move=move, cents=cents, now=now, text=text), key=key)


def _return(
    actor: Actor, place: _Place, move: tuple[Account, Account], cents: int, now: datetime
) -> None:
    _write(_entry(actor, place, EntryKind.RETURN, move=move, cents=cents, now=now))


def _entry(
    actor: Actor,
    place: _Place,
    kind: EntryKind,
    *,
    move: tuple[Account, Account],
    cents: int,
    now: datetime,
    text: str = "",
) -> LedgerEntry:
    return LedgerEntry(
        cycle_id=place.cycle_id,
        activity_id=place.activity_id,
        task_id=place.task_id,
        kind=kind,
        debit=move[0],
        credit=move[1],
        amount_cents=cents,
        text=text,
        actor_id=actor.person_id,
        at=now,
    )


def _write(
    entry: LedgerEntry, *, key: str | None = None, reverses_id: int | None = None
) -> LedgerEntry:
    entry.key, entry.reverses_id = key, reverses_id
    db.session.add(entry)
    db.session.flush()  # the journal names the entry, and the next sum counts it
    return entry


def _place_of(task: Task) -> _Place:
    return _Place(task.cycle_id, task.activity_id, task.id)


def _checked(
    amount_cents: int, text: str, *, code: str = "purpose_missing", field: str = "text"
) -> str:
    if amount_cents <= 0:
        raise InvalidInputError("amount_not_positive", field="amount")
    text = text.strip()
    if not text:
        raise InvalidInputError(code, field=field)
    if len(text) > MAX_TEXT:
        raise InvalidInputError("text_too_long", field=field, max=MAX_TEXT)
    return text


def _record(actor: Actor, task: Task, fact: Fact, now: datetime, reason: str | None = None) -> None:
    history.record(
        actor=actor,
        chain=history.cycle_chain(task.cycle_id),
        fact=fact,
        reason=reason,
        now=now,
    )


def _release_if_ended(actor: Actor, task: Task, now: datetime) -> None:
    """Money that comes back after the end does not wait for anybody."""
    db.session.refresh(task)
    if task.state in ENDED:
        release_money(actor=actor, task=task, now=now)


def _lock_ledger(cycle_id: int) -> None:
    """One writer at a time, so that no two payments see the same money."""
    name = f"ledger:{cycle_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
