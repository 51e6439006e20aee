"""Reads of priorities: one, its checks and its chain of years; lists are in ``listing``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from database import db
from participation.cycles import queries as cycles
from participation.permissions import Subject
from participation.priorities.listing import (
    Listed,
    ListFilter,
    Sort,
    Sums,
    count_priorities,
    list_priorities,
    sums_of,
)
from participation.priorities.models import (
    FeasibilityCheck,
    Priority,
    PriorityTranslation,
    Support,
)
from participation.priorities.states import BALLOT_STATES, PUBLIC_STATES, PriorityState

__all__ = [
    "BallotRow",
    "CheckCounts",
    "ListFilter",
    "Listed",
    "Sort",
    "Sums",
    "check_counts",
    "count_priorities",
    "find_priority",
    "list_on_ballot",
    "list_priorities",
    "subject_of",
    "sums_of",
]


@dataclass(frozen=True)
class CheckCounts:
    """How far the check is; what was withdrawn or never published counts nowhere."""

    published: int
    unchecked: int
    on_ballot: int


@dataclass(frozen=True)
class BallotRow:
    """One option of the vote, with its texts by language."""

    id: int
    titles: dict[str, str]
    summaries: dict[str, str]
    cost_cents: int


@dataclass(frozen=True)
class Spoken:
    """A priority's words in one language, and whether that is the one it was written in."""

    title: str
    description: str
    language: str
    is_original: bool
    is_machine_made: bool = False


def find_priority(municipality_id: int, priority_id: int) -> Priority | None:
    """A priority of this municipality, drafts included."""
    return db.session.scalar(
        select(Priority).where(
            Priority.municipality_id == municipality_id, Priority.id == priority_id
        )
    )


def subject_of(priority: Priority) -> Subject:
    """The priority as permissions see it: its year's area and phase, its owner."""
    cycle = cycles.find_cycle(priority.municipality_id, priority.cycle_id)
    return Subject(
        municipality_id=priority.municipality_id,
        area_path=tuple(priority.area_path),
        phase=cycle.phase if cycle is not None else None,
        owner_id=priority.owner_id,
    )


def check_counts(cycle_id: int) -> CheckCounts:
    """Counts for the guards of a year."""
    rows = db.session.execute(
        select(Priority.state, func.count())
        .where(Priority.cycle_id == cycle_id)
        .group_by(Priority.state)
    )
    counts: dict[PriorityState, int] = {row[0]: row[1] for row in rows}
    return CheckCounts(
        published=sum(counts.get(state, 0) for state in PUBLIC_STATES),
        unchecked=counts.get(PriorityState.PUBLISHED, 0),
        on_ballot=sum(counts.get(state, 0) for state in BALLOT_STATES),
    )


def list_on_ballot(cycle_id: int) -> Sequence[BallotRow]:
    """What a year puts to the vote, in the order it was published, texts in every language."""
    return _ballot_rows(cycle_id, BALLOT_STATES)


def list_chosen(cycle_id: int) -> Sequence[BallotRow]:
    """What the vote chose, in the order it was published, texts in every language."""
    return _ballot_rows(cycle_id, {PriorityState.CHOSEN})


def _ballot_rows(cycle_id: int, states: Collection[PriorityState]) -> Sequence[BallotRow]:
    rows = db.session.scalars(
        select(Priority)
        .where(Priority.cycle_id == cycle_id, Priority.state.in_(states))
        .order_by(Priority.published_at, Priority.id)
    ).all()
    translations = _translations(row.id for row in rows)
    return [_ballot_row(row, translations.get(row.id, [])) for row in rows]


def by_ids(priority_ids: Iterable[int]) -> Mapping[int, Priority]:
    """Priorities by their number, in one query."""
    rows = db.session.scalars(select(Priority).where(Priority.id.in_(set(priority_ids))))
    return {row.id: row for row in rows}


