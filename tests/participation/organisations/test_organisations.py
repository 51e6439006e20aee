"""The directory of organisations, inside one town's walls."""

from __future__ import annotations

from dataclasses import replace

import pytest

from participation import history
from participation.areas.models import Municipality
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.organisations import queries, services
from participation.organisations.kinds import LegalForm, OrganisationKind
from participation.organisations.models import Organisation
from participation.permissions import Role
from tests.builders import NOW, make_actor, make_town

pytestmark = pytest.mark.usefixtures("session")

GROUP = services.NewOrganisation(
    name=" Bewonersgroep Lindelaan ",
    kind=OrganisationKind.RESIDENT_GROUP,
    legal_form=LegalForm.NONE,
    contact_email="groep@example.org",
    description={"nl": "Elf buren.", "de": " "},
)


def add(
    town: Municipality,
    new: services.NewOrganisation = GROUP,
    role: Role = Role.COALITION_STAFF,
) -> Organisation:
    return services.add_organisation(
        actor=make_actor(town, role), municipality_id=town.id, new=new, now=NOW
    )


def test_organisation_is_added_with_its_own_words_only() -> None:
    town = make_town()
    added = add(town)
    assert (added.name, added.description) == ("Bewonersgroep Lindelaan", {"nl": "Elf buren."})
    assert queries.organisation_by_name(town.id, "BEWONERSGROEP lindelaan") is added
    entry = history.list_records(history.municipality_chain(town.id), limit=1)[0]
    assert entry.kind == "organisation_added"


def test_a_name_is_given_once_in_a_town_whatever_its_case() -> None:
    town, other = make_town(), make_town(slug="elders", name="Elders")
    add(town)
    with pytest.raises(ConflictError, match="organisation_exists"):
        add(town, replace(GROUP, name="bewonersgroep lindelaan"))
    add(other)


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"name": " "}, "name_missing"), ({"contact_email": "nobody"}, "email_missing")],
)
def test_name_and_address_are_needed(changes: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInputError, match=code):
        add(make_town(), replace(GROUP, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.FACILITATOR, Role.BOARD_MEMBER])
def test_others_do_not_add_organisations(role: Role) -> None:
    with pytest.raises(NotAllowedError):
        add(make_town(), role=role)


def test_staff_of_another_town_do_not_add_organisations() -> None:
    town, other = make_town(), make_town(slug="elders", name="Elders")
    with pytest.raises(NotAllowedError):
        services.add_organisation(
            actor=make_actor(other, Role.MUNICIPALITY), municipality_id=town.id, new=GROUP, now=NOW
        )


def test_search_finds_part_of_a_name_and_takes_no_wildcards() -> None:
    town, other = make_town(), make_town(slug="elders", name="Elders")
    for name in ("Sportvereniging", "Welzijn 100%", "Wijkteam"):
        add(town, replace(GROUP, name=name))
    foreign = add(other)

    def found(words: str) -> list[str]:
        names = [o.name for o in queries.list_organisations(town.id, words=words)]
        assert queries.count_organisations(town.id, words=words) == len(names)
        return names

    assert found("") == ["Sportvereniging", "Welzijn 100%", "Wijkteam"]
    assert found("WIJK") == ["Wijkteam"]
    assert found("%") == ["Welzijn 100%"]
    assert found("_") == []
    assert queries.find_organisation(town.id, foreign.id) is None
