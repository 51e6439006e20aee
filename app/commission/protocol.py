"""What an election's protocol prints: what was frozen, what was found, the seals of each stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.peppers import peppers
from app.session import current_actor
from voting import journal
from voting.box.queries import Turnout, turnout
from voting.elections import queries as elections
from voting.elections.models import Election, Option, PublishedHead
from voting.errors import IntegrityRefusedError
from voting.opening import verify_key
from voting.results import queries as results
from voting.results.queries import Result
from voting.roll.queries import roll_size


@dataclass(frozen=True)
class Protocol:
    """The protocol at this moment. ``result`` is there from the count on."""

    options: Sequence[Option]
    roll: int
    turnout: Turnout
    letters: int
    slips: int
    verify_key: str
    heads: Sequence[PublishedHead]
    journal_head: str
    broken: int | None
    result: Result | None


def protocol_of(election: Election) -> Protocol:
    """Collect what the protocol prints."""
    opening = elections.opening_record(election.id)
    issued = opening.record["issued"] if opening else {"letters": 0, "slips": 0}
    result = results.published_result(election.id) or results.counted_result(
        election.id, viewer=current_actor().person_id or 0
    )
    return Protocol(
        options=elections.options(election.id),
        roll=roll_size(election.id),
        turnout=turnout(election.id),
        letters=issued["letters"],
        slips=issued["slips"],
        verify_key=_verify_key(election),
        heads=elections.published_heads(election.id),
        journal_head=journal.head(election.id),
        broken=journal.verify_chain(election.id),
        result=result,
    )


def _verify_key(election: Election) -> str:
    if election.pepper_name is None:
        return ""
    try:
        return verify_key(peppers().read(election.pepper_name)).hex()
    except IntegrityRefusedError:
        return ""
