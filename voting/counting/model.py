"""What is counted: projects, budget, ballots. Plain values without behaviour of a rule.

Owns the words that all counting rules share. A rule has a module of its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction

Amount = int | Fraction
"""Money, exact. The town's own elections use whole cents; Pabulib files their own unit."""


class Utility(StrEnum):
    """What a supporter gains when a project is funded."""

    COST = "cost"
    CARDINALITY = "cardinality"


class Majority(StrEnum):
    """How many votes carry a motion; defined in ``motion``."""

    SIMPLE = "simple"
    ABSOLUTE = "absolute"
    TWO_THIRDS = "two_thirds"


class MotionChoice(StrEnum):
    """What a ballot says on a motion."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class TieCriterion(StrEnum):
    """One way to put tied projects in order; defined in ``ties``."""

    CHEAPER = "cheaper"
    MORE_VOTES = "more_votes"
    DRAW = "draw"
    LEXICO = "lexico"


@dataclass(frozen=True)
class Project:
    """One thing that can be funded. ``cost`` is not negative."""

    id: str
    cost: Amount
    name: str = ""
    category: str = ""

    def __post_init__(self) -> None:
        if self.cost < 0:
            raise ValueError(f"project {self.id} has a negative cost")


@dataclass(frozen=True)
class Election:
    """Projects that compete for one budget, ids unique."""

    budget: Amount
    projects: tuple[Project, ...]
    by_id: Mapping[str, Project] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_id = {project.id: project for project in self.projects}
        if len(by_id) != len(self.projects):
            raise ValueError("two projects have the same id")
        object.__setattr__(self, "by_id", by_id)


@dataclass(frozen=True)
class Ballots:
    """Approval ballots, identical ones grouped.

    ``groups`` maps the set of approved project ids to the number of ballots that say just that.
    """

    groups: Mapping[frozenset[str], int]

    @classmethod
    def of(cls, approvals: Iterable[Iterable[str]]) -> Ballots:
        """Group single ballots, each given as the ids it approves."""
        return cls(Counter(frozenset(ballot) for ballot in approvals))

    @classmethod
    def from_totals(cls, totals: Mapping[str, int]) -> Ballots:
        """Ballots that give each project its total: hands counted in a room."""
        return cls({frozenset([project]): votes for project, votes in totals.items() if votes})

    @property
    def count(self) -> int:
        return sum(self.groups.values())

    def support(self) -> dict[str, int]:
        """Number of ballots that approve each project; projects without any are absent."""
        votes: Counter[str] = Counter()
        for approved, weight in self.groups.items():
            for project in approved:
                votes[project] += weight
        return dict(votes)
