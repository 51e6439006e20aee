"""Ledger entries as readers see them, gathered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from participation.money import queries
from participation.money.models import LedgerEntry
from participation.money.services import REVERSIBLE
from participation.plans import queries as plans
from participation.plans.models import Activity
from participation.tasks import queries as tasks
from participation.tasks.models import Task


@dataclass(frozen=True)
class Line:
    """One entry, what it belongs to, and whether it was or can be reversed."""

    entry: LedgerEntry
    task: Task | None
    activity: Activity | None
    is_reversed: bool

    @property
    def can_be_reversed(self) -> bool:
        return self.entry.kind in REVERSIBLE and not self.is_reversed


def lines_of(entries: Sequence[LedgerEntry]) -> list[Line]:
    """Entries with their tasks and activities."""
    given = tasks.tasks_by_id(entry.task_id for entry in entries)
    promised = plans.activities_by_id(
        entry.activity_id for entry in entries if entry.activity_id is not None
    )
    taken_back = queries.reversed_ids(entry.id for entry in entries)
    return [
        Line(
            entry=entry,
            task=given.get(entry.task_id or 0),
            activity=promised.get(entry.activity_id or 0),
            is_reversed=entry.id in taken_back,
        )
        for entry in entries
    ]
