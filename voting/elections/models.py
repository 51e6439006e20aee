"""Tables of an election: what is voted on, who watches over it, what was frozen.

Owns columns and constraints. Areas, municipalities and people are opaque numbers: the vote knows
nothing of the yearly process.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from voting.counting.model import Majority, Utility
from voting.elections.kinds import BallotFormat, Kind, Publication, Rule
from voting.key_cards import KeyName
from voting.states import Act, Closing, ElectionState


class Election(Base):
    """One vote of one area.

    ``version`` is the digest of the journal record that last changed what the commission decides
    about; a member's consent holds for one version only. ``resumes_to`` remembers what a
    suspension interrupted.
    """

    __tablename__ = "election"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint(
            "(kind = 'motion') = (ballot_format = 'motion')", name="motion_has_its_own_ballot"
        ),
        CheckConstraint(
            "(kind = 'motion') = (rule = 'majority')", name="motion_is_decided_by_majority"
        ),
        CheckConstraint(
            "kind = 'motion' OR budget_cents IS NOT NULL", name="options_share_a_budget"
        ),
        CheckConstraint("budget_cents >= 0", name="budget_is_not_negative"),
        CheckConstraint("min_choices >= 0", name="least_choices_not_negative"),
        CheckConstraint("max_choices >= min_choices", name="most_choices_not_below_least"),
        CheckConstraint(
            "(state = 'suspended') = (resumes_to IS NOT NULL)", name="suspension_can_end"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_id: Mapped[int] = mapped_column(index=True)
    municipality_id: Mapped[int] = mapped_column(index=True)
    title: Mapped[dict[str, str]] = mapped_column(JSONB)
    language: Mapped[str]
    kind: Mapped[Kind] = mapped_column(enum_column(Kind))
    channels: Mapped[list[str]] = mapped_column(JSONB)
    state: Mapped[ElectionState] = mapped_column(enum_column(ElectionState), index=True)
    resumes_to: Mapped[str | None]
    ballot_format: Mapped[BallotFormat] = mapped_column(enum_column(BallotFormat))
    min_choices: Mapped[int]
    max_choices: Mapped[int | None]
    max_cost_cents: Mapped[int | None]
    budget_cents: Mapped[int | None]
    rule: Mapped[Rule] = mapped_column(enum_column(Rule))
    utility: Mapped[Utility | None] = mapped_column(enum_column(Utility))
    leave_out_unsupported: Mapped[bool]
    majority: Mapped[Majority | None] = mapped_column(enum_column(Majority))
    quorum: Mapped[int | None]
    tie_criteria: Mapped[list[str]] = mapped_column(JSONB)
    publication: Mapped[Publication] = mapped_column(enum_column(Publication))
    closing: Mapped[Closing] = mapped_column(enum_column(Closing))
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    minimum_age: Mapped[int | None]
    reference_date: Mapped[date | None]
    version: Mapped[str]
    pepper_name: Mapped[str | None]
    opening_digest: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    box_digest: Mapped[str | None]


class Option(Base):
    """One thing on the ballot, in the order of ``number``.

    ``reference`` is what the caller knows it by.
    """

    __tablename__ = "election_option"
    __table_args__ = (
        UniqueConstraint("election_id", "reference"),
        CheckConstraint("cost_cents >= 0", name="cost_is_not_negative"),
    )

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reference: Mapped[str]
    title: Mapped[dict[str, str]] = mapped_column(JSONB)
    summary: Mapped[dict[str, str]] = mapped_column(JSONB)
    cost_cents: Mapped[int]


class CommissionMember(Base):
    """Somebody who sits on this election's polling commission."""

    __tablename__ = "commission_member"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, index=True)


class Consent(Base):
    """One member agrees to one act on one version of the election."""

    __tablename__ = "commission_consent"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    act: Mapped[Act] = mapped_column(enum_column(Act), primary_key=True)
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str]
    given_at: Mapped[datetime]


class WrappedKey(Base):
    """A private key, wrapped for one pair of cards. It exists in no other form."""

    __tablename__ = "wrapped_key"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    key_name: Mapped[KeyName] = mapped_column(enum_column(KeyName), primary_key=True)
    first_card: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    second_card: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    wrapped: Mapped[bytes]


class OpeningRecord(Base):
    """All that was frozen, with its digest and the signature made with the pepper.

    ``issued_keys`` is the list of ballot keys, sorted, 32 bytes each; the record holds its digest.
    """

    __tablename__ = "opening_record"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    digest: Mapped[str] = mapped_column(unique=True)
    signature: Mapped[bytes]
    issued_keys: Mapped[bytes]


class PublishedHead(Base):
    """The journal's newest digest at a change of state, as published and printed."""

    __tablename__ = "published_head"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    state: Mapped[str]
    digest: Mapped[str]
    recorded_at: Mapped[datetime]
