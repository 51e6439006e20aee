"""From the closed box to plain ballots: verify everything, then open. Pure.

Owns the checks before the count. It reads given rows and a given key, so that the same code can
run in a process of its own or on a laptop before observers.
"""

from __future__ import annotations

import hmac
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from nacl.public import PrivateKey

from voting.ballots import Ballot, BallotPaper, read_ballot
from voting.box.queries import BoxRow
from voting.errors import InputRefusedError
from voting.opening import Opening
from voting.sealing import (
    SEAL_BYTES,
    BallotKind,
    UnsealError,
    is_signed,
    receipt_of,
    signed_message,
    unseal,
)

UNREADABLE = "unreadable"
_NAMED_SYMBOLS = 16


class Fault(StrEnum):
    """What is wrong with a row of the box."""

    KEY_NOT_ISSUED = "key_not_issued"
    KEY_MISSING = "key_missing"
    LENGTH_WRONG = "length_wrong"
    RECEIPT_WRONG = "receipt_wrong"
    SIGNATURE_WRONG = "signature_wrong"


@dataclass(frozen=True)
class NamedFault:
    """A row that was added, altered or taken away; ``key`` is the start of its public key."""

    key: str
    fault: Fault

    def as_record(self) -> dict[str, str]:
        return {"key": self.key, "fault": self.fault.value}


@dataclass(frozen=True)
class Tally:
    """Opened ballots, grouped and sorted by content; invalid ones counted by reason."""

    ballots: tuple[tuple[Ballot, int], ...] = field(repr=False)
    invalid: Mapping[str, int]

    @property
    def valid_count(self) -> int:
        return sum(count for _, count in self.ballots)

    @property
    def blank_count(self) -> int:
        return sum(count for ballot, count in self.ballots if ballot.is_blank)


def find_faults(
    rows: Iterable[BoxRow], issued: Iterable[bytes], opening: Opening
) -> Iterator[NamedFault]:
    """Every row that is not as an issued key left it, and every issued key without a row."""
    missing = set(issued)
    for row in rows:
        if row.public_key not in missing:
            yield _named(row.public_key, Fault.KEY_NOT_ISSUED)
            continue
        missing.discard(row.public_key)
        fault = _fault(row, opening)
        if fault is not None:
            yield _named(row.public_key, fault)
    for public_key in sorted(missing):
        yield _named(public_key, Fault.KEY_MISSING)


def open_ballots(ciphertexts: Iterable[bytes], tally_secret: bytes, paper: BallotPaper) -> Tally:
    """Open sealed ballots and check each against the limits again."""
    tally_private = PrivateKey(tally_secret)
    valid: Counter[Ballot] = Counter()
    invalid: Counter[str] = Counter()
    for ciphertext in ciphertexts:
        try:
            valid[read_ballot(unseal(ciphertext, tally_private), paper)] += 1
        except UnsealError:
            invalid[UNREADABLE] += 1
        except InputRefusedError as refusal:
            invalid[refusal.code] += 1
    by_content = sorted(valid.items(), key=lambda item: item[0].canonical())
    return Tally(tuple(by_content), dict(sorted(invalid.items())))


def _fault(row: BoxRow, opening: Opening) -> Fault | None:
    if row.kind is BallotKind.UNUSED:
        return None
    ciphertext, receipt = row.ciphertext or b"", row.receipt or b""
    if len(ciphertext) != opening.ballot_bytes + SEAL_BYTES:
        return Fault.LENGTH_WRONG
    if not hmac.compare_digest(receipt_of(ciphertext, opening.digest), receipt):
        return Fault.RECEIPT_WRONG
    return None if _is_signed(row, receipt, opening) else Fault.SIGNATURE_WRONG


def _is_signed(row: BoxRow, receipt: bytes, opening: Opening) -> bool:
    message = signed_message(
        opening_digest=opening.digest,
        public_key=row.public_key,
        kind=row.kind,
        revision=row.revision,
        receipt=receipt,
    )
    signers = [row.public_key]
    if row.kind is BallotKind.REVOKED and opening.registry_verify is not None:
        signers.append(opening.registry_verify)
    return any(is_signed(signer, message, row.signature or b"") for signer in signers)


def _named(public_key: bytes, fault: Fault) -> NamedFault:
    return NamedFault(public_key.hex()[:_NAMED_SYMBOLS], fault)
