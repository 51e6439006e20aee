"""Counting and publishing.

Owns the count by two tally cards, the count by two tellers, and publication. Both counts go through
``voting.counting`` and its reference counter.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from database import db
from voting import journal, opening
from voting.box import queries as box_queries
from voting.codes import MistypedError
from voting.counting.outcome import CountingDisagreementError
from voting.elections import queries
from voting.elections.acts import begin_act, finish_act, locked_election, require_member
from voting.elections.kinds import CODE_CHANNELS, Channel
from voting.elections.queries import RunningElection
from voting.errors import (
    InputRefusedError,
    IntegrityRefusedError,
    NotPermittedError,
    Reason,
    StateRefusedError,
    UnknownError,
)
from voting.key_cards import (
    CardPairError,
    KeyCard,
    KeyName,
    read_card,
    sealing_public,
    unwrap,
)
from voting.peppers import PepperStore
from voting.results.models import CountedBallot, CountedOutcome, PublishedFile, TellerTotals
from voting.results.outcomes import Votes, outcome_of
from voting.results.publication import published_files
from voting.results.tallying import Tally, find_faults, open_ballots
from voting.sealing import BallotKind
from voting.states import Act, ElectionState

_MOST_NAMED = 100
_HAND_STATES = (ElectionState.OPEN, ElectionState.CLOSED)


def count_election(
    *,
    actor: int,
    election_id: int,
    cards: Sequence[str],
    peppers: PepperStore,
    now: datetime,
) -> None:
    """Open the box with two tally cards and count it.

    :param cards: what two members typed or scanned.
    :raises IntegrityRefusedError: naming what was added to, altered in or taken from the box.
    """
    in_hand = begin_act(election_id=election_id, act=Act.COUNT, actor=actor)
    if not CODE_CHANNELS.intersection(in_hand.election.channels):
        raise StateRefusedError(Reason.COUNTED_BY_HAND_ONLY)
    running = queries.running_election(election_id, peppers)
    tally_secret = _tally_secret(running, [_card(text) for text in cards])
    _require_sound_box(running)
    sealed = (
        row.ciphertext
        for row in box_queries.closed_box(election_id)
        if row.kind is BallotKind.ONLINE and row.ciphertext is not None
    )
    tally = open_ballots(sealed, tally_secret, running.opening.paper)
    _store_ballots(election_id, tally)
    turnout = box_queries.closed_turnout(election_id)
    digest = _store_outcome(
        running,
        Votes.from_tally(tally, running.opening.paper, issued=turnout.issued, cast=turnout.cast),
        now,
    )
    finish_act(in_hand, now=now, details={"outcome_digest": digest})


def record_teller_totals(
    *, actor: int, election_id: int, issued: int, totals: Mapping[str, int], now: datetime
) -> None:
    """One teller writes down what was counted in the hall, without seeing the other's numbers.

    :param issued: cards given out.
    :param totals: by ``for``, ``against``, ``abstain``, or by option reference.
    """
    election = locked_election(election_id)
    require_member(election_id, actor)
    if Channel.CARDS not in election.channels:
        raise StateRefusedError(Reason.COUNTED_BY_CARDS_ONLY)
    if election.state not in _HAND_STATES:
        raise StateRefusedError(Reason.ACT_NOT_NOW, state=election.state.value)
    checked = _checked_totals(election_id, totals, issued, is_motion=election.kind == "motion")
    db.session.merge(
        TellerTotals(
            election_id=election_id, teller=actor, issued=issued, totals=checked, recorded_at=now
        )
    )
    journal.append(election_id=election_id, act="teller_totals", actor=actor, now=now)


def count_by_hand(*, actor: int, election_id: int, peppers: PepperStore, now: datetime) -> None:
    """Accept what two tellers counted alike; their two totals are the two members' consent.

    :raises StateRefusedError: ``tellers_missing``, ``tellers_disagree`` with the differences.
    """
    in_hand = begin_act(election_id=election_id, act=Act.COUNT, actor=actor, has_two=True)
    if Channel.CARDS not in in_hand.election.channels:
        raise StateRefusedError(Reason.COUNTED_BY_CARDS_ONLY)
    agreed, tellers = _agreed_totals(election_id)
    running = queries.running_election(election_id, peppers)
    digest = _store_outcome(running, Votes.by_hand(agreed.totals, agreed.issued), now)
    finish_act(in_hand, now=now, details={"outcome_digest": digest, "tellers": tellers})


def publish_result(*, actor: int, election_id: int, now: datetime) -> None:
    """Publish the outcome, the receipts and the records that prove it."""
    in_hand = begin_act(election_id=election_id, act=Act.PUBLISH, actor=actor)
    outcome = db.session.get_one(CountedOutcome, election_id)
    outcome.published_at = now
    finish_act(in_hand, now=now, details={"outcome_digest": outcome.digest})
    db.session.add_all(
        PublishedFile(
            election_id=election_id,
            name=file.name,
            media_type=file.media_type,
            content=file.content,
        )
        for file in published_files(election_id)
    )
    db.session.flush()


def _card(typed: str) -> KeyCard:
    try:
        return read_card(typed)
    except MistypedError:
        raise InputRefusedError(Reason.CARD_MISTYPED) from None


def _tally_secret(running: RunningElection, cards: Sequence[KeyCard]) -> bytes:
    pairs = queries.wrapped_pairs(running.id, KeyName.TALLY)
    is_pair = len(cards) == 2 and all(card.role is KeyName.TALLY for card in cards)
    if not is_pair or len({card.number for card in cards}) != 2:
        raise UnknownError(Reason.CARD_PAIR_UNKNOWN)
    try:
        secret = unwrap(pairs, cards, election_id=running.id, salt=running.opening.salt)
    except CardPairError:
        raise NotPermittedError(Reason.CARD_PAIR_WRONG) from None
    expected = running.opening.tally_public or b""
    if not hmac.compare_digest(sealing_public(secret), expected):
        raise IntegrityRefusedError(Reason.CARD_PAIR_WRONG)
    return secret


def _require_sound_box(running: RunningElection) -> None:
    """:raises IntegrityRefusedError: ``key_list_altered``, ``box_altered``, ``journal_altered``."""
    broken = journal.verify_chain(running.id)
    if broken is not None:
        raise IntegrityRefusedError(Reason.JOURNAL_ALTERED, position=broken)
    stored = queries.opening_record(running.id)
    issued = stored.issued_keys if stored else b""
    if opening.key_list_digest(issued) != running.opening.issued_digest:
        raise IntegrityRefusedError(Reason.KEY_LIST_ALTERED)
    rows = box_queries.closed_box(running.id)
    faults = list(find_faults(rows, opening.issued_keys(issued), running.opening))
    if faults or box_queries.closed_box_digest(running.id) != _stated_box_digest(running.id):
        named = [fault.as_record() for fault in faults[:_MOST_NAMED]]
        raise IntegrityRefusedError(Reason.BOX_ALTERED, named=named, count=len(faults))


def _stated_box_digest(election_id: int) -> str | None:
    """The digest stated at the close, from the journal."""
    stated = [
        record.details["box_digest"]
        for record in journal.records(election_id)
        if record.act == Act.CLOSE.value
    ]
    return stated[-1] if stated else None


def _checked_totals(
    election_id: int, totals: Mapping[str, int], issued: int, *, is_motion: bool
) -> dict[str, int]:
    if is_motion:
        known = ["for", "against", "abstain"]
    else:
        known = [option.reference for option in queries.options(election_id)]
    checked = {name: totals.get(name, 0) for name in known}
    cast = sum(checked.values()) if is_motion else max(checked.values(), default=0)
    is_possible = (
        set(totals) <= set(known) and min(checked.values(), default=0) >= 0 and cast <= issued
    )
    if not is_possible:
        raise InputRefusedError(Reason.TOTALS_IMPOSSIBLE, issued=issued, counted=cast)
    return checked


def _agreed_totals(election_id: int) -> tuple[TellerTotals, list[int]]:
    rows = list(
        db.session.scalars(
            select(TellerTotals)
            .where(TellerTotals.election_id == election_id)
            .order_by(TellerTotals.teller)
        )
    )
    if len(rows) < 2:
        raise StateRefusedError(Reason.TELLERS_MISSING, recorded=len(rows))
    differences = {
        name: [row.totals[name] for row in rows]
        for name in rows[0].totals
        if len({row.totals[name] for row in rows}) > 1
    }
    if len({row.issued for row in rows}) > 1:
        differences["issued"] = [row.issued for row in rows]
    if differences:
        raise StateRefusedError(Reason.TELLERS_DISAGREE, differences=differences)
    return rows[0], [row.teller for row in rows]


def _store_ballots(election_id: int, tally: Tally) -> None:
    db.session.add_all(
        CountedBallot(
            election_id=election_id, position=position, content=ballot.content(), ballots=count
        )
        for position, (ballot, count) in enumerate(tally.ballots, start=1)
    )


def _store_outcome(running: RunningElection, votes: Votes, now: datetime) -> str:
    seed = opening.draw_seed(running.pepper)
    if opening.draw_commitment(seed) != running.opening.draw_commitment:
        raise IntegrityRefusedError(Reason.OPENING_RECORD_ALTERED)
    try:
        record, digest = outcome_of(running, votes, seed)
    except CountingDisagreementError:
        raise IntegrityRefusedError(Reason.COUNTERS_DISAGREE) from None
    db.session.add(
        CountedOutcome(
            election_id=running.id, record=record, digest=digest, counted_at=now, published_at=None
        )
    )
    return digest
