"""What the journal says of rules."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class RulesAdded(Fact):
    kind = "rules_added"
    rule_set_id: int
    name: str


@dataclass(frozen=True)
class RulesChanged(Fact):
    kind = "rules_changed"
    rule_set_id: int
    name: str
    digest: str
