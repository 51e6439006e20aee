"""What a voter sees and what a ballot may say. Pure.

Owns the ballot paper, its limits at cast and at count, and the canonical bytes of a ballot.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from voting.chain import canonical_json
from voting.counting.model import MotionChoice
from voting.errors import InputRefusedError, Reason


@dataclass(frozen=True)
class PaperOption:
    """One line of the ballot paper."""

    number: int
    reference: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    cost_cents: int


@dataclass(frozen=True)
class BallotPaper:
    """What is voted on, with the limits of one ballot. ``options`` is empty for a motion.

    ``max_cost_cents`` is set where the chosen options together may not cost more.
    """

    title: Mapping[str, str]
    kind: str
    ballot_format: str
    options: tuple[PaperOption, ...]
    budget_cents: int | None
    min_choices: int
    max_choices: int | None
    max_cost_cents: int | None
    language: str
    opens_at: datetime
    closes_at: datetime

    @property
    def is_motion(self) -> bool:
        return self.kind == "motion"

    def option(self, number: int) -> PaperOption | None:
        if 1 <= number <= len(self.options):
            return self.options[number - 1]
        return None


@dataclass(frozen=True)
class Ballot:
    """One voter's choice: numbers of options, or a choice on the motion."""

    numbers: tuple[int, ...] = field(default=(), repr=False)
    motion: MotionChoice | None = field(default=None, repr=False)

    @property
    def is_blank(self) -> bool:
        return not self.numbers and self.motion is None

    def content(self) -> dict[str, Any]:
        """The choice as JSON values."""
        if self.motion is not None:
            return {"motion": self.motion.value}
        return {"options": list(self.numbers)}

    def canonical(self) -> bytes:
        """The one byte form of this choice."""
        return canonical_json(self.content())


Choices = Sequence[int] | MotionChoice | None


def check_ballot(paper: BallotPaper, choices: Choices) -> Ballot:
    """The ballot that says this, if the paper allows it.

    :param choices: numbers of options in any order, or a choice on the motion.
    :raises InputRefusedError: with the limit that is broken.
    """
    if paper.is_motion:
        if not isinstance(choices, MotionChoice):
            raise InputRefusedError(Reason.CHOICE_MISSING)
        return Ballot(motion=choices)
    if choices is None or isinstance(choices, MotionChoice):
        raise InputRefusedError(Reason.CHOICE_MISSING)
    _require_known(paper, choices)
    _require_within_limits(paper, choices)
    return Ballot(numbers=tuple(sorted(choices)))


def _require_known(paper: BallotPaper, numbers: Sequence[int]) -> None:
    seen: set[int] = set()
    for number in numbers:
        if paper.option(number) is None:
            raise InputRefusedError(Reason.OPTION_UNKNOWN, number=number)
        if number in seen:
            raise InputRefusedError(Reason.OPTION_TWICE, number=number)
        seen.add(number)


def _require_within_limits(paper: BallotPaper, numbers: Sequence[int]) -> None:
    if paper.max_choices is not None and len(numbers) > paper.max_choices:
        raise InputRefusedError(Reason.TOO_MANY_OPTIONS, max=paper.max_choices, chosen=len(numbers))
    if len(numbers) < paper.min_choices:
        raise InputRefusedError(Reason.TOO_FEW_OPTIONS, min=paper.min_choices, chosen=len(numbers))
    cost = sum(paper.options[number - 1].cost_cents for number in numbers)
    if paper.max_cost_cents is not None and cost > paper.max_cost_cents:
        raise InputRefusedError(
            Reason.OVER_BUDGET, limit_cents=paper.max_cost_cents, cost_cents=cost
        )


def read_ballot(content: bytes, paper: BallotPaper) -> Ballot:
    """A ballot as it came out of its seal, checked again.

    :raises InputRefusedError: with the reason for which it is invalid.
    """
    try:
        value = json.loads(content)
    except ValueError:
        raise InputRefusedError(Reason.CHOICE_MISSING) from None
    ballot = check_ballot(paper, _choices(value))
    if ballot.canonical() != content:
        raise InputRefusedError(Reason.CHOICE_MISSING)
    return ballot


def _choices(value: Any) -> Choices:
    if not isinstance(value, dict):
        return None
    numbers, motion = value.get("options"), value.get("motion")
    if isinstance(motion, str) and motion in tuple(MotionChoice):
        return MotionChoice(motion)
    if isinstance(numbers, list) and all(type(number) is int for number in numbers):
        return numbers
    return None


def longest_ballot(paper: BallotPaper) -> int:
    """Length in bytes of the longest possible ballot, so that all are padded alike."""
    if paper.is_motion:
        return max(len(Ballot(motion=choice).canonical()) for choice in MotionChoice)
    most = len(paper.options) if paper.max_choices is None else paper.max_choices
    numbers = tuple(option.number for option in paper.options)
    return len(Ballot(numbers=numbers[-most:]).canonical())
