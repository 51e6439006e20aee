"""A second, plain counter. It is slow on purpose and shares no code with the fast rules.

Every official count must agree with it, so that one mistake in one program cannot decide an
election. It reads each definition literally, with ``Fraction`` and one project at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from voting.counting.model import Ballots, Election, Project


@dataclass(frozen=True)
class _Stated:
    """What was stated before the vote and matters to the order of projects."""

    utility: str
    criteria: Sequence[str]
    seed: bytes
    box_digest: str


def greedy_winners(
    election: Election,
    ballots: Ballots,
    *,
    utility: str,
    leave_out_unsupported: bool,
    criteria: Sequence[str],
    seed: bytes = b"",
    box_digest: str = "",
) -> tuple[str, ...]:
    """Winners of the greedy rule in order of selection.

    :param utility: ``cost`` or ``cardinality``.
    :param criteria: names of the tie criteria in their stated order.
    """
    stated = _Stated(utility, criteria, seed, box_digest)
    votes = {project.id: _votes(project, ballots) for project in election.projects}
    waiting = list(election.projects)
    left = Fraction(election.budget)
    winners: list[str] = []
    while waiting:
        best = waiting[0]
        for rival in waiting[1:]:
            if _goes_before(rival, best, votes, stated):
                best = rival
        waiting.remove(best)
        wanted = votes[best.id] > 0 or not leave_out_unsupported
        if wanted and Fraction(best.cost) <= left:
            winners.append(best.id)
            left -= Fraction(best.cost)
    return tuple(winners)


def _goes_before(one: Project, other: Project, votes: Mapping[str, int], stated: _Stated) -> bool:
    rate, other_rate = _rate(one, votes, stated.utility), _rate(other, votes, stated.utility)
    if rate != other_rate:
        return rate > other_rate
    for criterion in stated.criteria:
        if criterion == "cheaper" and one.cost != other.cost:
            return one.cost < other.cost
        if criterion == "more_votes" and votes[one.id] != votes[other.id]:
            return votes[one.id] > votes[other.id]
        if criterion == "draw":
            return _draw(one.id, stated) < _draw(other.id, stated)
        if criterion == "lexico":
            return one.id < other.id
    raise ValueError("the stated criteria do not tell these projects apart")


def _votes(project: Project, ballots: Ballots) -> int:
    return sum(weight for approved, weight in ballots.groups.items() if project.id in approved)


def _rate(project: Project, votes: Mapping[str, int], utility: str) -> tuple[bool, Fraction]:
    """Total utility per unit of cost. A free project that somebody wants goes before all."""
    support = Fraction(votes[project.id])
    if utility == "cost":
        return False, support
    if project.cost == 0:
        return support > 0, Fraction(0)
    return False, support / Fraction(project.cost)


def _draw(project_id: str, stated: _Stated) -> str:
    text = "\x00".join(["buurtbeslist/draw/1", stated.seed.hex(), stated.box_digest, project_id])
    return hashlib.sha256(text.encode()).hexdigest()


def motion_adopted(
    *, in_favour: int, against: int, abstain: int, majority: str, quorum: int | None
) -> bool:
    """Whether a motion carries, by the definitions in ``motion``."""
    cast = in_favour + against + abstain
    if cast == 0 or (quorum is not None and cast < quorum):
        return False
    if majority == "simple":
        return in_favour > against
    share = Fraction(in_favour, cast)
    if majority == "absolute":
        return share > Fraction(1, 2)
    if majority == "two_thirds":
        return share >= Fraction(2, 3)
    raise ValueError(f"no such majority: {majority}")
