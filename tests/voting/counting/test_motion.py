"""Motions: worked examples of every majority."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.counting.model import Majority, MotionChoice
from voting.counting.motion import MotionReason, MotionRule, decide_motion
from voting.counting.outcome import count_motion

TOTAL = st.integers(0, 30)


@pytest.mark.parametrize(
    ("majority", "quorum", "totals", "reason"),
    [
        (Majority.SIMPLE, None, (3, 2, 10), MotionReason.ADOPTED),
        (Majority.SIMPLE, None, (3, 3, 0), MotionReason.NOT_ENOUGH_FOR),
        (Majority.SIMPLE, None, (0, 0, 0), MotionReason.NO_VOTES),
        (Majority.SIMPLE, None, (0, 0, 5), MotionReason.NOT_ENOUGH_FOR),
        (Majority.ABSOLUTE, None, (3, 2, 1), MotionReason.NOT_ENOUGH_FOR),
        (Majority.ABSOLUTE, None, (4, 2, 1), MotionReason.ADOPTED),
        (Majority.TWO_THIRDS, None, (4, 2, 0), MotionReason.ADOPTED),
        (Majority.TWO_THIRDS, None, (4, 2, 1), MotionReason.NOT_ENOUGH_FOR),
        (Majority.SIMPLE, 10, (9, 0, 0), MotionReason.QUORUM_MISSED),
        (Majority.SIMPLE, 10, (9, 0, 1), MotionReason.ADOPTED),
    ],
)
def test_majority_decides(
    majority: Majority, quorum: int | None, totals: tuple[int, int, int], reason: MotionReason
) -> None:
    outcome = count_motion(
        dict(zip(MotionChoice, totals, strict=True)), MotionRule(majority, quorum)
    )

    assert outcome.reason is reason
    assert outcome.adopted == (reason is MotionReason.ADOPTED)


@given(
    totals=st.tuples(TOTAL, TOTAL, TOTAL),
    majority=st.sampled_from(Majority),
    quorum=st.none() | st.integers(1, 40),
)
def test_rule_and_reference_counter_agree_on_motions(
    totals: tuple[int, int, int], majority: Majority, quorum: int | None
) -> None:
    counted = dict(zip(MotionChoice, totals, strict=True))
    rule = MotionRule(majority, quorum)

    assert count_motion(counted, rule) == decide_motion(counted, rule)
