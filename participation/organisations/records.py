"""What the journal says of organisations."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class OrganisationAdded(Fact):
    kind = "organisation_added"
    organisation_id: int
    name: str
    legal_form: str
