"""The journal: what was done, by whom, why and when, in hash chains nobody can quietly rewrite.

One chain a cycle and one a municipality (an election keeps its own, see ``voting.journal``).
Personal data stands apart from the chain, bound to it by a salted digest, so it can be erased
while the chain stays whole.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import ForeignKeyConstraint, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, db
from participation.permissions import Actor
from voting.chain import GENESIS, link_digest, payload_digest


@dataclass(frozen=True)
class Fact:
    """Base of every typed record; fields are plain JSON values and never personal."""

    kind: ClassVar[str]


class JournalRecord(Base):
    """One entry of one chain. Rows are only ever added."""

    __tablename__ = "journal_record"

    chain: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(index=True)
    actor_id: Mapped[int | None]
    reason: Mapped[str | None]
    at: Mapped[datetime]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    personal_digest: Mapped[str | None]
    previous: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)


class JournalPersonal(Base):
    """Personal part of an entry; deleting the row leaves the chain verifiable."""

    __tablename__ = "journal_personal"
    __table_args__ = (
        ForeignKeyConstraint(
            ["chain", "number"], ["journal_record.chain", "journal_record.number"]
        ),
    )

    chain: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    salt: Mapped[bytes]
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)


@dataclass(frozen=True)
class ChainBreak:
    """The first entry at which a chain does not hold, and in what way."""

    number: int
    problem: str


def municipality_chain(municipality_id: int) -> str:
    """Name of the chain for areas, people, rules and organisations."""
    return f"municipality:{municipality_id}"


def cycle_chain(cycle_id: int) -> str:
    """Name of the chain for one area's one year."""
    return f"cycle:{cycle_id}"


def record(
    *,
    actor: Actor,
    chain: str,
    fact: Fact,
    now: datetime,
    reason: str | None = None,
    personal: Mapping[str, str] | None = None,
) -> JournalRecord:
    """Append ``fact`` to ``chain``. Waits for other writers of the same chain."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(chain, 0))))
    last = _last(chain)
    salt = secrets.token_bytes(16) if personal else None
    entry = JournalRecord(
        chain=chain,
        number=last.number + 1 if last else 1,
        kind=fact.kind,
        actor_id=actor.person_id,
        reason=reason,
        at=now,
        payload=asdict(fact),
        personal_digest=payload_digest(salt, personal) if salt and personal else None,
        previous=last.digest if last else GENESIS,
    )
    entry.digest = link_digest(entry.previous, _chained_content(entry))
    db.session.add(entry)
    db.session.flush()  # the next record of this transaction links to this one
    if salt and personal:
        db.session.add(
            JournalPersonal(chain=chain, number=entry.number, salt=salt, payload=dict(personal))
        )
    return entry


def list_records(chain: str, *, offset: int = 0, limit: int = 100) -> Sequence[JournalRecord]:
    """Entries of a chain, newest first."""
    return db.session.scalars(
        select(JournalRecord)
        .where(JournalRecord.chain == chain)
        .order_by(JournalRecord.number.desc())
        .offset(offset)
        .limit(limit)
    ).all()


def count_records(chain: str) -> int:
    """How many entries a chain has."""
    return (
        db.session.scalar(
            select(func.count()).select_from(JournalRecord).where(JournalRecord.chain == chain)
        )
        or 0
    )


def head(chain: str) -> str:
    """Digest of the newest entry: what a protocol prints so that nobody can rewrite the past."""
    last = _last(chain)
    return last.digest if last else GENESIS


def verify(chain: str) -> ChainBreak | None:
    """Walk a chain from its first entry; ``None`` when it is whole."""
    entries = db.session.scalars(
        select(JournalRecord).where(JournalRecord.chain == chain).order_by(JournalRecord.number)
    )
    personal = _personal_parts(chain)
    previous = GENESIS
    for expected, entry in enumerate(entries, start=1):
        if entry.number != expected:
            return ChainBreak(expected, "missing")
        if entry.previous != previous:
            return ChainBreak(entry.number, "does not link to the entry before")
        if entry.digest != link_digest(previous, _chained_content(entry)):
            return ChainBreak(entry.number, "altered")
        part = personal.get(entry.number)
        if part is not None and payload_digest(part.salt, part.payload) != entry.personal_digest:
            return ChainBreak(entry.number, "personal part altered")
        previous = entry.digest
    return None


def _last(chain: str) -> JournalRecord | None:
    return db.session.scalar(
        select(JournalRecord)
        .where(JournalRecord.chain == chain)
        .order_by(JournalRecord.number.desc())
        .limit(1)
    )


def _chained_content(entry: JournalRecord) -> dict[str, Any]:
    return {
        "chain": entry.chain,
        "number": entry.number,
        "kind": entry.kind,
        "actor": entry.actor_id,
        "reason": entry.reason,
        "at": entry.at,
        "payload": entry.payload,
        "personal": entry.personal_digest,
    }


def _personal_parts(chain: str) -> Mapping[int, JournalPersonal]:
    """What has not been erased yet, by the entry's number."""
    found = db.session.scalars(select(JournalPersonal).where(JournalPersonal.chain == chain))
    return {part.number: part for part in found}


JOURNAL_APPEND_ONLY_SQL = """
CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal entries are never changed or deleted';
END
$$;
CREATE OR REPLACE TRIGGER journal_record_append_only
BEFORE UPDATE OR DELETE ON journal_record
FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()
"""
