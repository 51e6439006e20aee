"""How the polling commission acts: right person, second member, right state, then the record.

Owns the two halves of every act, the writing of an election's state, and nothing else writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from database import database_now, db
from voting import journal
from voting.elections import queries
from voting.elections.models import Consent, Election, PublishedHead
from voting.errors import NotPermittedError, Reason, StateRefusedError, UnknownError
from voting.locks import lock_box
from voting.states import Act, Closing, ElectionState, Facts, next_state

_STOPS_CASTING = (Act.CLOSE, Act.SUSPEND, Act.ANNUL)


@dataclass(frozen=True)
class ActInHand:
    """An act that may go ahead: checked, locked, not yet written."""

    election: Election
    act: Act
    actor: int | None
    members: tuple[int, ...]
    target: ElectionState
    reason: str


def begin_act(
    *, election_id: int, act: Act, actor: int | None, reason: str = "", has_two: bool = False
) -> ActInHand:
    """Lock the election and check who, when and in which state.

    :param actor: a member, or ``None`` for the schedule (closing at the published time) and for a
        suspension by the system itself.
    :param has_two: two members have shown themselves in the act's own way, such as two tellers.
    :raises NotPermittedError: ``not_a_member``, ``second_member_needed``.
    :raises StateRefusedError: when the state or a guard refuses.
    """
    if act in _STOPS_CASTING:
        lock_box(election_id)
    election = locked_election(election_id)
    if actor is not None:
        require_member(election_id, actor)
    facts = _facts(election, reason)
    target = next_state(election.state, act, facts)
    if isinstance(target, Reason):
        raise StateRefusedError(
            target, act=act.value, state=election.state.value, closes_at=election.closes_at
        )
    members = () if has_two or _is_due(act, facts) else _two_members(election_id, act, actor)
    return ActInHand(election, act, actor, members, target, reason)


def finish_act(in_hand: ActInHand, *, now: datetime, details: Mapping[str, Any]) -> None:
    """Write the new state, the journal record and the published head; use up the consents."""
    election = in_hand.election
    election.resumes_to = (
        election.state.value if in_hand.target is ElectionState.SUSPENDED else None
    )
    election.state = in_hand.target
    record = journal.append(
        election_id=election.id,
        act=in_hand.act.value,
        actor=in_hand.actor,
        now=now,
        details={**details, "state": election.state.value, "members": list(in_hand.members)},
        personal={"reason": in_hand.reason} if in_hand.reason else None,
    )
    election.version = record.digest
    db.session.add(
        PublishedHead(
            election_id=election.id,
            position=record.position,
            state=election.state.value,
            digest=record.digest,
            recorded_at=now,
        )
    )
    db.session.execute(delete(Consent).where(Consent.election_id == election.id))
    db.session.flush()


def locked_election(election_id: int) -> Election:
    """The election, read anew and locked against other acts. Does not hold up casting."""
    election = db.session.scalars(
        select(Election)
        .where(Election.id == election_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if election is None:
        raise UnknownError(Reason.ELECTION_UNKNOWN)
    return election


def require_member(election_id: int, person_id: int) -> None:
    """:raises NotPermittedError: ``not_a_member``."""
    if person_id not in queries.commission(election_id):
        raise NotPermittedError(Reason.NOT_A_MEMBER)


def second_member(election_id: int, act: Act, actor: int) -> int:
    """Another member who consented to this act on the election as it is now.

    :raises NotPermittedError: ``second_member_needed``.
    """
    for consent in queries.consents(election_id):
        if consent.act is act and consent.person_id != actor:
            return consent.person_id
    raise NotPermittedError(Reason.SECOND_MEMBER_NEEDED, act=act.value)


def use_up_consents(election_id: int, act: Act) -> None:
    """Forget the consents to an act that was carried out and changed no state."""
    db.session.execute(
        delete(Consent).where(Consent.election_id == election_id, Consent.act == act)
    )


def _two_members(election_id: int, act: Act, actor: int | None) -> tuple[int, ...]:
    if actor is not None:
        return actor, second_member(election_id, act, actor)
    if act is Act.SUSPEND:
        return ()
    raise NotPermittedError(Reason.SECOND_MEMBER_NEEDED, act=act.value)


def _facts(election: Election, reason: str) -> Facts:
    return Facts(
        now=database_now(),
        opens_at=election.opens_at,
        closes_at=election.closes_at,
        closing=Closing(election.closing),
        reason=reason,
        resumes_to=ElectionState(election.resumes_to) if election.resumes_to else None,
    )


def _is_due(act: Act, facts: Facts) -> bool:
    """Closing at the published time carries out what two members decided at preparation."""
    return act is Act.CLOSE and facts.now >= facts.closes_at
