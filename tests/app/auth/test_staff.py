"""Staff in the browser: invitation, password, phone, recovery codes, and what each is worth."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.auth.keys import account_key
from database import Clock, database_now, db
from participation.areas import queries as areas
from participation.areas.models import Municipality
from participation.notices.models import Notice
from participation.people import founding
from participation.people.models import Person, RoleAssignment
from participation.people.second_factor import code_at, new_secret
from participation.permissions import Role
from tests.app.browsing import browser_of, send
from tests.builders import make_area, make_person, make_town

pytestmark = pytest.mark.usefixtures("committed")

PASSWORD = "vier groene fietsen 9"
HOME = "/nl/lindestad"


@pytest.fixture
def town(committed: None) -> Municipality:
    town = make_town()
    make_area(town)
    db.session.commit()
    return town


@pytest.fixture
def secret() -> str:
    return new_secret()


@pytest.fixture
def facilitator(app: Flask, town: Municipality, secret: str) -> Person:
    """Somebody who can sign in with both factors."""
    person = make_person(town, email="sevda@example.org", name="Sevda Kaya")
    db.session.add(
        RoleAssignment(
            person_id=person.id,
            role=Role.FACILITATOR,
            area_id=areas.root_area(town.id).id,
            valid_from=date(2020, 1, 1),
        )
    )
    with app.app_context():
        key = account_key()
    founding.set_known_sign_in_of_example(
        person=person, password=PASSWORD, secret=secret, key=key, now=database_now()
    )
    db.session.commit()
    return person


def last_notice() -> Notice:
    db.session.rollback()
    notice = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    assert notice is not None
    return notice


def first_step(client: FlaskClient, password: str = PASSWORD) -> str | None:
    answer = send(
        client,
        f"{HOME}/sign-in/password",
        {"email": "sevda@example.org", "password": password},
    )
    return answer.location


def may_open_staff_pages(client: FlaskClient) -> bool:
    with client.session_transaction() as session:
        return bool(session.get("second_factor")) and "_user_id" in session


def test_administrator_goes_from_invitation_to_worklist(app: Flask, town: Municipality) -> None:
    founding.appoint_administrator_from_command_line(
        municipality_id=town.id,
        email="gemeente@example.org",
        name="Marijke",
        language="nl",
        now=database_now(),
    )
    db.session.commit()
    client = browser_of(app)
    link = f"{HOME}/password/new/{last_notice().params['token']}"

    refused = send(client, link, {"password": "gemeente marijke"})
    assert refused.status_code == 200
    assert client.get(link).status_code == 200, "a refused password leaves the link as it is"
    assert send(client, link, {"password": PASSWORD}).location == f"{HOME}/sign-in/second-factor"

    page = client.get(f"{HOME}/sign-in/second-factor").text
    assert "<svg" in page
    assert "style=" not in page
    found = re.search(r"<strong>((?:[A-Z2-7]{4} ?)+)</strong>", page)
    assert found is not None
    secret = found.group(1).replace(" ", "")
    assert client.get(f"{HOME}/people/").status_code == 302, "the password alone opens nothing"

    answer = send(
        client, f"{HOME}/sign-in/second-factor", {"code": code_at(secret, database_now())}
    )
    codes = re.findall(r"<strong>([A-Z2-9-]{14})</strong>", answer.text)
    assert len(codes) == 10
    assert client.get(f"{HOME}/people/").status_code == 200

    other = browser_of(app)
    send(other, f"{HOME}/sign-in/password", {"email": "gemeente@example.org", "password": PASSWORD})
    assert send(other, f"{HOME}/sign-in/code", {"code": codes[3].lower()}).status_code == 302
    assert other.get(f"{HOME}/people/").status_code == 200


@pytest.mark.usefixtures("facilitator")
class TestTwoSteps:
    def test_password_alone_signs_nobody_in(self, app: Flask) -> None:
        client = browser_of(app)
        assert first_step(client) == f"{HOME}/sign-in/code"
        assert not may_open_staff_pages(client)
        assert client.get(f"{HOME}/account").status_code == 302

    def test_password_and_code_sign_in(self, app: Flask, secret: str) -> None:
        client = browser_of(app)
        first_step(client)
        answer = send(client, f"{HOME}/sign-in/code", {"code": code_at(secret, database_now())})
        assert answer.location == f"{HOME}/work"
        assert may_open_staff_pages(client)

    def test_code_of_the_app_signs_in_once(self, app: Flask, secret: str) -> None:
        code = code_at(secret, database_now())
        outcomes = []
        for _ in range(2):
            client = browser_of(app)
            first_step(client)
            send(client, f"{HOME}/sign-in/code", {"code": code})
            outcomes.append(may_open_staff_pages(client))
        assert outcomes == [True, False]

    def test_code_step_needs_a_password_first(self, app: Flask, secret: str) -> None:
        client = browser_of(app)
        for page in ("code", "second-factor"):
            answer = client.get(f"{HOME}/sign-in/{page}")
            assert answer.location == f"{HOME}/sign-in/password"

    def test_password_counts_for_a_quarter_of_an_hour(self, app: Flask, secret: str) -> None:
        client = browser_of(app)
        first_step(client)
        db.session.add(Clock(id=1, shift=timedelta(minutes=16)))
        db.session.commit()
        assert client.get(f"{HOME}/sign-in/code").location == f"{HOME}/sign-in/password"

    def test_session_before_signing_in_is_dropped_at_both_steps(
        self, app: Flask, secret: str
    ) -> None:
        client = browser_of(app)
        with client.session_transaction() as session:
            session["planted"] = "by somebody else"
        first_step(client)
        with client.session_transaction() as session:
            assert "planted" not in session
            session["planted"] = "again"
        send(client, f"{HOME}/sign-in/code", {"code": code_at(secret, database_now())})
        with client.session_transaction() as session:
            assert "planted" not in session
            assert "pending" not in session

    def test_enrolled_phone_cannot_be_replaced_with_the_password(self, app: Flask) -> None:
        client = browser_of(app)
        first_step(client)
        page = client.get(f"{HOME}/sign-in/second-factor")
        assert "<svg" not in page.text.partition("<main")[2].partition("</main")[0]

    def test_wrong_address_and_wrong_password_read_the_same(self, app: Flask) -> None:
        pages = []
        for email, password in (
            ("sevda@example.org", "een ander wachtwoord"),
            ("nobody@example.org", PASSWORD),
        ):
            answer = send(
                browser_of(app),
                f"{HOME}/sign-in/password",
                {"email": email, "password": password},
            )
            text = answer.text.replace(email, "")
            pages.append(re.sub(r'(value|nonce)="[^"]{20,}"', "", text))
        assert pages[0] == pages[1]

    def test_guessing_passwords_is_slowed_down(self, app: Flask) -> None:
        for _ in range(10):
            first_step(browser_of(app), "een ander wachtwoord")
        assert first_step(browser_of(app)) is None, "even the right one has to wait here"
        elsewhere = browser_of(app)
        elsewhere.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        assert first_step(elsewhere) == f"{HOME}/sign-in/code"

    def test_guessing_codes_is_slowed_down(self, app: Flask, secret: str) -> None:
        client = browser_of(app)
        first_step(client)
        for _ in range(10):
            send(client, f"{HOME}/sign-in/code", {"code": "AAAA-BBBB-CCCC"})
        send(client, f"{HOME}/sign-in/code", {"code": code_at(secret, database_now())})
        assert not may_open_staff_pages(client)


class TestRightsOfASession:
    def test_link_by_mail_gives_staff_only_the_rights_of_residents(
        self, app: Flask, facilitator: Person
    ) -> None:
        client = browser_of(app, facilitator, second_factor=False)
        page = client.get(f"{HOME}/account")
        assert f'href="{HOME}/sign-in/password"' in page.text
        for path in ("email", "password", "recovery-codes"):
            answer = client.get(f"{HOME}/account/{path}")
            assert answer.location.startswith(f"{HOME}/sign-in/password")

    def test_new_password_ends_other_sessions(self, app: Flask, facilitator: Person) -> None:
        here, there = browser_of(app, facilitator), browser_of(app, facilitator)
        answer = send(
            here,
            f"{HOME}/account/password",
            {"old_password": PASSWORD, "password": "zeven rode fietsen 8"},
        )
        assert answer.location == f"{HOME}/account"
        assert here.get(f"{HOME}/account").status_code == 200
        assert there.get(f"{HOME}/account").status_code == 302

    def test_blocked_account_is_signed_out_at_once(self, app: Flask, facilitator: Person) -> None:
        client = browser_of(app, facilitator)
        assert client.get(f"{HOME}/account").status_code == 200
        facilitator.state = type(facilitator.state).BLOCKED
        db.session.commit()
        assert client.get(f"{HOME}/account").status_code == 302

    def test_new_recovery_codes_are_shown_once(
        self, app: Flask, facilitator: Person, secret: str
    ) -> None:
        client = browser_of(app, facilitator)
        answer = send(
            client, f"{HOME}/account/recovery-codes", {"code": code_at(secret, database_now())}
        )
        assert len(re.findall(r"<strong>[A-Z2-9-]{14}</strong>", answer.text)) == 10

    def test_new_address_is_confirmed_from_its_own_mailbox(
        self, app: Flask, facilitator: Person
    ) -> None:
        client = browser_of(app, facilitator)
        send(client, f"{HOME}/account/email", {"email": "nieuw@example.org"})
        notice = last_notice()
        assert (notice.kind, notice.email) == ("confirm_email", "nieuw@example.org")
        link = f"{HOME}/account/email/{notice.params['token']}"
        assert send(browser_of(app), link).location == f"{HOME}/sign-in"
        assert client.get(f"{HOME}/account").status_code == 302, "all sessions ended"
        assert (last_notice().kind, last_notice().email) == ("email_changed", "sevda@example.org")

    def test_resident_changes_name_neighbourhood_and_language(
        self, app: Flask, town: Municipality
    ) -> None:
        person = make_person(town)
        area = make_area(town, name="Kattenbroek")
        old = areas.area_by_slug(town.id, "lindekwartier")
        assert old is not None
        db.session.add(
            RoleAssignment(
                person_id=person.id,
                role=Role.RESIDENT,
                area_id=old.id,
                valid_from=date(2020, 1, 1),
            )
        )
        db.session.commit()
        client = browser_of(app, person)
        answer = send(
            client,
            f"{HOME}/account",
            {"name": "Fatma B.", "display": "hidden", "language": "de", "area": area.id},
        )
        assert answer.location == "/de/lindestad/account"
        db.session.refresh(person)
        assert (person.name, person.shown_name, person.language) == ("Fatma B.", "", "de")
        assert f'<option selected value="{area.id}"' in client.get(f"{HOME}/account").text
