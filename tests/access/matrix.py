"""Reads the hand-written table: who may send which request, and in which phases of the year."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from flask import Flask

from participation.permissions import STAFF_ROLES, Role
from participation.phases import Phase

FILE = Path(__file__).with_name("matrix.csv")
VISITOR = "visitor"
ACTORS = (VISITOR, *(role.value for role in Role))
ALWAYS, NEVER = "*", "-"
# Whoever has no password is not told that there is a page to change it: 404 instead of 403.
HIDDEN = frozenset({"auth.change_password", "auth.renew_recovery_codes"})
# Parameters of addresses that belong to one area's year, and so to a phase.
OF_A_YEAR = frozenset(
    {
        "activity_id",
        "cycle_id",
        "election_id",
        "entry_id",
        "meeting_id",
        "motion_id",
        "offer_id",
        "priority_id",
        "sign_up_token",
        "task_id",
    }
)


@dataclass(frozen=True)
class Row:
    """One endpoint and method with a cell for every actor."""

    endpoint: str
    method: str
    cells: dict[str, str]

    @property
    def name(self) -> str:
        return f"{self.method} {self.endpoint}"

    @property
    def is_public(self) -> bool:
        """Whether everybody may, without an account."""
        return self.cells[VISITOR] == ALWAYS

    @property
    def is_own(self) -> bool:
        """Whether it is about the reader's own account or lists: the area of a role is nothing."""
        return not self.is_public and all(self.cells[role] == ALWAYS for role in STAFF_ROLES)

    def phases(self, actor: str) -> tuple[Phase, ...]:
        """The phases in which it is open for ``actor``."""
        cell = self.cells[actor]
        if cell == ALWAYS:
            return tuple(Phase)
        return () if cell == NEVER else tuple(Phase(name) for name in cell.split())

    def a_phase(self, actor: str | None = None) -> Phase:
        """A phase that opens it for ``actor`` (default: for anybody), as far as there is one."""
        actors = (actor,) if actor is not None else ACTORS
        found = [phase for one in actors for phase in self.phases(one)]
        return Phase.EXECUTE if Phase.EXECUTE in found or not found else found[-1]


def read_matrix() -> list[Row]:
    """Every row of the table, in its order."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [
            Row(line["endpoint"], line["method"], {actor: line[actor] for actor in ACTORS})
            for line in csv.DictReader(file)
        ]


def requests_of(app: Flask) -> set[tuple[str, str]]:
    """Every endpoint and method that the application answers."""
    return {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }


def is_of_a_year(app: Flask, row: Row) -> bool:
    """Whether the row's address names something that stands in a phase."""
    return any(OF_A_YEAR & rule.arguments for rule in app.url_map.iter_rules(row.endpoint))


def names_something(app: Flask, row: Row) -> bool:
    """Whether the row's address names something of a town, not only the town."""
    kept = {"lang", "town", "act_name", "filename", "name"}
    return any(rule.arguments - kept for rule in app.url_map.iter_rules(row.endpoint))
