"""Official outcomes: counted twice, and written down exactly.

Owns the comparison of the fast rule with the reference counter and the JSON form of an outcome.
Amounts are integers or ``a/b`` text, never floats.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from voting.counting.greedy import GreedyOptions, GreedyOutcome, greedy
from voting.counting.model import Amount, Ballots, Election, MotionChoice
from voting.counting.motion import MotionOutcome, MotionRule, decide_motion
from voting.counting.reference import greedy_winners, motion_adopted


class CountingDisagreementError(Exception):
    """The rule and its reference counter found different outcomes; nothing may be published."""


def count_greedy(election: Election, ballots: Ballots, options: GreedyOptions) -> GreedyOutcome:
    """Count with the greedy rule and with the reference counter.

    :raises CountingDisagreementError: when they differ.
    """
    outcome = greedy(election, ballots, options)
    reference = greedy_winners(
        election,
        ballots,
        utility=options.utility.value,
        leave_out_unsupported=options.leave_out_unsupported,
        criteria=[criterion.value for criterion in options.tie_break.criteria],
        seed=options.tie_break.seed,
        box_digest=options.tie_break.box_digest,
    )
    if reference != outcome.winners:
        raise CountingDisagreementError(f"{outcome.winners} against {reference}")
    return outcome


def count_motion(totals: Mapping[MotionChoice, int], rule: MotionRule) -> MotionOutcome:
    """Decide a motion with the rule and with the reference counter.

    :raises CountingDisagreementError: when they differ.
    """
    outcome = decide_motion(totals, rule)
    reference = motion_adopted(
        in_favour=outcome.in_favour,
        against=outcome.against,
        abstain=outcome.abstain,
        majority=rule.majority.value,
        quorum=rule.quorum,
    )
    if reference != outcome.adopted:
        raise CountingDisagreementError(f"{outcome.adopted} against {reference}")
    return outcome


def greedy_record(
    instance: str, election: Election, outcome: GreedyOutcome, options: GreedyOptions
) -> dict[str, Any]:
    """JSON form of a greedy outcome: winners, every step, every tie, each project's fate."""
    return {
        "instance": instance,
        "rule": "greedy",
        "utility": options.utility.value,
        "completion": "none",
        "leave_out_unsupported": options.leave_out_unsupported,
        "tie_criteria": [criterion.value for criterion in options.tie_break.criteria],
        "budget": exact(election.budget),
        "spent": exact(outcome.spent),
        "winners": list(outcome.winners),
        "tied": [tie.as_record() for tie in outcome.ties],
        "steps": [
            {
                "step": step.number,
                "project": step.project,
                "votes": step.votes,
                "cost": exact(step.cost),
                "left": exact(step.left),
                "decision": step.decision.value,
            }
            for step in outcome.steps
        ],
        "projects": {
            step.project: {
                "votes": step.votes,
                "cost": exact(step.cost),
                "step": step.number,
                "decision": step.decision.value,
            }
            for step in outcome.steps
        },
    }


def motion_record(instance: str, outcome: MotionOutcome, rule: MotionRule) -> dict[str, Any]:
    """JSON form of a decided motion."""
    return {
        "instance": instance,
        "rule": "majority",
        "majority": rule.majority.value,
        "quorum": rule.quorum,
        "for": outcome.in_favour,
        "against": outcome.against,
        "abstain": outcome.abstain,
        "cast": outcome.cast,
        "adopted": outcome.adopted,
        "reason": outcome.reason.value,
    }


def exact(amount: Amount) -> int | str:
    """An amount as JSON holds it: an integer where it is whole, else ``a/b`` text."""
    if isinstance(amount, Fraction):
        return int(amount) if amount.denominator == 1 else str(amount)
    return amount
