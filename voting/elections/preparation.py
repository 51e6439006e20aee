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
    has_letters = Channel.LETTERS in election.channels
    has_codes = bool(CODE_CHANNELS.intersection(election.channels))
    report = check_roll(roll, _rules(election))
    letter_count = len(report.accepted) if has_letters else 0
    slip_count = slips if Channel.SLIPS in election.channels else 0
    if has_codes and letter_count + slip_count == 0:
        raise InputRefusedError(Reason.NOBODY_CAN_VOTE)
    if has_codes and tally_cards < LEAST_TALLY_CARDS:
        raise InputRefusedError(Reason.TOO_FEW_CARDS, least=LEAST_TALLY_CARDS)
    election.pepper_name, pepper = peppers.create()
    made = _Secrets(secrets.token_bytes(_SALT_BYTES), pepper)
    keys = _make_keys(election, made.salt, tally_cards if has_codes else 0, has_letters=has_letters)
    drawn = _draw_codes(letter_count + slip_count)
    publics = [ballot_key(code, salt=made.salt, pepper=pepper).public for code in drawn]
    issued = issue_keys(election_id=election_id, public_keys=publics)
    replace_roll(
        election_id=election_id,
        people=report.accepted,
        public_keys=publics[:letter_count],
        registry_public=keys.registry_public,
    )
    digest = _freeze(election, keys, made, issued, letters=letter_count, slips=slip_count)
    finish_act(
        in_hand,
        now=now,
        details={"opening_digest": digest, "letters": letter_count, "slips": slip_count},
    )
    return Preparation(
        opening_digest=digest,
        verify_key=opening.verify_key(pepper).hex(),
        cards=keys.cards,
        letters=_letters(report, drawn[:letter_count]),
        slips=tuple(codes.grouped(code) for code in drawn[letter_count:]),
        report=report,
    )


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


def _make_keys(election: Election, salt: bytes, tally_cards: int, *, has_letters: bool) -> _Keys:
    db.session.execute(delete(WrappedKey).where(WrappedKey.election_id == election.id))
    if not tally_cards:
        return _Keys(None, None, None, ())
    tally, cards = _make_key(election.id, salt, KeyName.TALLY, tally_cards)
    if not has_letters:
        return _Keys(sealing_public(tally), None, None, cards)
    registry, more = _make_key(election.id, salt, KeyName.REGISTRY, REGISTRY_CARDS)
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


def _freeze(
    election: Election, keys: _Keys, made: _Secrets, issued: bytes, *, letters: int, slips: int
) -> str:
    paper = _paper(election)
    record: dict[str, Any] = {
        "version": opening.VERSION,
        "election": election.id,
        "area": election.area_id,
        "municipality": election.municipality_id,
        "channels": list(election.channels),
        "closing": election.closing.value,
        "publication": election.publication.value,
        "paper": opening.paper_record(paper),
        "ballot_bytes": padded_length(longest_ballot(paper)),
        "salt": made.salt.hex(),
        "counting": _counting_record(election, made.pepper),
        "issued": {
            "keys": letters + slips,
            "letters": letters,
            "slips": slips,
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
