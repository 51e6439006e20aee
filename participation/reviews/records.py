"""What the journal says of the review."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class ReviewAnswered(Fact):
    """What was answered is not in the journal."""

    kind = "review_answered"
    activity_id: int
    voice: str


@dataclass(frozen=True)
class ReviewDecided(Fact):
    kind = "review_decided"
    activity_id: int
    outcome: str
    carried_priority_id: int | None
