"""Lists of priorities: filtered, searched in their own language's word forms, stably sorted.

A list costs the same number of queries however long it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal_column, select, union_all
from sqlalchemy.orm import aliased

from database import db
from participation.priorities.models import (
    FeasibilityCheck,
    Priority,
    PriorityTranslation,
    words_expression,
)
from participation.priorities.states import BALLOT_STATES, PUBLIC_STATES, PriorityState


class Sort(StrEnum):
    """In which order a list stands."""

    SUPPORT = "support"
    NEWEST = "newest"
    CHEAPEST = "cheapest"


@dataclass(frozen=True)
class ListFilter:
    """Which public priorities of a year are wanted; what is empty does not narrow the list."""

    words: str = ""
    theme_id: int | None = None
    function_id: int | None = None
    state: PriorityState | None = None


@dataclass(frozen=True)
class Listed:
    """One line of a list. ``refused_for`` is the cited criterion's code."""

    id: int
    title: str
    description: str
    language: str
    theme_id: int
    function_id: int
    state: PriorityState
    cost_cents: int
    support_count: int
    published_at: datetime
    carried_over_from_year: int | None
    refused_for: str | None = None


@dataclass(frozen=True)
class Sums:
    """What a year's wishes come to, in cents."""

    total: int
    on_ballot: int
    on_ballot_cents: int


_NO_FILTER = ListFilter()

_ORDERS: dict[Sort, tuple[Any, ...]] = {
    Sort.SUPPORT: (Priority.support_count.desc(), Priority.id),
    Sort.NEWEST: (Priority.published_at.desc(), Priority.id),
    Sort.CHEAPEST: (Priority.cost_cents, Priority.id),
}


def list_priorities(
    cycle_id: int,
    *,
    language: str,
    wanted: ListFilter = _NO_FILTER,
    sort: Sort = Sort.SUPPORT,
    offset: int = 0,
    limit: int = 20,
) -> Sequence[Listed]:
    """Public priorities of a year, titles in ``language`` where there is a translation."""
    query = _filtered(select(Priority), cycle_id, wanted)
    rows = db.session.scalars(query.order_by(*_ORDERS[sort]).offset(offset).limit(limit)).all()
    ids = [row.id for row in rows]
    translated = _in_language(ids, language)
    reasons = _refusals(ids)
    return [_listed(row, translated.get(row.id), reasons.get(row.id)) for row in rows]


def count_priorities(cycle_id: int, *, wanted: ListFilter = _NO_FILTER) -> int:
    """How many public priorities of a year match."""
    return db.session.scalar(_filtered(select(func.count(Priority.id)), cycle_id, wanted)) or 0


def sums_of(cycle_id: int) -> Sums:
    """How many there are, how many were or are on the ballot, and what those cost together."""
    row = db.session.execute(
        select(func.count(Priority.id), func.coalesce(func.sum(Priority.cost_cents), 0)).where(
            Priority.cycle_id == cycle_id, Priority.state.in_(BALLOT_STATES)
        )
    ).one()
    total = count_priorities(cycle_id)
    return Sums(total=total, on_ballot=row[0], on_ballot_cents=int(row[1] or 0))


def _filtered(query: Select[Any], cycle_id: int, wanted: ListFilter) -> Select[Any]:
    query = query.where(Priority.cycle_id == cycle_id)
    if wanted.state is None:
        query = query.where(Priority.state.in_(PUBLIC_STATES))
    else:
        query = query.where(Priority.state == wanted.state, Priority.state.in_(PUBLIC_STATES))
    if wanted.theme_id is not None:
        query = query.where(Priority.theme_id == wanted.theme_id)
    if wanted.function_id is not None:
        query = query.where(Priority.function_id == wanted.function_id)
    if wanted.words.strip():
        query = query.where(_matches(wanted.words))
    return query


def _matches(words: str) -> ColumnElement[bool]:
    """Rows whose own words or whose translation's words hold all that was typed.

    Each half uses its own index; joined by OR neither would.
    """
    wanted = _search_query(words)
    own: ColumnElement[Any] = literal_column(words_expression("found"))
    translated: ColumnElement[Any] = literal_column(words_expression("priority_translation"))
    found = aliased(Priority, name="found")
    return Priority.id.in_(
        union_all(
            select(found.id).where(own.bool_op("@@")(wanted)),
            select(PriorityTranslation.priority_id).where(translated.bool_op("@@")(wanted)),
        )
    )


def _search_query(words: str) -> ColumnElement[Any]:
    """The words' forms in each language, or compounds that begin with them.

    Somebody who types "huiswerk" also means "Huiswerkhulp".
    """
    typed = re.findall(r"\w+", words.lower())[:12]
    beginnings = " & ".join(f"{word}:*" for word in typed)
    query: ColumnElement[Any] = func.to_tsquery("simple", beginnings)
    for language in ("dutch", "german", "english"):
        query = query.op("||")(func.plainto_tsquery(language, " ".join(typed)))
    return query


def _in_language(ids: Sequence[int], language: str) -> dict[int, PriorityTranslation]:
    rows = db.session.scalars(
        select(PriorityTranslation).where(
            PriorityTranslation.priority_id.in_(ids), PriorityTranslation.language == language
        )
    )
    return {row.priority_id: row for row in rows}


def _refusals(ids: Sequence[int]) -> dict[int, str | None]:
    rows = db.session.execute(
        select(FeasibilityCheck.priority_id, FeasibilityCheck.criterion_code)
        .where(FeasibilityCheck.priority_id.in_(ids))
        .order_by(FeasibilityCheck.id)
    )
    return {row.priority_id: row.criterion_code for row in rows}


def _listed(row: Priority, words: PriorityTranslation | None, reason: str | None) -> Listed:
    if row.theme_id is None or row.function_id is None or row.published_at is None:
        raise ValueError(f"priority {row.id} is public but not complete")
    return Listed(
        id=row.id,
        title=words.title if words else row.title,
        description=words.description if words else row.description,
        language=words.language if words else row.language,
        theme_id=row.theme_id,
        function_id=row.function_id,
        state=row.state,
        cost_cents=row.cost_cents or 0,
        support_count=row.support_count,
        published_at=row.published_at,
        carried_over_from_year=row.carried_over_from_year,
        refused_for=reason if row.state is PriorityState.REFUSED else None,
    )
