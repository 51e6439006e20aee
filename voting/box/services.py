"""Issuing keys and freezing the box: what the acts of the commission do to it.

Owns the rows of the box outside casting. The voter's side is ``voting.box.booth``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, insert, select

from database import db
from voting.box.models import BallotReceipt, BoxKey, ClosedBoxKey
from voting.box.queries import closed_box_digest, closed_turnout
from voting.opening import key_list
from voting.sealing import BallotKind

_COLUMNS = ("public_key", "election_id", "kind", "revision", "ciphertext", "receipt", "signature")


@dataclass(frozen=True)
class FrozenBox:
    """What is stated at the close."""

    digest: str
    issued: int
    cast: int


def issue_keys(*, election_id: int, public_keys: Sequence[bytes]) -> bytes:
    """Make the box: one empty row per key, in the order of the keys, which tells nothing.

    :returns: the key list of the opening record.
    """
    discard_box(election_id=election_id)
    rows = [
        {"public_key": key, "election_id": election_id, "kind": BallotKind.UNUSED, "revision": 0}
        for key in sorted(public_keys)
    ]
    if rows:
        db.session.execute(insert(BoxKey), rows)
    return key_list(public_keys)


def discard_box(*, election_id: int) -> None:
    """Throw the box of a preparation away."""
    for table in (BoxKey, BallotReceipt):
        db.session.execute(delete(table).where(table.election_id == election_id))


def freeze_box(*, election_id: int) -> FrozenBox:
    """Copy the box sorted by key and digest the copy. The caller holds the box lock."""
    columns = [getattr(BoxKey, name) for name in _COLUMNS]
    sorted_box = (
        select(*columns).where(BoxKey.election_id == election_id).order_by(BoxKey.public_key)
    )
    db.session.execute(insert(ClosedBoxKey).from_select(list(_COLUMNS), sorted_box))
    counted = closed_turnout(election_id)
    return FrozenBox(closed_box_digest(election_id), counted.issued, counted.cast)
