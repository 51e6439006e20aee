"""Tables of the count: tellers' totals, opened ballots, outcome, published files.

Opened ballots are stored sorted by content, identical ones together: no key, no order of arrival.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base


class TellerTotals(Base):
    """What one teller counted in the hall. The other does not see it before the count."""

    __tablename__ = "teller_totals"
    __table_args__ = (CheckConstraint("issued >= 0", name="issued_is_not_negative"),)

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    teller: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    issued: Mapped[int]
    totals: Mapped[dict[str, int]] = mapped_column(JSONB)
    recorded_at: Mapped[datetime]


class CountedBallot(Base):
    """So many ballots say exactly this. ``position`` follows the order of contents."""

    __tablename__ = "counted_ballot"
    __table_args__ = (CheckConstraint("ballots > 0", name="somebody_said_it"),)

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    ballots: Mapped[int]


class CountedOutcome(Base):
    """The outcome, exact, with its digest."""

    __tablename__ = "counted_outcome"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    record: Mapped[dict[str, Any]] = mapped_column(JSONB)
    digest: Mapped[str]
    counted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]


class PublishedFile(Base):
    """One file as it was published, byte for byte."""

    __tablename__ = "published_file"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes]
