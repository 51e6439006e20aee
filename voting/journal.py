"""The journal of an election: one hash chain each, a record for every act.

Owns the records and the check of the chain. What may name a person beyond an opaque number (the
reason for an act) stands apart, bound by a salted digest, so that it can be erased. Casting a
ballot writes nothing here.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ForeignKey, ForeignKeyConstraint, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, db
from voting.chain import GENESIS, first_broken_link, link_digest, payload_digest
from voting.locks import lock_journal

_SALT_BYTES = 16


class ElectionJournalRecord(Base):
    """One act. Rows are only ever added."""

    __tablename__ = "election_journal"

    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    act: Mapped[str]
    actor: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    personal_digest: Mapped[str | None]
    recorded_at: Mapped[datetime]
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)


class ElectionJournalPersonal(Base):
    """What may be erased of a record; the chain stays whole without it."""

    __tablename__ = "election_journal_personal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["election_id", "position"],
            ["election_journal.election_id", "election_journal.position"],
        ),
    )

    election_id: Mapped[int] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[bytes]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)


def append(
    *,
    election_id: int,
    act: str,
    actor: int | None,
    now: datetime,
    details: Mapping[str, Any] | None = None,
    personal: Mapping[str, Any] | None = None,
) -> ElectionJournalRecord:
    """Add a record to the election's chain; two at once wait for each other.

    :param details: exact JSON values, nothing personal.
    :param personal: kept apart, bound by a salted digest.
    """
    lock_journal(election_id)
    last = _newest(election_id)
    salt = secrets.token_bytes(_SALT_BYTES)
    record = ElectionJournalRecord(
        election_id=election_id,
        position=last.position + 1 if last else 1,
        act=act,
        actor=actor,
        details=dict(details or {}),
        personal_digest=payload_digest(salt, personal) if personal else None,
        recorded_at=now.astimezone(UTC),
        previous=last.digest if last else GENESIS,
    )
    record.digest = link_digest(record.previous, as_linked(record))
    db.session.add(record)
    db.session.flush()
    if personal:
        _keep_personal(record, salt, personal)
    return record


def _keep_personal(record: ElectionJournalRecord, salt: bytes, personal: Mapping[str, Any]) -> None:
    db.session.add(
        ElectionJournalPersonal(
            election_id=record.election_id,
            position=record.position,
            salt=salt,
            payload=dict(personal),
        )
    )


def as_linked(record: ElectionJournalRecord) -> dict[str, Any]:
    """The part of a record that its digest seals."""
    return {
        "election": record.election_id,
        "position": record.position,
        "act": record.act,
        "actor": record.actor,
        "details": record.details,
        "personal": record.personal_digest,
        "recorded_at": record.recorded_at.astimezone(UTC),
    }


def records(election_id: int) -> list[ElectionJournalRecord]:
    """The whole journal of an election, oldest first."""
    return list(
        db.session.scalars(
            select(ElectionJournalRecord)
            .where(ElectionJournalRecord.election_id == election_id)
            .order_by(ElectionJournalRecord.position)
        )
    )


def personal_payloads(election_id: int) -> dict[int, Mapping[str, Any]]:
    """What has not been erased yet of the personal parts, by position."""
    rows = db.session.scalars(
        select(ElectionJournalPersonal).where(ElectionJournalPersonal.election_id == election_id)
    )
    return {row.position: row.payload for row in rows}


def head(election_id: int) -> str:
    """Digest of the newest record."""
    newest = _newest(election_id)
    return newest.digest if newest else GENESIS


def _newest(election_id: int) -> ElectionJournalRecord | None:
    return db.session.scalars(
        select(ElectionJournalRecord)
        .where(ElectionJournalRecord.election_id == election_id)
        .order_by(ElectionJournalRecord.position.desc())
        .limit(1)
    ).first()


def verify_chain(election_id: int) -> int | None:
    """Position of the first record that was altered, moved or follows a gap, else ``None``."""
    chain = records(election_id)
    for expected, record in enumerate(chain, start=1):
        if record.position != expected:
            return expected
    broken = first_broken_link((as_linked(record), record.digest) for record in chain)
    if broken is not None:
        return chain[broken].position
    return _broken_personal_part(chain)


def _broken_personal_part(chain: list[ElectionJournalRecord]) -> int | None:
    if not chain:
        return None
    by_position = {record.position: record for record in chain}
    rows = db.session.scalars(
        select(ElectionJournalPersonal)
        .where(ElectionJournalPersonal.election_id == chain[0].election_id)
        .order_by(ElectionJournalPersonal.position)
    )
    for row in rows:
        if payload_digest(row.salt, row.payload) != by_position[row.position].personal_digest:
            return row.position
    return None
