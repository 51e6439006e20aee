"""Before the year: the administrator's first sign-in, everybody's roles, the year's start."""

from __future__ import annotations

from tests.journeys.people import become_staff
from tests.journeys.year import BUDGET_EUROS, Year

# Key in the journey, role, name; all of them in the neighbourhood.
_STAFF = (
    ("coalition", "coalition_staff", "Mirjam Blom"),
    ("facilitator", "facilitator", "Tarik Demir"),
    ("board", "board_member", "Ida Berg"),
    ("commission_a", "commission_member", "Fenna Wolters"),
    ("commission_b", "commission_member", "Joost Kramer"),
    ("commission_c", "commission_member", "Lena Hartog"),
)


def begin_as_administrator(year: Year) -> None:
    """The invitation that setup sent leads to a working account."""
    become_staff(year.admin)


def invite_everybody(year: Year) -> None:
    """Each role gets its own person, who follows the link in the message."""
    for key, role, name in _STAFF:
        _invite(year, key, role, name)
    words = year.words
    year.admin.send(
        "/organisations/new",
        name=words.executor,
        kind="resident_association",
        legal_form="association",
        description=words.story,
        contact_email="bewoners@verein.example",
    )
    _invite(year, "executor", "executor_member", "Nadia Aziz", words.executor)


def start_the_year(year: Year) -> None:
    """The municipality starts the plan year with a budget; its dates are the usual ones."""
    admin = year.admin
    admin.send(f"/areas/{year.area_slug}/start-year", plan_year=year.number, budget=BUDGET_EUROS)
    year.cycle_id = admin.number_in_url()
    admin.picture("steer-preparation")


def _invite(year: Year, key: str, role: str, name: str, organisation: str = "") -> None:
    email = f"{key.replace('_', '-')}@gemeente.example"
    admin = year.admin
    admin.goto("/people/invite")
    admin.fill(name=name, email=email, role=role)
    admin.choose("area", year.town.neighbourhood)
    if organisation:
        admin.choose("organisation", organisation)
    admin.submit()
    person = year.household.person(name, email)
    become_staff(person)
    year.staff[key] = person
