"""The directory in the browser."""

from __future__ import annotations

import pytest
from flask import Flask

from database import db
from participation.organisations import queries
from participation.permissions import Role
from tests.app.browsing import send
from tests.app.plans.reading import Site, text_of
from tests.builders import make_actor, make_town

pytestmark = pytest.mark.usefixtures("committed")

FORM = {
    "name": "Bewonersgroep Lindelaan",
    "kind": "resident_group",
    "legal_form": "none",
    "description": "Elf buren die graag koken.",
    "contact_email": "groep@example.org",
}


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app)


def test_empty_directory_says_what_to_do(site: Site) -> None:
    make_town()
    db.session.commit()
    assert "No organisation found" in site.read_in_every_language("/organisations/")


def test_staff_add_an_organisation_once(site: Site) -> None:
    town = make_town()
    staff = make_actor(town, Role.COALITION_STAFF)
    site.read_in_every_language("/organisations/new", staff)
    url = site.url("/organisations/new")
    browser = site.browser(staff)
    assert send(browser, url, FORM | {"contact_email": "geen"}).status_code == 400
    assert send(browser, url, FORM).status_code == 302
    again = send(browser, url, FORM)
    assert again.status_code == 400
    assert queries.count_organisations(town.id) == 1


def test_directory_shows_names_and_hides_addresses(site: Site) -> None:
    town = make_town()
    staff = make_actor(town, Role.MUNICIPALITY)
    assert send(site.browser(staff), site.url("/organisations/new"), FORM).status_code == 302
    words = text_of(site.read_in_every_language("/organisations/"))
    assert "Bewonersgroep Lindelaan" in words
    assert "Resident group" in words
    assert "groep@example.org" not in words
    assert "Bewonersgroep" not in site.read("/organisations/?q=sport")


def test_residents_do_not_add_organisations(site: Site) -> None:
    town = make_town()
    resident = make_actor(town, Role.RESIDENT)
    assert site.status("/organisations/new", resident) == 403
    assert site.status("/organisations/new") == 302
