"""The files that are published with a result.

Owns their names and contents. Single ballots are among them only where preparation decided so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from voting import journal
from voting.box.queries import counted_receipts
from voting.chain import canonical_json
from voting.elections import queries
from voting.results.queries import outcome_record

_JSON = "application/json"
_TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class ResultFile:
    """One file to publish, byte for byte."""

    name: str
    media_type: str
    content: bytes


def published_files(election_id: int) -> Iterator[ResultFile]:
    """Opening record, outcome, receipts and journal of an election that was just published."""
    stored = queries.opening_record(election_id)
    if stored is not None:
        signed = {
            "record": stored.record,
            "digest": stored.digest,
            "signature": stored.signature.hex(),
            "issued_keys": stored.issued_keys.hex(),
        }
        yield ResultFile("opening.json", _JSON, canonical_json(signed))
    yield ResultFile("outcome.json", _JSON, canonical_json(outcome_record(election_id)))
    receipts = "".join(f"{receipt}\n" for receipt in counted_receipts(election_id))
    yield ResultFile("receipts.txt", _TEXT, receipts.encode())
    yield ResultFile("journal.json", _JSON, canonical_json(_journal(election_id)))


def _journal(election_id: int) -> list[dict[str, Any]]:
    return [
        {
            **journal.as_linked(record),
            "recorded_at": record.recorded_at.astimezone(UTC),
            "previous": record.previous,
            "digest": record.digest,
        }
        for record in journal.records(election_id)
    ]
