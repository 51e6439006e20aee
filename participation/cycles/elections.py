"""An election as the yearly process sees it: inside one municipality, on one area."""

from __future__ import annotations

from participation.areas import queries as areas
from participation.permissions import Subject
from voting.elections import queries as elections
from voting.elections.models import Election
from voting.errors import UnknownError


def find_election(municipality_id: int, election_id: int) -> Election | None:
    """An election of this municipality."""
    try:
        election = elections.get_election(election_id)
    except UnknownError:
        return None
    return election if election.municipality_id == municipality_id else None


def subject_of(election: Election) -> Subject:
    """The election as permissions see it: whatever holds on its area holds for it."""
    area = areas.find_area(election.municipality_id, election.area_id)
    if area is None:
        return Subject(municipality_id=election.municipality_id, area_path=())
    return areas.subject_of(area)
