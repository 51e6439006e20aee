"""Who may vote: age and residence on a reference date. Pure.

Owns the check of a roll before codes are drawn. Stores nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True)
class RollPerson:
    """One line of a register extract or one approved sign-up."""

    name: str
    address: str
    birth_date: date
    language: str
    resident_since: date | None = None
    moved_away: date | None = None
    protected: bool = False


@dataclass(frozen=True)
class EligibilityRules:
    """Checked on ``reference_date``; ``minimum_age`` in years, ``None`` for no check."""

    reference_date: date
    minimum_age: int | None = None


class Ineligibility(StrEnum):
    """Why a line of the roll does not vote."""

    UNDER_AGE = "under_age"
    NOT_YET_RESIDENT = "not_yet_resident"
    MOVED_AWAY = "moved_away"
    TWICE_ON_ROLL = "twice_on_roll"
    NAME_MISSING = "name_missing"


@dataclass(frozen=True)
class RollReport:
    """``refused`` holds (line from 1, reason); ``protected`` the lines without a letter."""

    accepted: tuple[RollPerson, ...]
    refused: tuple[tuple[int, Ineligibility], ...]
    protected: tuple[int, ...]


def age_on(birth_date: date, day: date) -> int:
    """Completed years. Who is born on 29 February comes of age on 1 March in other years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def ineligibility(person: RollPerson, rules: EligibilityRules) -> Ineligibility | None:
    """Why this person may not vote, or ``None``."""
    day = rules.reference_date
    if not person.name.strip():
        return Ineligibility.NAME_MISSING
    if rules.minimum_age is not None and age_on(person.birth_date, day) < rules.minimum_age:
        return Ineligibility.UNDER_AGE
    if person.resident_since is not None and person.resident_since > day:
        return Ineligibility.NOT_YET_RESIDENT
    if person.moved_away is not None and person.moved_away <= day:
        return Ineligibility.MOVED_AWAY
    return None


def check_roll(people: Sequence[RollPerson], rules: EligibilityRules) -> RollReport:
    """Check every line; a person met twice (name, address, birth date) keeps the first line."""
    seen: set[tuple[str, str, date]] = set()
    accepted: list[RollPerson] = []
    refused: list[tuple[int, Ineligibility]] = []
    protected: list[int] = []
    for line, person in enumerate(people, start=1):
        identity = (_plain(person.name), _plain(person.address), person.birth_date)
        reason = ineligibility(person, rules)
        if reason is None and identity in seen:
            reason = Ineligibility.TWICE_ON_ROLL
        if reason is not None:
            refused.append((line, reason))
            continue
        seen.add(identity)
        accepted.append(person)
        if person.protected:
            protected.append(line)
    return RollReport(tuple(accepted), tuple(refused), tuple(protected))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