def spoken(priority: Priority, language: str) -> Spoken:
    """Its words in ``language`` where there is a translation, else the original."""
    if priority.language != language:
        row = db.session.get(PriorityTranslation, (priority.id, language))
        if row is not None:
            return Spoken(
                row.title, row.description, language, False, row.origin.value == "machine"
            )
    return Spoken(priority.title, priority.description, priority.language, True)


def translations_of(priority_id: int) -> Sequence[PriorityTranslation]:
    """Its translations, by language."""
    return db.session.scalars(
        select(PriorityTranslation)
        .where(PriorityTranslation.priority_id == priority_id)
        .order_by(PriorityTranslation.language)
    ).all()


def checks_of(priority_ids: Iterable[int]) -> Mapping[int, list[FeasibilityCheck]]:
    """Decisions of the check by priority, oldest first."""
    rows = db.session.scalars(
        select(FeasibilityCheck)
        .where(FeasibilityCheck.priority_id.in_(set(priority_ids)))
        .order_by(FeasibilityCheck.id)
    )
    found: dict[int, list[FeasibilityCheck]] = {}
    for row in rows:
        found.setdefault(row.priority_id, []).append(row)
    return found


def carried_over_to(priority_id: int) -> Priority | None:
    """The priority of a later year that this one was carried over into."""
    return db.session.scalar(select(Priority).where(Priority.carried_over_from_id == priority_id))


def is_supported_by(priority_id: int, person_id: int | None) -> bool:
    """Whether this person has supported it."""
    return person_id is not None and db.session.get(Support, (priority_id, person_id)) is not None


def drafts_of(person_id: int) -> Sequence[Priority]:
    """A person's unfinished proposals, the last one worked on first."""
    return db.session.scalars(
        select(Priority)
        .where(
            Priority.entered_by_id == person_id,
            Priority.author_id == person_id,
            Priority.state == PriorityState.DRAFT,
        )
        .order_by(Priority.changed_at.desc(), Priority.id)
    ).all()


def proposed_by(person_id: int) -> Sequence[Priority]:
    """What a person has proposed in all years, newest first, drafts left out."""
    return db.session.scalars(
        select(Priority)
        .where(Priority.author_id == person_id, Priority.state != PriorityState.DRAFT)
        .order_by(Priority.published_at.desc(), Priority.id)
    ).all()


def chain_of(priority: Priority) -> Sequence[Priority]:
    """The same wish through the years, oldest first; itself where it was never carried over."""
    before = (
        select(Priority.id, Priority.carried_over_from_id)
        .where(Priority.id == priority.id)
        .cte("before", recursive=True)
    )
    before = before.union_all(
        select(Priority.id, Priority.carried_over_from_id).where(
            Priority.id == before.c.carried_over_from_id
        )
    )
    after = select(Priority.id).where(Priority.id == priority.id).cte("after", recursive=True)
    after = after.union_all(select(Priority.id).where(Priority.carried_over_from_id == after.c.id))
    ids = select(before.c.id).union(select(after.c.id))
    return db.session.scalars(
        select(Priority).where(Priority.id.in_(ids)).order_by(Priority.id)
    ).all()


def _translations(priority_ids: Iterable[int]) -> dict[int, list[PriorityTranslation]]:
    found: dict[int, list[PriorityTranslation]] = {}
    for row in db.session.scalars(
        select(PriorityTranslation).where(PriorityTranslation.priority_id.in_(set(priority_ids)))
    ):
        found.setdefault(row.priority_id, []).append(row)
    return found


def _ballot_row(row: Priority, translations: Sequence[PriorityTranslation]) -> BallotRow:
    return BallotRow(
        id=row.id,
        titles={row.language: row.title, **{t.language: t.title for t in translations}},
        summaries={
            row.language: row.description,
            **{t.language: t.description for t in translations},
        },
        cost_cents=row.cost_cents or 0,
    )
