"""The rules of a year as one typed value. Pure.

A municipality keeps them in a rule set; starting a cycle copies them into it, frozen.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from participation.errors import InvalidInputError
from participation.texts import LocalisedText


class BallotFormat(StrEnum):
    """How a voter fills in the ballot."""

    APPROVAL = "approval"  # tick what you like, up to a number
    KNAPSACK = "knapsack"  # tick what you like, up to the budget


@dataclass(frozen=True)
class Criterion:
    """One published condition; refusals must cite one by its code."""

    code: str
    text: LocalisedText


@dataclass(frozen=True)
class ReviewQuestion:
    """One of the questions everybody answers after a year."""

    code: str
    answer: str  # yes_partly_no | text | scale_1_5 | outcome
    text: LocalisedText


@dataclass(frozen=True)
class Rules:
    """What holds in one area for one year. Amounts in cents, ages in years."""

    minimum_age: int = 14
    support_threshold: int = 1
    cost_cap_cents: int | None = None
    shortlist_limit: int | None = None
    ballot_format: BallotFormat = BallotFormat.KNAPSACK
    ballot_limit: int | None = None
    counting_rule: str = "greedy"
    tie_criteria: tuple[str, ...] = ("cheaper", "draw")
    legal_form_above_cents: int = 500_000
    criteria: tuple[Criterion, ...] = ()
    review_questions: tuple[ReviewQuestion, ...] = ()
    adopting_body: LocalisedText = field(default_factory=dict)

    def criterion(self, code: str) -> Criterion | None:
        """The published criterion of this code."""
        return next((c for c in self.criteria if c.code == code), None)


def to_json(rules: Rules) -> dict[str, Any]:
    """Rules as plain JSON."""
    return asdict(rules)


def from_json(value: dict[str, Any]) -> Rules:
    """Rules from what ``to_json`` made.

    :raises InvalidInputError: a number is out of range.
    """
    known = dict(value)
    known["ballot_format"] = BallotFormat(known["ballot_format"])
    known["tie_criteria"] = tuple(known["tie_criteria"])
    known["criteria"] = tuple(Criterion(**c) for c in known["criteria"])
    known["review_questions"] = tuple(ReviewQuestion(**q) for q in known["review_questions"])
    rules = Rules(**known)
    check(rules)
    return rules


def check(rules: Rules) -> None:
    """Refuse rules no year could be run by.

    :raises InvalidInputError: with the field's name.
    """
    if not 0 <= rules.minimum_age <= 120:
        raise InvalidInputError("age_out_of_range", field="minimum_age")
    if rules.support_threshold < 0:
        raise InvalidInputError("number_negative", field="support_threshold")
    if rules.cost_cap_cents is not None and rules.cost_cap_cents <= 0:
        raise InvalidInputError("amount_not_positive", field="cost_cap_cents")
    codes = [c.code for c in rules.criteria]
    if len(codes) != len(set(codes)):
        raise InvalidInputError("criterion_twice", field="criteria")
