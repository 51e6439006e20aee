"""Reads of elections, their commission and what was frozen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.dialects.postgresql import array

from database import db
from voting.elections.kinds import CODE_CHANNELS
from voting.elections.models import (
    CommissionMember,
    Consent,
    Election,
    OpeningRecord,
    Option,
    PublishedHead,
    WrappedKey,
)
from voting.errors import IntegrityRefusedError, Reason, UnknownError, VotingError
from voting.key_cards import KeyName, Pair
from voting.opening import Opening, verified
from voting.peppers import Pepper, PepperStore
from voting.states import ElectionState


@dataclass(frozen=True)
class RunningElection:
    """An election whose opening record was verified, with what casting and counting need."""

    id: int
    area_id: int
    state: ElectionState
    closed_at: datetime | None
    box_digest: str | None
    opening: Opening
    pepper: Pepper

    @property
    def ends_at(self) -> datetime:
        """When voting ended, or will end."""
        return self.closed_at or self.opening.paper.closes_at


_verified: dict[tuple[int, str, str], Opening] = {}
_MOST_REMEMBERED = 1000


def get_election(election_id: int) -> Election:
    """The election.

    :raises UnknownError: ``election_unknown``.
    """
    election = db.session.get(Election, election_id)
    if election is None:
        raise UnknownError(Reason.ELECTION_UNKNOWN)
    return election


def options(election_id: int) -> list[Option]:
    """What is on the ballot, by number."""
    return list(
        db.session.scalars(
            select(Option).where(Option.election_id == election_id).order_by(Option.number)
        )
    )


def commission(election_id: int) -> list[int]:
    """The people on the polling commission."""
    return list(
        db.session.scalars(
            select(CommissionMember.person_id)
            .where(CommissionMember.election_id == election_id)
            .order_by(CommissionMember.person_id)
        )
    )


def elections_of_member(person_id: int) -> list[Election]:
    """Elections on whose commission this person sits, newest closing first."""
    return list(
        db.session.scalars(
            select(Election)
            .join(CommissionMember, CommissionMember.election_id == Election.id)
            .where(CommissionMember.person_id == person_id)
            .order_by(Election.closes_at.desc(), Election.id.desc())
        )
    )


def elections_of_area(area_ids: Collection[int]) -> list[Election]:
    """Elections of these areas, newest closing first."""
    return list(
        db.session.scalars(
            select(Election)
            .where(Election.area_id.in_(area_ids))
            .order_by(Election.closes_at.desc(), Election.id.desc())
        )
    )


def elections_of_municipality(municipality_id: int) -> list[Election]:
    """Elections of one municipality, newest closing first."""
    return list(
        db.session.scalars(
            select(Election)
            .where(Election.municipality_id == municipality_id)
            .order_by(Election.closes_at.desc(), Election.id.desc())
        )
    )


def open_by_code(municipality_id: int, now: datetime, *, limit: int) -> list[Election]:
    """Elections of one municipality in which a code can be used now, next closing first."""
    has_codes = Election.channels.has_any(array([channel.value for channel in CODE_CHANNELS]))
    return list(
        db.session.scalars(
            select(Election)
            .where(
                Election.municipality_id == municipality_id,
                Election.state == ElectionState.OPEN,
                Election.opens_at <= now,
                Election.closes_at > now,
                has_codes,
            )
            .order_by(Election.closes_at, Election.id)
            .limit(limit)
        )
    )


def due_elections(now: datetime) -> list[int]:
    """Open elections whose published closing time has come."""
    return list(
        db.session.scalars(
            select(Election.id)
            .where(Election.state == ElectionState.OPEN, Election.closes_at <= now)
            .order_by(Election.closes_at, Election.id)
        )
    )


def consents(election_id: int) -> list[Consent]:
    """Consents that still hold: given by a member for the election as it is now."""
    return list(
        db.session.scalars(
            select(Consent)
            .join(Election, Election.id == Consent.election_id)
            .join(
                CommissionMember,
                (CommissionMember.election_id == Consent.election_id)
                & (CommissionMember.person_id == Consent.person_id),
            )
            .where(Consent.election_id == election_id, Consent.version == Election.version)
            .order_by(Consent.given_at, Consent.person_id)
        )
    )


def published_heads(election_id: int) -> list[PublishedHead]:
    """The journal's head at every change of state, oldest first."""
    return list(
        db.session.scalars(
            select(PublishedHead)
            .where(PublishedHead.election_id == election_id)
            .order_by(PublishedHead.position)
        )
    )


def opening_record(election_id: int) -> OpeningRecord | None:
    """What was frozen at preparation, as it is stored (unchecked)."""
    return db.session.get(OpeningRecord, election_id)


def running_election(election_id: int, peppers: PepperStore) -> RunningElection:
    """An election with its verified opening record.

    :raises IntegrityRefusedError: ``opening_record_altered`` or ``pepper_missing``.
    """
    for election, digest in _with_digest(Election.id == election_id):
        return _running(election, digest, peppers)
    raise UnknownError(Reason.ELECTION_UNKNOWN)


def elections_with_codes(
    peppers: PepperStore,
) -> tuple[list[RunningElection], list[VotingError]]:
    """Every election that issued codes, and what is wrong with open ones that fail the check."""
    sound: list[RunningElection] = []
    faults: list[VotingError] = []
    for election, digest in _with_digest(Election.pepper_name.is_not(None)):
        if not CODE_CHANNELS.intersection(election.channels):
            continue
        try:
            sound.append(_running(election, digest, peppers))
        except IntegrityRefusedError as fault:
            if election.state is ElectionState.OPEN:
                faults.append(fault)
    return sound, faults


def wrapped_pairs(election_id: int, key_name: KeyName) -> dict[Pair, bytes]:
    """A key as it is wrapped, by pair of card numbers."""
    rows = db.session.scalars(
        select(WrappedKey).where(
            WrappedKey.election_id == election_id, WrappedKey.key_name == key_name
        )
    )
    return {(row.first_card, row.second_card): bytes(row.wrapped) for row in rows}


def _with_digest(condition: ColumnElement[bool]) -> list[tuple[Election, str | None]]:
    """Elections with the digest of their stored opening record, by id."""
    rows = db.session.execute(
        select(Election, OpeningRecord.digest)
        .outerjoin(OpeningRecord, OpeningRecord.election_id == Election.id)
        .where(condition)
        .order_by(Election.id)
    )
    return [(row[0], row[1]) for row in rows]


def _running(election: Election, digest: str | None, peppers: PepperStore) -> RunningElection:
    if digest is None or digest != election.opening_digest or election.pepper_name is None:
        raise IntegrityRefusedError(Reason.OPENING_RECORD_ALTERED, election=election.id)
    pepper = peppers.read(election.pepper_name)
    remembered = (election.id, digest, election.pepper_name)
    if remembered not in _verified:
        if len(_verified) >= _MOST_REMEMBERED:
            _verified.clear()
        _verified[remembered] = _verify(election.id, pepper)
    return RunningElection(
        id=election.id,
        area_id=election.area_id,
        state=election.state,
        closed_at=election.closed_at,
        box_digest=election.box_digest,
        opening=_verified[remembered],
        pepper=pepper,
    )


def _verify(election_id: int, pepper: Pepper) -> Opening:
    stored = db.session.get_one(OpeningRecord, election_id, populate_existing=True)
    return verified(
        stored.record,
        election_id=election_id,
        digest=stored.digest,
        signature=stored.signature,
        pepper=pepper,
    )
