"""Residents in the browser: link by e-mail, one press more, the same answer for everybody."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from database import db
from participation.areas import queries as areas
from participation.areas.models import Area, Municipality
from participation.notices.models import Notice
from participation.people import queries as people
from participation.people.models import SignInToken
from tests.app.browsing import browser_of, send
from tests.builders import make_area, make_person, make_town

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def town(committed: None) -> Municipality:
    town = make_town()
    make_area(town)
    db.session.commit()
    return town


def last_token() -> str:
    db.session.rollback()
    notice = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    assert notice is not None
    return str(notice.params["token"])


def the_area(town: Municipality) -> Area:
    area = areas.area_by_slug(town.id, "lindekwartier")
    assert area is not None
    return area


def without_token(page: str) -> str:
    """A page without what differs from one answer to the next."""
    return re.sub(r'(value|nonce)="[^"]{20,}"', "", page)


def test_resident_signs_up_signs_out_and_signs_in_again(app: Flask, town: Municipality) -> None:
    client = browser_of(app)
    answer = send(
        client,
        "/nl/lindestad/sign-up",
        {
            "email": "fatma@example.org",
            "name": "Fatma de Boer",
            "display": "first",
            "area": the_area(town).id,
        },
    )
    assert answer.location == "/nl/lindestad/sign-in/sent"
    assert "fatma@example.org" in client.get(answer.location).text

    link = f"/nl/lindestad/sign-in/link/{last_token()}"
    assert "fatma@example.org" in client.get(link).text
    assert client.get("/nl/lindestad/account").status_code == 302, "opening is not yet signing in"
    assert send(client, link).location == "/nl/lindestad/account"
    assert "Fatma de Boer" in client.get("/nl/lindestad/account").text

    send(client, "/nl/lindestad/sign-out", page="/nl/lindestad/account")
    assert client.get("/nl/lindestad/account").status_code == 302

    send(client, "/nl/lindestad/sign-in", {"email": "Fatma@Example.org"})
    send(client, f"/nl/lindestad/sign-in/link/{last_token()}")
    assert client.get("/nl/lindestad/account").status_code == 200


def test_opening_a_link_does_not_use_it_up(app: Flask, town: Municipality) -> None:
    person = make_person(town)
    db.session.commit()
    send(browser_of(app), "/nl/lindestad/sign-in", {"email": person.email})
    link = f"/nl/lindestad/sign-in/link/{last_token()}"
    for _ in range(3):
        assert browser_of(app).get(link).status_code == 200
    assert send(browser_of(app), link).status_code == 302
    assert browser_of(app).get(link).status_code == 410


def test_link_of_one_town_is_unknown_in_another(app: Flask, town: Municipality) -> None:
    person = make_person(town)
    make_town(slug="elders", name="Elders")
    db.session.commit()
    send(browser_of(app), "/nl/lindestad/sign-in", {"email": person.email})
    assert browser_of(app).get(f"/nl/elders/sign-in/link/{last_token()}").status_code == 410


def test_session_of_one_town_counts_for_nothing_in_another(app: Flask, town: Municipality) -> None:
    person = make_person(town)
    make_town(slug="elders", name="Elders")
    db.session.commit()
    client = browser_of(app, person)
    assert client.get("/nl/lindestad/account").status_code == 200
    assert client.get("/nl/elders/account").status_code == 302


@pytest.mark.parametrize("page", ["sign-in", "password/forgotten"])
def test_known_and_unknown_address_get_the_same_answer(
    app: Flask, town: Municipality, page: str
) -> None:
    make_person(town, email="bekend@example.org")
    db.session.commit()
    answers = []
    for email in ("bekend@example.org", "ander1@example.org"):
        client = browser_of(app)
        answer = send(client, f"/nl/lindestad/{page}", {"email": email})
        shown = client.get(answer.location).text.replace(email, "")
        answers.append((answer.status_code, answer.location, without_token(shown)))
    assert answers[0] == answers[1]


def test_signing_up_with_a_known_address_looks_like_any_other(
    app: Flask, town: Municipality
) -> None:
    make_person(town, email="bekend@example.org")
    db.session.commit()
    answers = []
    for email in ("bekend@example.org", "ander1@example.org"):
        client = browser_of(app)
        answer = send(
            client,
            "/nl/lindestad/sign-up",
            {"email": email, "name": "F", "display": "full", "area": the_area(town).id},
        )
        shown = client.get(answer.location).text.replace(email, "")
        answers.append((answer.status_code, answer.location, without_token(shown)))
    assert answers[0] == answers[1]


def test_signing_in_drops_what_the_session_held_before(app: Flask, town: Municipality) -> None:
    person = make_person(town)
    db.session.commit()
    send(browser_of(app), "/nl/lindestad/sign-in", {"email": person.email})
    link = f"/nl/lindestad/sign-in/link/{last_token()}"
    client = browser_of(app)
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
        session["second_factor"] = True
    send(client, link)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session["second_factor"] is False
        assert session["_user_id"].startswith(f"{town.id}:{person.id}:")


@pytest.mark.parametrize(
    "target",
    [
        "https://elders.example/",
        "//elders.example/nl/lindestad/",
        "/nl/elders/",
        "\\\\x",
        "/nl/x\n",
    ],
)
def test_link_never_leads_off_the_town(app: Flask, town: Municipality, target: str) -> None:
    person = make_person(town)
    db.session.commit()
    client = browser_of(app)
    page = client.get("/nl/lindestad/sign-in", query_string={"next": target})
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
    assert token is not None
    client.post(
        "/nl/lindestad/sign-in",
        query_string={"next": target},
        data={"csrf_token": token.group(1), "email": person.email},
    )
    answer = send(client, f"/nl/lindestad/sign-in/link/{last_token()}")
    assert answer.location == "/nl/lindestad/account"


def test_page_asked_for_comes_after_signing_in(app: Flask, town: Municipality) -> None:
    person = make_person(town)
    db.session.commit()
    client = browser_of(app)
    asked = client.get("/nl/lindestad/account/email")
    send(client, asked.location, {"email": person.email})
    answer = send(client, f"/nl/lindestad/sign-in/link/{last_token()}")
    assert answer.location.rstrip("?") == "/nl/lindestad/account/email"


def test_many_requests_for_one_address_are_slowed_down(app: Flask, town: Municipality) -> None:
    person = make_person(town)
    db.session.commit()
    for email in (person.email, "onbekend@example.org"):
        codes = [
            send(browser_of(app), "/nl/lindestad/sign-in", {"email": email}).status_code
            for _ in range(12)
        ]
        assert codes == [302] * 10 + [200] * 2
    assert len(people.list_people(town.id, words=person.email)) == 1
    assert len(db.session.scalars(select(SignInToken)).all()) == 10


def test_strangers_cannot_shut_out_a_browser_that_signed_in_before(
    app: Flask, town: Municipality
) -> None:
    person = make_person(town)
    db.session.commit()
    own = browser_of(app)
    send(own, "/nl/lindestad/sign-in", {"email": person.email})
    send(own, f"/nl/lindestad/sign-in/link/{last_token()}")
    send(own, "/nl/lindestad/sign-out", page="/nl/lindestad/account")
    for number in range(60):
        stranger = app.test_client()
        stranger.environ_base["REMOTE_ADDR"] = f"198.51.{number}.7"
        send(stranger, "/nl/lindestad/sign-in", {"email": person.email})
    assert (
        send(app.test_client(), "/nl/lindestad/sign-in", {"email": person.email}).status_code == 200
    )
    assert send(own, "/nl/lindestad/sign-in", {"email": person.email}).status_code == 302


def test_town_that_does_not_exist_is_not_found_in_every_language(app: Flask) -> None:
    for lang in ("nl", "de", "en"):
        assert browser_of(app).get(f"/{lang}/nergens/sign-in").status_code == 404
