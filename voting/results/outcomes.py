"""From ballots to the official outcome, by the rules frozen in the opening record.

Owns the form of an outcome record and its digest. Counting itself is ``voting.counting``'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from voting import chain
from voting.ballots import BallotPaper
from voting.counting.greedy import GreedyOptions
from voting.counting.model import Ballots, Election, Majority, MotionChoice, Project, Utility
from voting.counting.motion import MotionRule
from voting.counting.outcome import count_greedy, count_motion, greedy_record, motion_record
from voting.counting.ties import TieBreak
from voting.elections.queries import RunningElection
from voting.opening import Opening
from voting.results.tallying import Tally


@dataclass(frozen=True)
class Votes:
    """What came out of the box or off the raised hands."""

    is_by_hand: bool
    ballots: Ballots = field(repr=False)
    motion: Mapping[MotionChoice, int]
    turnout: Mapping[str, Any]

    @classmethod
    def from_tally(cls, tally: Tally, paper: BallotPaper, *, issued: int, cast: int) -> Votes:
        """From opened ballots; options are named by reference from here on."""
        groups: Counter[frozenset[str]] = Counter()
        motion: Counter[MotionChoice] = Counter()
        for ballot, count in tally.ballots:
            if ballot.motion is not None:
                motion[ballot.motion] += count
            else:
                chosen = (paper.options[number - 1].reference for number in ballot.numbers)
                groups[frozenset(chosen)] += count
        return cls(
            is_by_hand=False,
            ballots=Ballots(groups),
            motion=motion,
            turnout={
                "issued": issued,
                "cast": cast,
                "counted": tally.valid_count,
                "blank": tally.blank_count,
                "invalid": dict(tally.invalid),
            },
        )

    @classmethod
    def by_hand(cls, totals: Mapping[str, int], issued: int) -> Votes:
        """From tellers' totals. How many took part is known for a motion only."""
        motion = {choice: totals[choice] for choice in MotionChoice if choice in totals}
        cast = sum(motion.values()) if motion else None
        return cls(
            is_by_hand=True,
            ballots=Ballots.from_totals({} if motion else totals),
            motion=motion,
            turnout={"issued": issued, "cast": cast, "counted": cast, "blank": 0, "invalid": {}},
        )


def outcome_of(running: RunningElection, votes: Votes, seed: bytes) -> tuple[dict[str, Any], str]:
    """The outcome record and its digest.

    :param seed: of the public draw, revealed in the record.
    :raises CountingDisagreementError: when rule and reference counter differ.
    """
    opening = running.opening
    ballot_digest = running.box_digest if not votes.is_by_hand else _hand_digest(votes)
    head = {
        "election": running.id,
        "opening_digest": opening.digest,
        "box_digest": ballot_digest,
        "by_hand": votes.is_by_hand,
        "turnout": dict(votes.turnout),
    }
    if opening.paper.is_motion:
        rule = MotionRule(opening.majority or Majority.SIMPLE, opening.quorum)
        body = motion_record(str(running.id), count_motion(votes.motion, rule), rule)
    else:
        body = _options_record(running, votes, seed, ballot_digest or "")
    record = {**body, **head, "draw_seed": seed.hex()}
    return record, chain.digest(record)


def counted_election(opening: Opening) -> Election:
    """The opening record's options as the counting rules take them, costs in cents."""
    return Election(
        budget=opening.paper.budget_cents or 0,
        projects=tuple(
            Project(id=option.reference, cost=option.cost_cents) for option in opening.paper.options
        ),
    )


def _options_record(
    running: RunningElection, votes: Votes, seed: bytes, box_digest: str
) -> dict[str, Any]:
    opening = running.opening
    options = GreedyOptions(
        utility=opening.utility or Utility.COST,
        leave_out_unsupported=opening.leave_out_unsupported,
        tie_break=TieBreak(opening.tie_criteria, seed, box_digest),
    )
    election = counted_election(opening)
    outcome = count_greedy(election, votes.ballots, options)
    return greedy_record(str(running.id), election, outcome, options)


def _hand_digest(votes: Votes) -> str:
    """Stands for the box in a draw: digest of what the tellers counted."""
    return chain.digest(
        {
            "motion": {choice.value: count for choice, count in votes.motion.items()},
            "options": votes.ballots.support(),
            "issued": votes.turnout["issued"],
        }
    )
