"""What the journal says of tasks. Amounts in cents."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class TaskAdded(Fact):
    kind = "task_added"
    task_id: int
    activity_id: int
    budget_cents: int


@dataclass(frozen=True)
class CallOpened(Fact):
    kind = "call_opened"
    task_id: int
    closes_on: str
    weights: dict[str, int]
    gates: list[str]


@dataclass(frozen=True)
class OfferMade(Fact):
    kind = "offer_made"
    task_id: int
    organisation_id: int
    amount_cents: int


@dataclass(frozen=True)
class OfferWithdrawn(Fact):
    kind = "offer_withdrawn"
    task_id: int
    organisation_id: int


@dataclass(frozen=True)
class TaskDecided(Fact):
    kind = "task_decided"
    task_id: int
    organisation_id: int | None
    amount_cents: int


@dataclass(frozen=True)
class TaskStarted(Fact):
    kind = "task_started"
    task_id: int


@dataclass(frozen=True)
class ProgressReported(Fact):
    kind = "progress_reported"
    task_id: int
    progress: str


@dataclass(frozen=True)
class TaskFinished(Fact):
    kind = "task_finished"
    task_id: int


@dataclass(frozen=True)
class TaskStopped(Fact):
    kind = "task_stopped"
    task_id: int
