"""What the journal says of plans."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class PlanDrafted(Fact):
    kind = "plan_drafted"
    plan_id: int
    activities: int
    budget_cents: int


@dataclass(frozen=True)
class PlanIntroduced(Fact):
    kind = "plan_introduced"
    plan_id: int


@dataclass(frozen=True)
class ActivityDescribed(Fact):
    kind = "activity_described"
    activity_id: int
    goal: dict[str, str]
    indicator: dict[str, str]


@dataclass(frozen=True)
class PlanAdopted(Fact):
    kind = "plan_adopted"
    plan_id: int
    adopted_on: str
    objection_until: str
    motion_election_id: int
    content_digest: str
