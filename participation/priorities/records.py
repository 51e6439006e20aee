"""What the journal says of priorities."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class DraftStarted(Fact):
    kind = "priority_draft_started"
    priority_id: int


@dataclass(frozen=True)
class DraftSaved(Fact):
    kind = "priority_draft_saved"
    priority_id: int
    part: str


@dataclass(frozen=True)
class PriorityPublished(Fact):
    kind = "priority_published"
    priority_id: int
    title: str
    cost_cents: int


@dataclass(frozen=True)
class PriorityProposedForSomeone(Fact):
    """Who it is for stands in the personal part of the entry."""

    kind = "priority_proposed_for_someone"
    priority_id: int
    title: str
    cost_cents: int


@dataclass(frozen=True)
class PriorityWithdrawn(Fact):
    kind = "priority_withdrawn"
    priority_id: int


@dataclass(frozen=True)
class PrioritySupported(Fact):
    kind = "priority_supported"
    priority_id: int


@dataclass(frozen=True)
class SupportWithdrawn(Fact):
    kind = "priority_support_withdrawn"
    priority_id: int


@dataclass(frozen=True)
class PriorityFoundFeasible(Fact):
    kind = "priority_found_feasible"
    priority_id: int
    estimated_cents: int
    cost_cents: int


@dataclass(frozen=True)
class PriorityRefused(Fact):
    kind = "priority_refused"
    priority_id: int
    criterion_code: str


@dataclass(frozen=True)
class PriorityShortlisted(Fact):
    kind = "priority_shortlisted"
    priority_id: int


@dataclass(frozen=True)
class PriorityTakenOffShortlist(Fact):
    kind = "priority_taken_off_shortlist"
    priority_id: int


@dataclass(frozen=True)
class PriorityOutcome(Fact):
    kind = "priority_outcome"
    priority_id: int
    outcome: str


@dataclass(frozen=True)
class PriorityCarriedOver(Fact):
    kind = "priority_carried_over"
    priority_id: int
    from_priority_id: int
    from_year: int
    to_year: int


@dataclass(frozen=True)
class TranslationAdded(Fact):
    kind = "priority_translation_added"
    priority_id: int
    language: str
    origin: str
