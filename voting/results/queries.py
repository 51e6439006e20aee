"""Reads of counted and published results.

Nobody sees a total before the count; before publication only the commission asks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from database import db
from voting.box.queries import counted_receipts
from voting.elections import queries
from voting.errors import Reason, StateRefusedError, UnknownError
from voting.results.models import CountedBallot, CountedOutcome, PublishedFile, TellerTotals
from voting.states import ElectionState


@dataclass(frozen=True)
class ResultLine:
    """One option and what the rule did with it. ``left_cents`` is the budget after this step."""

    number: int
    reference: str
    title: Mapping[str, str]
    cost_cents: int
    votes: int
    step: int
    left_cents: int
    reason: str


@dataclass(frozen=True)
class TieLine:
    """A tie that was met. ``decisive``: another order would have funded other options."""

    references: tuple[str, ...]
    criterion: str
    order: tuple[str, ...]
    decisive: bool


@dataclass(frozen=True)
class MotionResult:
    """A motion's totals in ballots, and why it was adopted or not."""

    for_: int
    against: int
    abstain: int
    cast: int
    majority: str
    quorum: int | None
    adopted: bool
    reason: str


@dataclass(frozen=True)
class ResultTurnout:
    """Numbers of ballots; ``cast`` is unknown where hands were raised for several options."""

    issued: int
    cast: int | None
    counted: int | None
    blank: int
    invalid: Mapping[str, int]


@dataclass(frozen=True)
class Result:
    """A counted election, ready for a page. ``published_at`` is ``None`` before publication."""

    election_id: int
    area_id: int
    municipality_id: int
    title: Mapping[str, str]
    kind: str
    state: ElectionState
    by_hand: bool
    motion: MotionResult | None
    budget_cents: int | None
    spent_cents: int | None
    winners: tuple[ResultLine, ...]
    losers: tuple[ResultLine, ...]
    ties: tuple[TieLine, ...]
    turnout: ResultTurnout
    rule: str
    utility: str | None
    tie_criteria: tuple[str, ...]
    opening_digest: str
    box_digest: str
    outcome_digest: str
    draw_seed: str
    counted_at: datetime
    published_at: datetime | None
    files: tuple[str, ...]

    @property
    def receipts(self) -> tuple[str, ...]:
        """Receipts of all ballots in the closed box; read only when asked for."""
        return tuple(counted_receipts(self.election_id))

    @property
    def adopted(self) -> bool | None:
        """Whether the motion was adopted; ``None`` where options were voted on."""
        return None if self.motion is None else self.motion.adopted


def published_result(election_id: int) -> Result | None:
    """The result for everybody, or ``None`` while it is not published.

    It stays to be seen when the election is suspended or annulled later; ``state`` says so.
    """
    outcome = db.session.get(CountedOutcome, election_id)
    is_published = outcome is not None and outcome.published_at is not None
    return _result(election_id) if is_published else None


def counted_result(election_id: int, *, viewer: int) -> Result | None:
    """The result for a member of the commission, from the count on."""
    if viewer not in queries.commission(election_id):
        return None
    return _result(election_id) if db.session.get(CountedOutcome, election_id) else None


def outcome_record(election_id: int) -> dict[str, Any]:
    """The exact outcome as JSON values.

    :raises StateRefusedError: before the count.
    """
    outcome = db.session.get(CountedOutcome, election_id)
    if outcome is None:
        raise StateRefusedError(Reason.ACT_NOT_NOW)
    return outcome.record


def counted_ballots(election_id: int) -> list[CountedBallot]:
    """Opened ballots, identical ones together, sorted by content."""
    return list(
        db.session.scalars(
            select(CountedBallot)
            .where(CountedBallot.election_id == election_id)
            .order_by(CountedBallot.position)
        )
    )


def winners(election_id: int) -> tuple[str, ...]:
    """References of the funded options in order, of a published election."""
    result = published_result(election_id)
    return () if result is None else tuple(line.reference for line in result.winners)


def published_file(election_id: int, name: str) -> tuple[str, bytes]:
    """Media type and content of a published file.

    :raises UnknownError: when there is none of that name.
    """
    file = db.session.get(PublishedFile, (election_id, name))
    if file is None:
        raise UnknownError(Reason.ELECTION_UNKNOWN)
    return file.media_type, bytes(file.content)


def teller_totals(election_id: int, *, viewer: int) -> list[TellerTotals]:
    """What tellers wrote down: before the count each sees only their own."""
    query = select(TellerTotals).where(TellerTotals.election_id == election_id)
    if db.session.get(CountedOutcome, election_id) is None:
        query = query.where(TellerTotals.teller == viewer)
    return list(db.session.scalars(query.order_by(TellerTotals.teller)))


def tellers_done(election_id: int) -> list[int]:
    """Who has written totals down; not what."""
    return list(
        db.session.scalars(
            select(TellerTotals.teller)
            .where(TellerTotals.election_id == election_id)
            .order_by(TellerTotals.teller)
        )
    )


def _result(election_id: int) -> Result:
    election = queries.get_election(election_id)
    outcome = db.session.get_one(CountedOutcome, election_id)
    record = outcome.record
    lines = _lines(election_id, record)
    names = db.session.scalars(
        select(PublishedFile.name)
        .where(PublishedFile.election_id == election_id)
        .order_by(PublishedFile.name)
    )
    return Result(
        election_id=election_id,
        area_id=election.area_id,
        municipality_id=election.municipality_id,
        title=election.title,
        kind=election.kind.value,
        state=election.state,
        by_hand=record["by_hand"],
        motion=_motion(record),
        budget_cents=record.get("budget"),
        spent_cents=record.get("spent"),
        winners=tuple(line for line in lines if line.reason == "funded"),
        losers=tuple(line for line in lines if line.reason != "funded"),
        ties=tuple(_tie(tie) for tie in record.get("tied", ())),
        turnout=ResultTurnout(**record["turnout"]),
        rule=record["rule"],
        utility=record.get("utility"),
        tie_criteria=tuple(record.get("tie_criteria", ())),
        opening_digest=record["opening_digest"],
        box_digest=record["box_digest"],
        outcome_digest=outcome.digest,
        draw_seed=record["draw_seed"],
        counted_at=outcome.counted_at,
        published_at=outcome.published_at,
        files=tuple(names),
    )


def _lines(election_id: int, record: Mapping[str, Any]) -> list[ResultLine]:
    by_reference = {option.reference: option for option in queries.options(election_id)}
    return [
        ResultLine(
            number=by_reference[step["project"]].number,
            reference=step["project"],
            title=by_reference[step["project"]].title,
            cost_cents=step["cost"],
            votes=step["votes"],
            step=step["step"],
            left_cents=step["left"],
            reason=step["decision"],
        )
        for step in record.get("steps", ())
    ]


def _tie(tie: Mapping[str, Any]) -> TieLine:
    return TieLine(
        references=tuple(tie["projects"]),
        criterion=tie["criterion"],
        order=tuple(tie["order"]),
        decisive=tie["decisive"],
    )


def _motion(record: Mapping[str, Any]) -> MotionResult | None:
    if record["rule"] != "majority":
        return None
    return MotionResult(
        for_=record["for"],
        against=record["against"],
        abstain=record["abstain"],
        cast=record["cast"],
        majority=record["majority"],
        quorum=record["quorum"],
        adopted=record["adopted"],
        reason=record["reason"],
    )
