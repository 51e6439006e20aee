"""Tables of the ballot box.

One row per issued ballot key, made at preparation in the order of the keys; no surrogate id, no
time, nothing about a person. A cast is one update of that row. Receipts stand apart and name no
key.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from voting.sealing import BallotKind

_UNUSED_IS_EMPTY = (
    "(kind = 'unused') = (revision = 0)"
    " AND (kind = 'unused') = (ciphertext IS NULL)"
    " AND (ciphertext IS NULL) = (receipt IS NULL)"
    " AND (ciphertext IS NULL) = (signature IS NULL)"
)


class BoxKey(Base):
    """One issued key and, once used, its sealed ballot."""

    __tablename__ = "box_key"
    __table_args__ = (CheckConstraint(_UNUSED_IS_EMPTY, name="unused_is_empty"),)

    public_key: Mapped[bytes] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), index=True)
    kind: Mapped[BallotKind] = mapped_column(enum_column(BallotKind))
    revision: Mapped[int]
    ciphertext: Mapped[bytes | None]
    receipt: Mapped[bytes | None]
    signature: Mapped[bytes | None]


class BallotReceipt(Base):
    """A ballot that was received. ``idempotency`` recognises an identical retry."""

    __tablename__ = "ballot_receipt"

    receipt: Mapped[bytes] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), index=True)
    idempotency: Mapped[bytes] = mapped_column(unique=True)


class ClosedBoxKey(Base):
    """The box as it was when it closed: a copy, sorted by key, that the count reads."""

    __tablename__ = "closed_box_key"

    public_key: Mapped[bytes] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), index=True)
    kind: Mapped[BallotKind] = mapped_column(enum_column(BallotKind))
    revision: Mapped[int]
    ciphertext: Mapped[bytes | None]
    receipt: Mapped[bytes | None]
    signature: Mapped[bytes | None]
