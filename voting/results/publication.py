"""The files that are published with a result.

Owns their names and contents. Single ballots are among them only where preparation decided so.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC
from fractions import Fraction
from typing import Any

from voting import journal
from voting.box.queries import counted_receipts
from voting.chain import canonical_json
from voting.counting.model import Election as CountedElection
from voting.counting.model import Project
from voting.counting.pabulib_writer import pabulib_text
from voting.elections import queries
from voting.elections.kinds import Kind, Publication
from voting.results.queries import counted_ballots, outcome_record

_JSON = "application/json"
_CENTS = 100
_DAY = "%d.%m.%Y"
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
    election = queries.get_election(election_id)
    if election.publication is Publication.FULL and election.kind is Kind.OPTIONS:
        yield ResultFile("ballots.pb", _TEXT, _ballots_file(election_id).encode())


def _ballots_file(election_id: int) -> str:
    """All ballots, in an order drawn anew, with nothing beside the choice."""
    election, options = queries.get_election(election_id), queries.options(election_id)
    references = {option.number: option.reference for option in options}
    votes = [
        [references[number] for number in ballot.content["options"]]
        for ballot in counted_ballots(election_id)
        for _ in range(ballot.ballots)
    ]
    secrets.SystemRandom().shuffle(votes)
    return pabulib_text(
        meta={
            "description": _in_language(election.title, election.language),
            "vote_type": "approval",
            "rule": election.rule.value,
            "date_begin": election.opens_at.strftime(_DAY),
            "date_end": election.closes_at.strftime(_DAY),
            "language": election.language,
            "currency": "EUR",
        },
        election=CountedElection(
            budget=Fraction(election.budget_cents or 0, _CENTS),
            projects=tuple(
                Project(
                    option.reference,
                    Fraction(option.cost_cents, _CENTS),
                    _in_language(option.title, election.language),
                )
                for option in options
            ),
        ),
        votes=votes,
    )


def _in_language(text: Mapping[str, str], language: str) -> str:
    return text.get(language) or next(iter(text.values()), "")


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
