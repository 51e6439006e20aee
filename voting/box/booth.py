"""The voter's side: from a code to a receipt.

Owns finding the booth, casting, and revoking a spoilt slip that is in hand. Nothing here is
written to a journal or a log, and nothing it returns prints a key, a code or a choice.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from voting import journal
from voting.ballots import Ballot, BallotPaper, Choices, check_ballot
from voting.box.casting import Answer, BoxEntry, put_in_box
from voting.box.queries import BoxRow, rows_by_key
from voting.box.tokens import BallotForm, BoothAccess
from voting.codes import MistypedError, read_code
from voting.elections import queries
from voting.elections.acts import (
    locked_election,
    require_member,
    second_member,
    use_up_consents,
)
from voting.elections.queries import RunningElection
from voting.errors import (
    InputRefusedError,
    IntegrityRefusedError,
    Reason,
    StateRefusedError,
    UnknownError,
    VotingError,
)
from voting.opening import Opening
from voting.peppers import Pepper, PepperStore
from voting.sealing import (
    BallotKey,
    BallotKind,
    ballot_key,
    receipt_text,
    seal_ballot,
)
from voting.states import Act, ElectionState

_ENDED = (
    ElectionState.CLOSED,
    ElectionState.COUNTED,
    ElectionState.PUBLISHED,
    ElectionState.ANNULLED,
)
_STATE_REASONS = {
    Answer.SUSPENDED: Reason.ELECTION_SUSPENDED,
    Answer.FINAL: Reason.BALLOT_FINAL,
    Answer.STALE: Reason.BALLOT_CHANGED,
}


@dataclass(frozen=True)
class Booth:
    """What a voter with a valid code may see."""

    access: BoothAccess
    election_id: int
    area_id: int
    paper: BallotPaper
    revision: int
    kind: BallotKind
    receipt: str | None
    closes_at: datetime


@dataclass(frozen=True)
class CastResult:
    """The ballot is stored once the transaction commits. ``repeated``: an identical retry."""

    receipt: str
    repeated: bool
    revision: int


def find_booth(*, code: str, peppers: PepperStore, now: datetime) -> Booth:
    """The booth that a voting code opens.

    Every running election is tried with every code, found or not, so the time tells nothing.

    :raises InputRefusedError: ``code_mistyped``.
    :raises UnknownError: ``code_unknown``, for unknown and revoked codes alike.
    :raises StateRefusedError: ``election_not_open``, ``election_over``, ``election_suspended``.
    """
    symbols = _read(code)
    elections, faults = queries.elections_with_codes(peppers)
    candidates = [(election, _access(symbols, election)) for election in elections]
    rows = rows_by_key([access.key.public for _, access in candidates])
    for election, access in candidates:
        row = rows.get((election.id, access.key.public))
        if row is not None and row.kind is not BallotKind.REVOKED:
            return _booth(access, election, row, now)
    raise faults[0] if faults else UnknownError(Reason.CODE_UNKNOWN)


def open_booth(*, access: BoothAccess, peppers: PepperStore, now: datetime) -> Booth:
    """The booth of somebody whose code was entered before; refusals as in ``find_booth``."""
    election = queries.running_election(access.election_id, peppers)
    row = rows_by_key([access.key.public]).get((election.id, access.key.public))
    if row is None or row.kind is BallotKind.REVOKED:
        raise UnknownError(Reason.CODE_UNKNOWN)
    return _booth(access, election, row, now)


def cast_ballot(
    *, access: BoothAccess, form: BallotForm, choices: Choices, peppers: PepperStore
) -> CastResult:
    """Seal a choice and put it into the box, replacing the voter's earlier one.

    :raises InputRefusedError: when the paper does not allow the choice, or ``form_broken``.
    :raises StateRefusedError: ``ballot_changed``, ``ballot_final``, or not open.
    :raises IntegrityRefusedError: ``opening_record_altered``; the vote is stopped.
    """
    if not form.belongs_to(access):
        raise InputRefusedError(Reason.FORM_BROKEN)
    election = queries.running_election(access.election_id, peppers)
    opening = election.opening
    if opening.tally_public is None:
        raise UnknownError(Reason.CODE_UNKNOWN)
    ballot = check_ballot(opening.paper, choices)
    answer, receipt = put_in_box(_entry(access.key, form, ballot, election, opening.tally_public))
    if receipt is None:
        raise _refusal(answer, election)
    return CastResult(receipt_text(receipt), answer is Answer.REPEATED, form.revision + 1)


def revoke_code(*, actor: int, code: str, reason: str, peppers: PepperStore, now: datetime) -> None:
    """Make a spoilt slip worthless; it is in the hands of two members.

    :raises StateRefusedError: ``ballot_already_cast`` when a ballot lies under it.
    """
    booth = find_booth(code=code, peppers=peppers, now=now)
    election_id = booth.election_id
    locked_election(election_id)
    require_member(election_id, actor)
    if not reason.strip():
        raise StateRefusedError(Reason.REASON_MISSING)
    witness = second_member(election_id, Act.REVOKE, actor)
    election = queries.running_election(election_id, peppers)
    answer, _ = put_in_box(_revocation(booth, election.opening))
    if answer is Answer.IN_USE:
        raise StateRefusedError(Reason.BALLOT_ALREADY_CAST)
    if answer is not Answer.STORED:
        raise _refusal(answer, election)
    use_up_consents(election_id, Act.REVOKE)
    journal.append(
        election_id=election_id,
        act=Act.REVOKE.value,
        actor=actor,
        now=now,
        details={"members": [actor, witness]},
        personal={"reason": reason},
    )


def _read(code: str) -> str:
    try:
        return read_code(code)
    except MistypedError:
        raise InputRefusedError(Reason.CODE_MISTYPED) from None


def _access(symbols: str, election: RunningElection) -> BoothAccess:
    """The key this code would have in an election."""
    key = ballot_key(symbols, salt=election.opening.salt, pepper=election.pepper)
    return BoothAccess(election.id, key)


def _booth(access: BoothAccess, election: RunningElection, row: BoxRow, now: datetime) -> Booth:
    paper = election.opening.paper
    for refusal in _closed_doors(election, now):
        raise refusal
    return Booth(
        access=access,
        election_id=election.id,
        area_id=election.area_id,
        paper=paper,
        revision=row.revision,
        kind=row.kind,
        receipt=None if row.receipt is None else receipt_text(bytes(row.receipt)),
        closes_at=paper.closes_at,
    )


def _closed_doors(election: RunningElection, now: datetime) -> Iterator[VotingError]:
    paper, state = election.opening.paper, election.state
    if state is ElectionState.SUSPENDED:
        yield _refusal(Answer.SUSPENDED, election)
    if state in _ENDED or now >= paper.closes_at:
        yield _refusal(Answer.OVER, election)
    if state is not ElectionState.OPEN or now < paper.opens_at:
        yield _refusal(Answer.NOT_OPEN, election)


def _refusal(answer: Answer, election: RunningElection) -> VotingError:
    if answer is Answer.RECORD_CHANGED:
        return IntegrityRefusedError(Reason.OPENING_RECORD_ALTERED)
    if answer is Answer.NOT_OPEN:
        return StateRefusedError(Reason.ELECTION_NOT_OPEN, opens_at=election.opening.paper.opens_at)
    if answer is Answer.OVER:
        return StateRefusedError(Reason.ELECTION_OVER, closed_at=election.ends_at)
    if answer in _STATE_REASONS:
        return StateRefusedError(_STATE_REASONS[answer])
    return UnknownError(Reason.CODE_UNKNOWN)


def _entry(
    key: BallotKey,
    form: BallotForm,
    ballot: Ballot,
    election: RunningElection,
    tally_public: bytes,
) -> BoxEntry:
    opening = election.opening
    return BoxEntry(
        election_id=election.id,
        opening_digest=opening.digest,
        opens_at=opening.paper.opens_at,
        closes_at=opening.paper.closes_at,
        public_key=key.public,
        kind=BallotKind.ONLINE,
        expected_revision=form.revision,
        sealed=seal_ballot(
            ballot.canonical(),
            key=key,
            kind=BallotKind.ONLINE,
            revision=form.revision + 1,
            opening_digest=opening.digest,
            length=opening.ballot_bytes,
            tally_public=tally_public,
        ),
        idempotency=_idempotency(election.pepper, form, ballot),
    )


def _idempotency(pepper: Pepper, form: BallotForm, ballot: Ballot) -> bytes:
    message = form.submission + form.public_key + ballot.canonical()
    return hmac.new(pepper.subkey("idempotency"), message, hashlib.sha256).digest()


def _revocation(booth: Booth, opening: Opening) -> BoxEntry:
    key: BallotKey = booth.access.key
    return BoxEntry(
        election_id=booth.election_id,
        opening_digest=opening.digest,
        opens_at=opening.paper.opens_at,
        closes_at=opening.paper.closes_at,
        public_key=key.public,
        kind=BallotKind.REVOKED,
        expected_revision=booth.revision,
        sealed=seal_ballot(
            b"",
            key=key,
            kind=BallotKind.REVOKED,
            revision=booth.revision + 1,
            opening_digest=opening.digest,
            length=opening.ballot_bytes,
            tally_public=None,
        ),
        idempotency=secrets.token_bytes(32),
    )
