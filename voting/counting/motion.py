"""A motion: for, against or abstain.

Definitions:

- ``simple``: more ballots for than against; abstentions count for neither.
- ``absolute``: more than half of all ballots cast are for, abstentions included in the whole.
- ``two_thirds``: at least two thirds of all ballots cast are for, abstentions included.
- quorum: at least so many ballots must have been cast, else the motion is not adopted.

A tie is not a majority. Source: the usual standing orders of municipal councils; the town states
which majority holds before the vote.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from voting.counting.model import Majority, MotionChoice


class MotionReason(StrEnum):
    """Why a motion was adopted or not."""

    ADOPTED = "adopted"
    NOT_ENOUGH_FOR = "not_enough_for"
    QUORUM_MISSED = "quorum_missed"
    NO_VOTES = "no_votes"


@dataclass(frozen=True)
class MotionRule:
    """What carries the motion. ``quorum`` is a number of ballots cast, ``None`` for none."""

    majority: Majority = Majority.SIMPLE
    quorum: int | None = None


@dataclass(frozen=True)
class MotionOutcome:
    """Totals in ballots and what follows from them."""

    in_favour: int
    against: int
    abstain: int
    reason: MotionReason

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstain

    @property
    def adopted(self) -> bool:
        return self.reason is MotionReason.ADOPTED


def decide_motion(totals: Mapping[MotionChoice, int], rule: MotionRule) -> MotionOutcome:
    """Apply the rule to totals in ballots; an absent choice counts as zero."""
    in_favour = totals.get(MotionChoice.FOR, 0)
    against = totals.get(MotionChoice.AGAINST, 0)
    abstain = totals.get(MotionChoice.ABSTAIN, 0)
    cast = in_favour + against + abstain
    if cast == 0:
        reason = MotionReason.NO_VOTES
    elif rule.quorum is not None and cast < rule.quorum:
        reason = MotionReason.QUORUM_MISSED
    elif _carries(rule.majority, in_favour, against, cast):
        reason = MotionReason.ADOPTED
    else:
        reason = MotionReason.NOT_ENOUGH_FOR
    return MotionOutcome(in_favour, against, abstain, reason)


def _carries(majority: Majority, in_favour: int, against: int, cast: int) -> bool:
    match majority:
        case Majority.SIMPLE:
            return in_favour > against
        case Majority.ABSOLUTE:
            return 2 * in_favour > cast
        case Majority.TWO_THIRDS:
            return 3 * in_favour >= 2 * cast
