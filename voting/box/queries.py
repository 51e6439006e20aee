"""Reads of the box. None tells what a ballot says, none tells who cast it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import func, literal, select, text

from database import db
from voting.box.models import BallotReceipt, BoxKey, ClosedBoxKey
from voting.codes import ALPHABET
from voting.sealing import BallotKind, receipt_text

_FETCHED_AT_ONCE = 2000
_CAST = (BallotKind.ONLINE, BallotKind.PAPER)
_DIGEST_SQL = text(
    """
    SELECT encode(sha256(coalesce(string_agg(
        public_key || rpad(kind, 8)::bytea || int8send(revision) || receipt || signature,
        ''::bytea ORDER BY public_key), ''::bytea)), 'hex')
      FROM closed_box_key
     WHERE election_id = :election AND kind <> 'unused'
    """
)


@dataclass(frozen=True)
class Turnout:
    """Numbers of codes: ``issued`` without revoked ones, ``cast`` those with a ballot."""

    issued: int
    cast: int


@dataclass(frozen=True)
class BoxRow:
    """One row of the box as it is stored."""

    public_key: bytes = field(repr=False)
    kind: BallotKind
    revision: int
    ciphertext: bytes | None = field(repr=False)
    receipt: bytes | None = field(repr=False)
    signature: bytes | None = field(repr=False)


class ReceiptStatus(StrEnum):
    """What became of a receipt. ``replaced`` and ``counted`` are told after the close only."""

    UNKNOWN = "unknown"
    RECEIVED = "received"
    REPLACED = "replaced"
    COUNTED = "counted"


def turnout(election_id: int) -> Turnout:
    """Codes issued and ballots in the box; visible to everybody at any time."""
    return _turnout(BoxKey, election_id)


def closed_turnout(election_id: int) -> Turnout:
    """Codes issued and ballots in the box as it was closed."""
    return _turnout(ClosedBoxKey, election_id)


def _turnout(table: type[BoxKey] | type[ClosedBoxKey], election_id: int) -> Turnout:
    counted = db.session.execute(
        select(table.kind, func.count())
        .where(table.election_id == election_id)
        .group_by(table.kind)
    )
    by_kind = {row[0]: row[1] for row in counted}
    revoked = by_kind.get(BallotKind.REVOKED, 0)
    return Turnout(
        issued=sum(by_kind.values()) - revoked,
        cast=sum(by_kind.get(kind, 0) for kind in _CAST),
    )


def rows_by_key(public_keys: Collection[bytes]) -> dict[tuple[int, bytes], BoxRow]:
    """Rows under any of these keys, by election and key. One statement, whatever is found."""
    found = db.session.execute(
        select(
            BoxKey.election_id,
            BoxKey.public_key,
            BoxKey.kind,
            BoxKey.revision,
            BoxKey.ciphertext,
            BoxKey.receipt,
            BoxKey.signature,
        ).where(BoxKey.public_key.in_(public_keys))
    )
    return {
        (election_id, bytes(key)): BoxRow(bytes(key), kind, revision, sealed, receipt, signature)
        for election_id, key, kind, revision, sealed, receipt, signature in found
    }


def closed_box_digest(election_id: int) -> str:
    """SHA-256 over the used rows of the closed box: key, kind, revision, receipt, signature."""
    digest: str = db.session.execute(_DIGEST_SQL, {"election": election_id}).scalar_one()
    return digest


def closed_box(election_id: int) -> Iterator[BoxRow]:
    """The rows of the closed box, by key."""
    rows = db.session.execute(
        select(
            ClosedBoxKey.public_key,
            ClosedBoxKey.kind,
            ClosedBoxKey.revision,
            ClosedBoxKey.ciphertext,
            ClosedBoxKey.receipt,
            ClosedBoxKey.signature,
        )
        .where(ClosedBoxKey.election_id == election_id)
        .order_by(ClosedBoxKey.public_key),
        execution_options={"yield_per": _FETCHED_AT_ONCE},
    )
    for key, kind, revision, ciphertext, receipt, signature in rows:
        yield BoxRow(bytes(key), kind, revision, ciphertext, receipt, signature)


def counted_receipts(election_id: int) -> list[str]:
    """Receipts of the ballots that were in the box at the close, sorted, as they are printed."""
    receipts = db.session.scalars(
        select(ClosedBoxKey.receipt).where(
            ClosedBoxKey.election_id == election_id, ClosedBoxKey.kind.in_(_CAST)
        )
    )
    return sorted(receipt_text(bytes(receipt)) for receipt in receipts if receipt is not None)


def some_counted_receipts(election_id: int, *, offset: int, limit: int) -> list[str]:
    """A part of ``counted_receipts``: the order of the bytes is the order of their text."""
    receipts = db.session.scalars(
        select(ClosedBoxKey.receipt)
        .where(ClosedBoxKey.election_id == election_id, ClosedBoxKey.kind.in_(_CAST))
        .order_by(ClosedBoxKey.receipt)
        .offset(offset)
        .limit(limit)
    )
    return [receipt_text(bytes(receipt)) for receipt in receipts if receipt is not None]


def receipt_status(election_id: int, receipt: str) -> ReceiptStatus:
    """What became of a receipt, as printed or typed.

    Receipts are found by their first 100 bits, as they are shown.
    """
    wanted = _plain(receipt)
    closed = _matching(ClosedBoxKey, election_id, wanted)
    if closed:
        return ReceiptStatus.COUNTED
    if not _matching(BallotReceipt, election_id, wanted):
        return ReceiptStatus.UNKNOWN
    is_closed = db.session.scalar(
        select(literal(1)).where(ClosedBoxKey.election_id == election_id).limit(1)
    )
    return ReceiptStatus.REPLACED if is_closed else ReceiptStatus.RECEIVED


def _matching(
    table: type[ClosedBoxKey] | type[BallotReceipt], election_id: int, wanted: str
) -> bool:
    low, high = _range(wanted)
    if low is None:
        return False
    query = select(table.receipt).where(
        table.election_id == election_id, table.receipt >= low, table.receipt <= high
    )
    if table is ClosedBoxKey:
        query = query.where(ClosedBoxKey.kind.in_(_CAST))
    return any(
        receipt is not None and _plain(receipt_text(bytes(receipt))) == wanted
        for receipt in db.session.scalars(query)
    )


def _range(symbols: str) -> tuple[bytes | None, bytes]:
    """First and last 32-byte value whose text begins with these symbols."""
    if not symbols or any(symbol not in ALPHABET for symbol in symbols):
        return None, b""
    bits = len(symbols) * 5
    number = 0
    for symbol in symbols:
        number = number << 5 | ALPHABET.index(symbol)
    rest = 256 - bits
    if rest < 0:
        return None, b""
    low = number << rest
    return low.to_bytes(32), (low | (1 << rest) - 1).to_bytes(32)


def _plain(receipt: str) -> str:
    text_form = "".join(receipt.upper().split()).replace("-", "")
    return text_form.translate(str.maketrans("OIL", "011"))
