"""Why each project won or lost, as numbers a page can put into words. Pure.

Rule: greedy, see ``voting.counting.greedy``. The projects are gone through in one order; each is
funded when it costs at most what is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voting.counting.model import Utility
from voting.results.queries import Result, ResultLine


@dataclass(frozen=True)
class Enough:
    """What would have been enough: so many more votes to come before ``rival``."""

    more_votes: int
    rival: ResultLine


@dataclass(frozen=True)
class Explained:
    """A line with what was left when its turn came; ``enough`` where votes could have helped."""

    line: ResultLine
    left_before_cents: int
    enough: Enough | None = None

    @property
    def missing_cents(self) -> int:
        """How much more money it would have needed at its turn."""
        return max(0, self.line.cost_cents - self.left_before_cents)


def explain(result: Result) -> tuple[list[Explained], list[Explained]]:
    """Winners in the order they were chosen, losers in the order of their turn."""
    steps = sorted((*result.winners, *result.losers), key=lambda line: line.step)
    by_votes = result.utility == Utility.COST.value
    winners = [Explained(line, _left_before(line)) for line in result.winners]
    losers = [
        Explained(line, _left_before(line), _enough(line, steps) if by_votes else None)
        for line in result.losers
    ]
    return winners, losers


def _left_before(line: ResultLine) -> int:
    return line.left_cents + (line.cost_cents if line.reason == "funded" else 0)


def _enough(line: ResultLine, steps: Sequence[ResultLine]) -> Enough | None:
    """The last earlier turn at which the money still sufficed, and the votes to get there."""
    if line.reason == "funded":
        return None
    for rival in reversed(steps[: line.step - 1]):
        if rival.reason == "funded" and _left_before(rival) >= line.cost_cents:
            return Enough(rival.votes - line.votes + 1, rival)
    return None
