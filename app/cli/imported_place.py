"""Where an imported election is shown, and the two members who run it."""

from __future__ import annotations

from datetime import datetime

from app.results.pabulib import TOWN_SLUG
from participation.areas import queries as areas
from participation.areas import services as area_services
from participation.areas.models import Area, AreaKind, Municipality
from participation.people.founding import open_account_from_command_line
from participation.permissions import Actor, Grant, Role
from voting.imports.services import Place

_WELCOME = {
    "nl": "Echte stemmingen uit Pabulib, hier nog eens geteld.",
    "de": "Echte Abstimmungen aus Pabulib, hier noch einmal ausgezählt.",
    "en": "Real elections of Pabulib, counted here once more.",
}


def prepare_place(election_name: str, *, now: datetime) -> Place:
    """An area of its own for an election, in the town of imported elections."""
    town = _town(now)
    area = _area(town, election_name, now)
    members = [
        open_account_from_command_line(
            municipality_id=town.id,
            email=f"import-{number}@localhost.example",
            name=f"Import {number}",
            language=town.default_language,
            now=now,
        ).id
        for number in (1, 2)
    ]
    return Place(
        area_id=area.id,
        municipality_id=town.id,
        members=(members[0], members[1]),
        language=town.default_language,
    )


def _town(now: datetime) -> Municipality:
    town = areas.municipality_by_slug(TOWN_SLUG)
    if town is not None:
        return town
    return area_services.found_municipality(
        new=area_services.NewMunicipality(
            name="Pabulib",
            slug=TOWN_SLUG,
            country="NL",
            default_language="en",
            contact_email="import@localhost.example",
            time_zone="Europe/Amsterdam",
            welcome=_WELCOME,
        ),
        now=now,
    )


def _area(town: Municipality, name: str, now: datetime) -> Area:
    existing = areas.area_by_slug(town.id, area_services.slug_of(name))
    if existing is not None:
        return existing
    root = areas.root_area(town.id)
    command_line = Actor(
        person_id=None, municipality_id=town.id, grants=(Grant(Role.MUNICIPALITY, root.id),)
    )
    return area_services.add_area(
        actor=command_line,
        parent=root,
        kind=AreaKind.SOCIAL_AREA,
        name=name.replace("_", " "),
        valid_from=now.date(),
        now=now,
    )
