"""Priorities: what residents want done in a plan year, who supports it, and its check.

Owns columns, constraints and facts about one row. A priority copies municipality and area path of
its year, so that permissions need no second look.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    UniqueConstraint,
    desc,
    literal_column,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.priorities.states import PriorityState


class Route(StrEnum):
    """Who could do it: residents themselves, residents with professionals, professionals."""

    RESIDENTS = "residents"
    TOGETHER = "together"
    PROFESSIONAL = "professional"


class CheckOutcome(StrEnum):
    """What the feasibility check found."""

    FEASIBLE = "feasible"
    REFUSED = "refused"


class TranslationOrigin(StrEnum):
    """Whether people or a machine translated; a machine's work is marked as such."""

    PEOPLE = "people"
    MACHINE = "machine"


def words_expression(table: str) -> str:
    """SQL of a row's searchable words, stemmed in the row's own language."""
    return (
        f"to_tsvector(CASE {table}.language WHEN 'nl' THEN 'dutch'::regconfig "
        f"WHEN 'de' THEN 'german'::regconfig ELSE 'english'::regconfig END, "
        f"({table}.title || ' '::text) || {table}.description)"
    )


class Priority(Base):
    """One thing residents want done, with its cost as the proposer or later the check put it.

    ``author_id`` is empty when somebody without an account spoke to a facilitator; who that was
    stands only in the erasable part of the journal. ``submission`` is the form's own number: the
    same form sent twice makes one priority. ``support_count`` always equals its ``Support`` rows.
    """

    __tablename__ = "priority"
    __table_args__ = (
        CheckConstraint("cost_cents > 0", name="cost_is_positive"),
        CheckConstraint("support_count >= 0", name="support_count"),
        CheckConstraint(
            "state IN ('draft', 'withdrawn') OR (title <> '' AND published_at IS NOT NULL "
            "AND cost_cents IS NOT NULL AND theme_id IS NOT NULL AND function_id IS NOT NULL "
            "AND route IS NOT NULL)",
            name="published_is_complete",
        ),
        CheckConstraint(
            "(carried_over_from_id IS NULL) = (carried_over_from_year IS NULL)",
            name="carried_over_from",
        ),
        UniqueConstraint("carried_over_from_id"),
        UniqueConstraint("entered_by_id", "submission"),
        Index("ix_priority_by_state", "cycle_id", "state"),
        Index("ix_priority_by_support", "cycle_id", desc("support_count"), "id"),
        Index("ix_priority_by_date", "cycle_id", desc("published_at"), "id"),
        Index("ix_priority_by_cost", "cycle_id", "cost_cents", "id"),
        Index(
            "ix_priority_words",
            literal_column(words_expression("priority")),
            postgresql_using="gin",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    area_path: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submission: Mapped[str | None]
    state: Mapped[PriorityState] = mapped_column(enum_column(PriorityState))
    language: Mapped[str]
    title: Mapped[str]
    description: Mapped[str]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    function_id: Mapped[int | None] = mapped_column(ForeignKey("function.id"))
    place: Mapped[str]
    cost_cents: Mapped[int | None]
    route: Mapped[Route | None] = mapped_column(enum_column(Route))
    route_reason: Mapped[str]
    support_count: Mapped[int]
    carried_over_from_id: Mapped[int | None] = mapped_column(ForeignKey("priority.id"))
    carried_over_from_year: Mapped[int | None]
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    @property
    def owner_id(self) -> int:
        """Who looks after it: the author, or whoever wrote it down for somebody."""
        return self.author_id if self.author_id is not None else self.entered_by_id

    @property
    def was_entered_for_somebody(self) -> bool:
        return self.author_id is None


class PriorityTranslation(Base):
    """Title and description in another language than the one it was written in."""

    __tablename__ = "priority_translation"
    __table_args__ = (
        Index(
            "ix_priority_translation_words",
            literal_column(words_expression("priority_translation")),
            postgresql_using="gin",
        ),
    )

    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    description: Mapped[str]
    origin: Mapped[TranslationOrigin] = mapped_column(enum_column(TranslationOrigin))


class Support(Base):
    """One person's statement of support for one priority."""

    __tablename__ = "support"

    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    given_at: Mapped[datetime]


class FeasibilityCheck(Base):
    """A decision of the check; the newest of a priority counts, earlier ones stay readable.

    A refusal cites a criterion that was published before anybody proposed.
    """

    __tablename__ = "feasibility_check"
    __table_args__ = (
        CheckConstraint(
            "(outcome = 'refused') = (criterion_code IS NOT NULL)", name="refusal_cites_criterion"
        ),
        CheckConstraint("outcome = 'feasible' OR explanation <> ''", name="refusal_is_explained"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    priority_id: Mapped[int] = mapped_column(ForeignKey("priority.id"), index=True)
    outcome: Mapped[CheckOutcome] = mapped_column(enum_column(CheckOutcome))
    criterion_code: Mapped[str | None]
    explanation: Mapped[str]
    language: Mapped[str]
    # What the proposer had estimated, and what staff found it costs.
    estimated_cents: Mapped[int]
    cost_cents: Mapped[int]
    decided_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    decided_at: Mapped[datetime]
