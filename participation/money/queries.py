"""Reads of the ledger. Every sum is derived from its entries; none is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, case, func, literal, select, union_all

from database import db
from participation.money.accounts import Account, EntryKind
from participation.money.models import LedgerEntry
from participation.permissions import Subject
from participation.tasks import queries as tasks

if TYPE_CHECKING:
    from participation.tasks.models import Task


@dataclass(frozen=True)
class CycleSums:
    """Where a year's money stands, in cents; ``budget`` is the sum of the other four."""

    budget: int
    free: int
    reserved: int
    committed: int
    paid: int

    @property
    def chosen(self) -> int:
        """What the plan's activities take of the budget."""
        return self.reserved + self.committed + self.paid


@dataclass(frozen=True)
class TaskSums:
    """A task's money in cents: promised at the decision, paid, and promised but not yet paid."""

    promised: int = 0
    paid: int = 0
    unpaid: int = 0


@dataclass(frozen=True)
class ActivitySums:
    """An activity's money in cents: set aside, promised but not paid, paid."""

    reserved: int = 0
    committed: int = 0
    paid: int = 0


Balances = Mapping[Account, int]


def balances(*conditions: ColumnElement[bool]) -> Balances:
    """What stands in each account, debits minus credits, over the entries that fit."""
    cents = LedgerEntry.amount_cents
    debited = select(LedgerEntry.debit.label("account"), cents.label("cents"))
    credited = select(LedgerEntry.credit.label("account"), (-cents).label("cents"))
    sides = union_all(debited.where(*conditions), credited.where(*conditions)).subquery()
    rows = db.session.execute(
        select(sides.c.account, func.sum(sides.c.cents)).group_by(sides.c.account)
    )
    found: defaultdict[Account, int] = defaultdict(int)
    for account, cents in rows:
        found[Account(account)] = int(cents)
    return found


def cycle_sums(cycle_id: int) -> CycleSums:
    """Where the year's money stands; all zero before the plan is adopted."""
    found = balances(LedgerEntry.cycle_id == cycle_id)
    return CycleSums(
        budget=-found[Account.GRANTED],
        free=found[Account.FREE],
        reserved=found[Account.RESERVED],
        committed=found[Account.COMMITTED],
        paid=found[Account.PAID],
    )


def sums_of_tasks(task_ids: Iterable[int]) -> Mapping[int, TaskSums]:
    """Money of each task in one query; tasks without an entry give zeros."""
    wanted = set(task_ids)
    promised = case((LedgerEntry.kind == EntryKind.COMMIT, LedgerEntry.amount_cents), else_=0)
    rows = db.session.execute(
        select(
            LedgerEntry.task_id,
            func.sum(promised),
            func.sum(_signed(Account.PAID)),
            func.sum(_signed(Account.COMMITTED)),
        )
        .where(LedgerEntry.task_id.in_(wanted))
        .group_by(LedgerEntry.task_id)
    )
    found = {row[0]: TaskSums(int(row[1]), int(row[2]), int(row[3])) for row in rows}
    return {task_id: found.get(task_id, TaskSums()) for task_id in wanted}


def sums_of_activities(activity_ids: Iterable[int]) -> Mapping[int, ActivitySums]:
    """Money of each activity in one query; activities without an entry give zeros."""
    wanted = set(activity_ids)
    rows = db.session.execute(
        select(
            LedgerEntry.activity_id,
            func.sum(_signed(Account.RESERVED)),
            func.sum(_signed(Account.COMMITTED)),
            func.sum(_signed(Account.PAID)),
        )
        .where(LedgerEntry.activity_id.in_(wanted))
        .group_by(LedgerEntry.activity_id)
    )
    found = {row[0]: ActivitySums(int(row[1]), int(row[2]), int(row[3])) for row in rows}
    return {activity_id: found.get(activity_id, ActivitySums()) for activity_id in wanted}


def list_entries(cycle_id: int, *, offset: int = 0, limit: int = 50) -> Sequence[LedgerEntry]:
    """A year's entries, newest first."""
    return db.session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.cycle_id == cycle_id)
        .order_by(LedgerEntry.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count_entries(cycle_id: int) -> int:
    """How many entries a year has."""
    return (
        db.session.scalar(
            select(func.count()).select_from(LedgerEntry).where(LedgerEntry.cycle_id == cycle_id)
        )
        or 0
    )


def entries_of_task(task_id: int) -> Sequence[LedgerEntry]:
    """A task's entries, oldest first."""
    return db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.task_id == task_id).order_by(LedgerEntry.id)
    ).all()


def entries_of_tasks(task_ids: Iterable[int]) -> Sequence[LedgerEntry]:
    """Entries of these tasks, oldest first, in one query."""
    return db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.task_id.in_(set(task_ids))).order_by(LedgerEntry.id)
    ).all()


def find_entry(municipality_id: int, entry_id: int) -> LedgerEntry | None:
    """An entry of a task of this municipality."""
    entry = db.session.get(LedgerEntry, entry_id)
    if entry is None or entry.task_id is None:
        return None
    return entry if tasks.find_task(municipality_id, entry.task_id) is not None else None


def subject_of(entry: LedgerEntry) -> Subject:
    """The entry as permissions see it: as its task."""
    return tasks.subject_of(task_of(entry))


def task_of(entry: LedgerEntry) -> Task:
    """The task whose money an entry moves."""
    task = tasks.tasks_by_id([entry.task_id]).get(entry.task_id or 0)
    if task is None:
        raise LookupError(f"ledger entry {entry.id} belongs to no task")
    return task


def entry_of_key(cycle_id: int, key: str) -> LedgerEntry | None:
    """The entry that this form made before."""
    return db.session.scalar(
        select(LedgerEntry).where(LedgerEntry.cycle_id == cycle_id, LedgerEntry.key == key)
    )


def reversed_ids(entry_ids: Iterable[int]) -> frozenset[int]:
    """Which of these entries were reversed."""
    return frozenset(
        reversed_id
        for reversed_id in db.session.scalars(
            select(LedgerEntry.reverses_id).where(LedgerEntry.reverses_id.in_(set(entry_ids)))
        )
        if reversed_id is not None
    )


def _signed(account: Account) -> ColumnElement[int]:
    """An entry's amount as seen from one account: plus when debited, minus when credited."""
    return case(
        (LedgerEntry.debit == account, LedgerEntry.amount_cents),
        (LedgerEntry.credit == account, -LedgerEntry.amount_cents),
        else_=literal(0),
    )
