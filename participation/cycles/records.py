"""What the journal says of a cycle."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class CycleStarted(Fact):
    kind = "cycle_started"
    plan_year: int
    budget_cents: int
    rules_digest: str
    previous_cycle_id: int | None


@dataclass(frozen=True)
class PhaseEntered(Fact):
    kind = "phase_entered"
    left: str
    entered: str


@dataclass(frozen=True)
class PhaseDatesMoved(Fact):
    kind = "phase_dates_moved"
    phase: str
    new_start: str
    new_end: str


@dataclass(frozen=True)
class BudgetSet(Fact):
    kind = "budget_set"
    budget_cents: int


@dataclass(frozen=True)
class ElectionDrafted(Fact):
    kind = "election_drafted"
    election_id: int
    options: int


@dataclass(frozen=True)
class ResultTakenOver(Fact):
    kind = "result_taken_over"
    election_id: int
    chosen: int
    outcome_digest: str
