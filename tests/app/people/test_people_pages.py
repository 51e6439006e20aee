"""Pages on people: for the municipality alone, inside its own walls."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from database import database_now, db
from participation.areas import queries as areas
from participation.areas.models import Municipality
from participation.notices.models import Notice
from participation.people import queries as people
from participation.people.models import Person, RoleAssignment
from participation.permissions import STAFF_ROLES, Role
from tests.app.browsing import browser_of, send
from tests.builders import make_area, make_person, make_town

pytestmark = pytest.mark.usefixtures("committed")

HOME = "/nl/lindestad/people"


def with_role(town: Municipality, role: Role) -> Person:
    person = make_person(town)
    db.session.add(
        RoleAssignment(
            person_id=person.id,
            role=role,
            area_id=areas.root_area(town.id).id,
            valid_from=date(2020, 1, 1),
        )
    )
    db.session.commit()
    return person


@pytest.fixture
def town(committed: None) -> Municipality:
    town = make_town()
    db.session.commit()
    return town


@pytest.fixture
def administrator(town: Municipality) -> Person:
    return with_role(town, Role.MUNICIPALITY)


def test_list_finds_people_by_name_and_address(
    app: Flask, town: Municipality, administrator: Person
) -> None:
    make_person(town, name="Sevda Kaya", email="s.kaya@example.org")
    make_person(town, name="Jan_Smit 100%", email="jan@example.org")
    db.session.commit()
    client = browser_of(app, administrator)
    for words, found in (("kaya", True), ("S.KAYA@", True), ("jan", False), ("%", False)):
        page = client.get(f"{HOME}/", query_string={"q": words}).text
        assert ("Sevda Kaya" in page) is found, words
    assert "Jan_Smit" in client.get(f"{HOME}/", query_string={"q": "100%"}).text


def count_statements(app: Flask, client: FlaskClient, url: str) -> int:
    """How many statements a page sends to the database."""
    statements: list[str] = []

    def note(*args: object) -> None:
        statements.append(str(args[2]))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    client.get(url)
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_list_asks_no_more_as_it_grows(
    app: Flask, town: Municipality, administrator: Person
) -> None:
    client = browser_of(app, administrator)
    counts = []
    for _ in range(2):
        counts.append(count_statements(app, client, f"{HOME}/"))
        for _ in range(30):
            with_role(town, Role.FACILITATOR)
    assert counts[0] == counts[1]


def test_long_list_goes_over_several_pages(
    app: Flask, town: Municipality, administrator: Person
) -> None:
    for number in range(60):
        make_person(town, name=f"Persoon {number:03}")
    db.session.commit()
    client = browser_of(app, administrator)
    assert "Persoon 059" not in client.get(f"{HOME}/").text
    assert "Persoon 059" in client.get(f"{HOME}/?page=2").text


def test_everybody_else_is_kept_out(app: Flask, town: Municipality) -> None:
    assert browser_of(app).get(f"{HOME}/").status_code == 302
    for role in STAFF_ROLES - {Role.MUNICIPALITY, Role.EXECUTOR_MEMBER}:
        assert browser_of(app, with_role(town, role)).get(f"{HOME}/").status_code == 403, role


def test_municipality_without_second_factor_is_kept_out(app: Flask, administrator: Person) -> None:
    client = browser_of(app, administrator, second_factor=False)
    assert client.get(f"{HOME}/").status_code == 403


def test_account_of_another_town_does_not_exist_here(app: Flask, administrator: Person) -> None:
    other = make_town(slug="elders", name="Elders")
    stranger = with_role(other, Role.FACILITATOR)
    (assignment,) = people.roles_of(stranger.id, on=database_now().date())
    client = browser_of(app, administrator)
    for path in (
        f"{stranger.id}",
        f"{stranger.id}/give-role",
        f"{stranger.id}/block",
        f"{stranger.id}/unblock",
        f"{stranger.id}/invitation",
        f"roles/{assignment.id}/end",
    ):
        assert client.get(f"{HOME}/{path}").status_code == 404, path
        assert client.get(f"/nl/elders/people/{path}").status_code == 302, path


def test_invited_person_gets_role_and_message(
    app: Flask, town: Municipality, administrator: Person
) -> None:
    area = make_area(town)
    db.session.commit()
    client = browser_of(app, administrator)
    answer = send(
        client,
        f"{HOME}/invite",
        {
            "name": "Sevda Kaya",
            "email": "sevda@example.org",
            "language": "de",
            "role": "facilitator",
            "area": area.id,
            "organisation": 0,
        },
    )
    page = client.get(answer.location).text
    assert "Sevda Kaya" in page
    db.session.rollback()
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.kind, notice.email, notice.language) == ("invitation", "sevda@example.org", "de")


def test_roles_that_exclude_each_other_are_refused_at_the_field(
    app: Flask, town: Municipality, administrator: Person
) -> None:
    area = make_area(town)
    person = with_role(town, Role.FACILITATOR)
    answer = send(
        browser_of(app, administrator),
        f"{HOME}/{person.id}/give-role",
        {"role": "commission_member", "area": area.id, "organisation": 0},
    )
    assert answer.status_code == 200
    assert 'id="role-error"' in answer.text
    db.session.rollback()
    assert len(people.all_roles_of(person.id)) == 1


def test_ending_and_blocking_happen_with_a_reason(
    app: Flask, town: Municipality, administrator: Person
) -> None:
    person = with_role(town, Role.FACILITATOR)
    (assignment,) = people.roles_of(person.id, on=database_now().date())
    client = browser_of(app, administrator)
    for path in (
        f"roles/{assignment.id}/end",
        f"{person.id}/block",
        f"{person.id}/unblock",
    ):
        assert send(client, f"{HOME}/{path}", {"reason": ""}).status_code == 200, path
        answer = send(client, f"{HOME}/{path}", {"reason": "Op eigen verzoek"})
        assert answer.location == f"{HOME}/{person.id}", path
        assert client.get(answer.location).status_code == 200


def test_lost_phone_is_answered_with_a_new_invitation(
    app: Flask, town: Municipality, administrator: Person
) -> None:
    person = with_role(town, Role.FACILITATOR)
    answer = send(
        browser_of(app, administrator),
        f"{HOME}/{person.id}/invitation",
        {"reason": "Telefoon verloren"},
    )
    assert answer.status_code == 302
    db.session.rollback()
    assert db.session.scalars(select(Notice.kind)).all() == ["invitation"]
