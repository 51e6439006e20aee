"""What the journal says of areas."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class MunicipalityFounded(Fact):
    kind = "municipality_founded"
    name: str


@dataclass(frozen=True)
class AreaAdded(Fact):
    kind = "area_added"
    area_id: int
    name: str


@dataclass(frozen=True)
class AreaEnded(Fact):
    kind = "area_ended"
    area_id: int
    name: str
    valid_until: str
