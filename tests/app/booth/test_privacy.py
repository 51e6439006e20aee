"""What the booth gives away: nothing, to nobody, not even to the next voter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import event

from app import create_app
from app.booth.throttle import WRONG_CODES
from config import Settings
from database import db
from tests.app.browsing import browser_of
from tests.app.votes import Vote, Voter, cast_form, require_valid, revisions, token_on
from tests.builders import make_person, make_town
from voting.codes import new_code


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement the application sends to the database."""
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_code_stands_in_no_address_cookie_or_header(vote: Vote, voter: Voter) -> None:
    code = vote.code()
    answer = voter.enter(code)
    sent = "".join(f"{name}: {value}\n" for name, value in answer.headers.items())
    for form in (code, code.replace("-", "")):
        assert form not in sent
        assert form not in voter.look().text


def test_pages_are_kept_by_no_cache(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    checked = voter.check(1)
    pages = [voter.client.get(f"{voter.base}/vote/"), voter.look(), checked, voter.cast(checked)]
    assert {page.headers["Cache-Control"] for page in pages} == {"no-store"}
    assert {page.headers["Referrer-Policy"] for page in pages} == {"same-origin"}


def test_cookie_is_the_booths_own(settings: Settings, vote: Vote) -> None:
    secure = create_app(replace(settings, public_url="https://lindestad.example"))
    client = secure.test_client()
    with secure.app_context():
        answer = client.get("/en/lindestad/vote/", base_url="https://localhost")
        token = answer.text.partition('name="csrf_token" type="hidden" value="')[2]
        entered = client.post(
            "/en/lindestad/vote/",
            base_url="https://localhost",
            data={"csrf_token": token.partition('"')[0], "code": vote.code()},
            headers={"Referer": "https://localhost/en/lindestad/vote/"},
        )
    with secure.app_context():
        db.engine.dispose()
    cookie = next(c for c in entered.headers.getlist("Set-Cookie") if c.startswith("__Host-booth="))
    for attribute in ("Secure", "HttpOnly", "Path=/", "SameSite=Strict"):
        assert attribute in cookie
    assert "Domain" not in cookie


def test_no_account_is_looked_up(app: Flask, vote: Vote) -> None:
    person = make_person(vote.town)
    db.session.commit()
    voter = Voter(app, browser_of(app, person))
    with statements(app) as seen:
        voter.vote(vote.code(), 1)
        assert "Sign out" not in voter.client.get(f"{voter.base}/vote/receipt").text
    assert not [statement for statement in seen if "person" in statement.casefold()]


def test_after_the_cast_the_device_knows_only_the_receipt(vote: Vote, voter: Voter) -> None:
    voter.vote(vote.code(), 1)
    assert voter.client.get_cookie("booth") is None
    again = voter.look()
    assert again.status_code == 303
    assert again.location.endswith("/vote/receipt")


def test_next_voter_finds_nothing(vote: Vote, voter: Voter) -> None:
    cast = voter.vote(vote.code(), 1)
    receipt = voter.client.get(cast.location)
    voter.post("/vote/leave", {}, receipt)
    assert voter.client.get_cookie("receipt") is None
    assert voter.client.get(f"{voter.base}/vote/receipt").location.endswith("/vote/")


def test_entering_a_code_hides_the_receipt_of_the_voter_before(vote: Vote, voter: Voter) -> None:
    voter.vote(vote.code(0), 1)
    voter.enter(vote.code(1))
    assert voter.client.get(f"{voter.base}/vote/receipt").location.endswith("/vote/")


def test_form_of_the_voter_before_casts_nothing_for_the_next(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code(0))
    left_open = voter.check(1)
    voter.enter(vote.code(1))
    current = voter.look()

    answer = voter.post("/vote/cast", cast_form(left_open), current)

    assert answer.status_code == 303
    assert revisions(vote) == 0


def test_token_of_the_voter_before_is_worthless(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code(0))
    left_open = voter.check(1)
    voter.enter(vote.code(1))
    assert voter.cast(left_open).status_code == 303
    assert revisions(vote) == 0


def test_altered_cookie_opens_nothing(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    value = voter.client.get_cookie("booth").value  # type: ignore[union-attr]
    changed = value[:-6] + ("A" if value[-6] != "A" else "B") + value[-5:]
    voter.client.set_cookie("booth", changed)
    assert voter.look().status_code == 303


def test_more_time_is_given_on_request(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    answer = voter.post("/vote/extend", {}, voter.look())
    assert answer.status_code == 204
    assert any(c.startswith("booth=") for c in answer.headers.getlist("Set-Cookie"))


def test_another_sites_form_is_refused(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    checked = voter.check(1)
    for origin in ("https://elsewhere.example", "null"):
        answer = voter.client.post(
            f"{voter.base}/vote/cast",
            data={"csrf_token": token_on(checked), **cast_form(checked)},
            headers={"Origin": origin},
        )
        assert answer.status_code == 400
    assert revisions(vote) == 0


def test_networks_that_try_codes_are_slowed_down_and_halls_are_not(app: Flask, vote: Vote) -> None:
    limit = int(WRONG_CODES.partition("/")[0])
    prober = app.test_client()
    page = prober.get("/en/lindestad/vote/", environ_base={"REMOTE_ADDR": "203.0.113.7"})
    token = page.text.partition('name="csrf_token" type="hidden" value="')[2].partition('"')[0]

    def attempt(code: str, address: str) -> int:
        return prober.post(
            "/en/lindestad/vote/",
            data={"csrf_token": token, "code": code},
            environ_base={"REMOTE_ADDR": address},
        ).status_code

    for number in range(limit):
        assert attempt(new_code(), f"203.0.113.{number % 250}") == 400
    assert attempt(new_code(), "203.0.113.9") == 429
    # Another network is not held back, and typing errors of a whole hall were never counted.
    assert {attempt("7Q2M-1111", "198.51.100.4") for _ in range(20)} == {400}
    assert attempt(vote.code(), "198.51.100.4") == 303


def test_short_addresses_lead_to_the_only_town_in_their_language(app: Flask, vote: Vote) -> None:
    client = app.test_client()
    assert client.get("/stem").location == "/nl/lindestad/vote/"
    assert client.get("/abstimmen").location == "/de/lindestad/vote/"


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_short_address_asks_for_the_town_where_there_are_several(
    app: Flask, vote: Vote, language: str
) -> None:
    make_town(slug="rodenberg", name="Rodenberg")
    db.session.commit()
    client = app.test_client()
    assert client.get("/stem").location == "/nl/vote/"
    page = require_valid(client.get(f"/{language}/vote/"))
    assert f"/{language}/lindestad/vote/" in page
    assert f"/{language}/rodenberg/vote/" in page
