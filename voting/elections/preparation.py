"""Preparing an election: freeze, draw codes, make keys and cards, sign the opening record.

Owns the act of preparation. Codes and key cards leave once, in the value it returns, and are kept
nowhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, text

from database import db
from voting import codes, opening
from voting.ballots import BallotPaper, PaperOption, longest_ballot
from voting.box.services import issue_keys
from voting.elections import queries
from voting.elections.acts import begin_act, finish_act
from voting.elections.kinds import CODE_CHANNELS, BallotFormat, Channel
from voting.elections.models import Election, OpeningRecord, WrappedKey
from voting.eligibility import EligibilityRules, RollPerson, RollReport, check_roll
from voting.errors import InputRefusedError, Reason
from voting.key_cards import (
    KeyCard,
    KeyName,
    new_cards,
    registry_signing_key,
    sealing_public,
    wrap,
)
from voting.peppers import Pepper, PepperStore
from voting.roll.services import replace_roll
from voting.sealing import ballot_key, padded_length
from voting.states import Act

LEAST_TALLY_CARDS = 3
REGISTRY_CARDS = 2
_SALT_BYTES = 32


@dataclass(frozen=True)
class Letter:
    """One letter to print: whom, where, in which language, and the code."""

    name: str
    address: str
    language: str
    protected: bool
    code: str = field(repr=False)


@dataclass(frozen=True)
class Preparation:
    """What leaves the system once: cards to hand out, codes to print."""

    opening_digest: str
    verify_key: str
    cards: tuple[KeyCard, ...]
    letters: tuple[Letter, ...] = field(repr=False)
    slips: tuple[str, ...] = field(repr=False)
    report: RollReport = field(repr=False)


@dataclass(frozen=True)
class _Keys:
    """Public halves, and the cards that open the private ones."""

    tally_public: bytes | None
    registry_public: bytes | None
    registry_verify: bytes | None
    cards: tuple[KeyCard, ...]


@dataclass(frozen=True)
class _Size:
    """How many codes of each kind are drawn, and how many cards open the tally key."""

    letters: int
    slips: int
    tally_cards: int


@dataclass(frozen=True)
class _Secrets:
    salt: bytes = field(repr=False)
    pepper: Pepper


def prepare_election(
    *,
    actor: int,
    election_id: int,
    roll: Sequence[RollPerson],
    slips: int = 0,
    tally_cards: int = LEAST_TALLY_CARDS,
    peppers: PepperStore,
    now: datetime,
) -> Preparation:
    """Freeze the election and make everything that opening needs.

    May be repeated until opening; codes and cards of the time before are then worthless.

    :param slips: number of unnamed slips in the pile.
    :raises InputRefusedError: ``nobody_can_vote``, ``too_few_cards``.
    """
    in_hand = begin_act(election_id=election_id, act=Act.PREPARE, actor=actor)
    election = in_hand.election
    report = check_roll(roll, _rules(election))
    size = _size(election, report, slips, tally_cards)
    election.pepper_name, pepper = peppers.create()
    made = _Secrets(secrets.token_bytes(_SALT_BYTES), pepper)
    keys = _make_keys(election.id, made.salt, size)
    drawn = _draw_codes(size.letters + size.slips)
    issued = _issue(election.id, report, drawn, keys, made)
    digest = _freeze(election, keys, made, issued, size)
    finish_act(
        in_hand,
        now=now,
        details={"opening_digest": digest, "letters": size.letters, "slips": size.slips},
    )
    return Preparation(
        opening_digest=digest,
        verify_key=opening.verify_key(pepper).hex(),
        cards=keys.cards,
        letters=_letters(report, drawn[: size.letters]),
        slips=tuple(codes.grouped(code) for code in drawn[size.letters :]),
        report=report,
    )


def _size(election: Election, report: RollReport, slips: int, tally_cards: int) -> _Size:
    if not CODE_CHANNELS.intersection(election.channels):
        return _Size(letters=0, slips=0, tally_cards=0)
    size = _Size(
        letters=len(report.accepted) if Channel.LETTERS in election.channels else 0,
        slips=slips if Channel.SLIPS in election.channels else 0,
        tally_cards=tally_cards,
    )
    if size.letters + size.slips <= 0:
        raise InputRefusedError(Reason.NOBODY_CAN_VOTE)
    if tally_cards < LEAST_TALLY_CARDS:
        raise InputRefusedError(Reason.TOO_FEW_CARDS, least=LEAST_TALLY_CARDS)
    return size


def _issue(
    election_id: int,
    report: RollReport,
    drawn: Sequence[str],
    keys: _Keys,
    made: _Secrets,
) -> bytes:
    """Make box and roll; returns the key list."""
    publics = [ballot_key(code, salt=made.salt, pepper=made.pepper).public for code in drawn]
    letter_count = len(report.accepted) if keys.registry_public else 0
    replace_roll(
        election_id=election_id,
        people=report.accepted,
        public_keys=publics[:letter_count],
        registry_public=keys.registry_public,
    )
    return issue_keys(election_id=election_id, public_keys=publics)


def _rules(election: Election) -> EligibilityRules:
    day = election.reference_date or election.opens_at.astimezone(UTC).date()
    return EligibilityRules(reference_date=day, minimum_age=election.minimum_age)


def _draw_codes(count: int) -> list[str]:
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add(codes.new_code())
    shuffled = sorted(drawn)
    secrets.SystemRandom().shuffle(shuffled)
    return shuffled


def _letters(report: RollReport, drawn: Sequence[str]) -> tuple[Letter, ...]:
    if not drawn:
        return ()
    return tuple(
        Letter(person.name, person.address, person.language, person.protected, codes.grouped(code))
        for person, code in zip(report.accepted, drawn, strict=True)
    )


def _make_keys(election_id: int, salt: bytes, size: _Size) -> _Keys:
    db.session.execute(delete(WrappedKey).where(WrappedKey.election_id == election_id))
    if not size.tally_cards:
        return _Keys(None, None, None, ())
    tally, cards = _make_key(election_id, salt, KeyName.TALLY, size.tally_cards)
    if not size.letters:
        return _Keys(sealing_public(tally), None, None, cards)
    registry, more = _make_key(election_id, salt, KeyName.REGISTRY, REGISTRY_CARDS)
    return _Keys(
        tally_public=sealing_public(tally),
        registry_public=sealing_public(registry),
        registry_verify=bytes(registry_signing_key(registry).verify_key),
        cards=(*cards, *more),
    )


def _make_key(
    election_id: int, salt: bytes, name: KeyName, count: int
) -> tuple[bytes, tuple[KeyCard, ...]]:
    secret = secrets.token_bytes(32)
    cards = new_cards(name, count)
    db.session.add_all(
        WrappedKey(
            election_id=election_id,
            key_name=name,
            first_card=first,
            second_card=second,
            wrapped=wrapped,
        )
        for (first, second), wrapped in wrap(
            secret, cards, election_id=election_id, salt=salt
        ).items()
    )
    return secret, cards


def _freeze(election: Election, keys: _Keys, made: _Secrets, issued: bytes, size: _Size) -> str:
    """Write and sign the opening record; returns its digest."""
    record = {
        **_election_record(election, made.pepper),
        "salt": made.salt.hex(),
        "issued": {
            "keys": size.letters + size.slips,
            "letters": size.letters,
            "slips": size.slips,
            "digest": opening.key_list_digest(issued),
        },
        "keys": {
            "tally": _hex(keys.tally_public),
            "registry": _hex(keys.registry_public),
            "registry_verify": _hex(keys.registry_verify),
        },
        "software": opening.software_version(),
        "database": _database_identity(),
    }
    digest, signature = opening.sign_record(record, made.pepper)
    db.session.merge(
        OpeningRecord(
            election_id=election.id,
            record=record,
            digest=digest,
            signature=signature,
            issued_keys=issued,
        )
    )
    election.opening_digest = digest
    return digest


def _election_record(election: Election, pepper: Pepper) -> dict[str, Any]:
    paper = _paper(election)
    return {
        "version": opening.VERSION,
        "election": election.id,
        "area": election.area_id,
        "municipality": election.municipality_id,
        "channels": list(election.channels),
        "closing": election.closing.value,
        "publication": election.publication.value,
        "paper": opening.paper_record(paper),
        "ballot_bytes": padded_length(longest_ballot(paper)),
        "counting": _counting_record(election, pepper),
    }


def _paper(election: Election) -> BallotPaper:
    is_knapsack = election.ballot_format is BallotFormat.KNAPSACK
    limit = election.max_cost_cents or (election.budget_cents if is_knapsack else None)
    return BallotPaper(
        title=election.title,
        kind=election.kind.value,
        ballot_format=election.ballot_format.value,
        options=tuple(
            PaperOption(
                option.number, option.reference, option.title, option.summary, option.cost_cents
            )
            for option in queries.options(election.id)
        ),
        budget_cents=election.budget_cents,
        min_choices=election.min_choices,
        max_choices=election.max_choices,
        max_cost_cents=limit,
        language=election.language,
        opens_at=election.opens_at,
        closes_at=election.closes_at,
    )


def _counting_record(election: Election, pepper: Pepper) -> dict[str, Any]:
    return {
        "rule": election.rule.value,
        "utility": election.utility.value if election.utility else None,
        "leave_out_unsupported": election.leave_out_unsupported,
        "majority": election.majority.value if election.majority else None,
        "quorum": election.quorum,
        "tie_criteria": list(election.tie_criteria),
        "draw_commitment": opening.draw_commitment(opening.draw_seed(pepper)),
    }


def _database_identity() -> dict[str, str]:
    """Which database this is, so that a restored or copied one is noticed."""
    identifier, timeline = db.session.execute(
        text(
            "SELECT (SELECT system_identifier::text FROM pg_control_system()),"
            " (SELECT timeline_id::text FROM pg_control_checkpoint())"
        )
    ).one()
    return {"system_identifier": identifier, "timeline": timeline}


def _hex(key: bytes | None) -> str | None:
    return None if key is None else key.hex()
