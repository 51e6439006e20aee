"""A commission of three, a clerk, and a vote in the draft that they watch over."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from database import db
from participation.people.models import Person
from participation.people.queries import find_person
from participation.permissions import Role
from tests.app.browsing import browser_of
from tests.app.votes import BASE, token_on
from tests.builders import make_actor
from tests.participation.priorities.builders import (
    Neighbourhood,
    make_neighbourhood,
    make_shortlisted,
)

REGISTER = """naam;adres;geboortedatum;taal;geheim
Jan Jansen;Lindelaan 1;31-3-1950;nl;
Fatma de Boer;Lindelaan 2;1980-04-01;de;ja
Kees Kind;Lindelaan 3;2020-01-01;nl;
;Lindelaan 4;1970-01-01;nl;
Piet Puk;Lindelaan 5;31-31-1970;nl;
"""


@dataclass
class Desk:
    """The people around a vote, each in a browser of their own."""

    app: Flask
    here: Neighbourhood
    anna: Person
    boris: Person
    clerk: Person

    def as_(self, person: Person) -> FlaskClient:
        return browser_of(self.app, person)

    def get(self, person: Person, path: str) -> TestResponse:
        return self.as_(person).get(BASE + path)

    def post(
        self, person: Person, path: str, data: dict[str, object] | None = None, page: str = ""
    ) -> TestResponse:
        """Send a form with the token of ``page`` (default: the commission's list)."""
        client = self.as_(person)
        token = token_on(client.get(BASE + (page or path)))
        return client.post(BASE + path, data={"csrf_token": token, **(data or {})})


@pytest.fixture
def desk(app: Flask, committed: None) -> Desk:
    """A neighbourhood in its check with two projects on the ballot."""
    here = make_neighbourhood()
    make_shortlisted(here, title="Rustig verkeer", cost_cents=30_000_00)
    make_shortlisted(here, title="Samen eten", cost_cents=20_000_00)
    members = [person_of(here, Role.COMMISSION_MEMBER, name) for name in ("Anna", "Boris")]
    clerk = find_person(here.town.id, here.municipality.person_id or 0)
    assert clerk is not None
    db.session.commit()
    return Desk(app, here, *members, clerk)


def person_of(here: Neighbourhood, role: Role, name: str) -> Person:
    """Somebody with a role on the neighbourhood."""
    actor = make_actor(here.town, role, area=here.area)
    person = find_person(here.town.id, actor.person_id or 0)
    assert person is not None
    person.name = person.shown_name = name
    return person
