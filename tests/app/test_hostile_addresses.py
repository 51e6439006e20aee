"""Addresses and forms nobody types by accident are refused in words, never with a 5xx."""

from __future__ import annotations

import pytest
from flask import Flask, g

from app.errors import handle_refusal
from database import db
from participation.errors import ConflictError
from tests.app.browsing import browser_of, send
from tests.builders import make_town

TOO_LONG = ("9223372036854775808", "99999999999999999999999")
LISTS = ("meetings/", "organisations/", "areas/")
# Words that mean something to Flask's url_for.
FOREIGN_QUESTIONS = (
    "endpoint=x",
    "_external=1&_scheme=javascript",
    "_scheme=https",
    "_method=POST",
    "_anchor=x",
    "lang=xx",
    "town=elsewhere",
)


@pytest.fixture
def town(committed: None) -> str:
    """The address of a town."""
    del committed
    slug = make_town().slug
    db.session.commit()
    return f"/en/{slug}"


@pytest.mark.parametrize("number", TOO_LONG)
@pytest.mark.parametrize(
    "path", ["priorities/{}", "years/{}", "meetings/{}", "tasks/{}", "elections/{}/result"]
)
def test_number_no_database_holds_is_not_found(
    app: Flask, town: str, path: str, number: str
) -> None:
    assert browser_of(app).get(f"{town}/{path.format(number)}").status_code == 404


@pytest.mark.parametrize("number", ["0", "-1", "x", "", "1" * 31, "1" * 5000])
@pytest.mark.parametrize("path", LISTS)
def test_page_number_beyond_all_lists_is_no_error(
    app: Flask, town: str, path: str, number: str
) -> None:
    assert browser_of(app).get(f"{town}/{path}?page={number}").status_code < 500


@pytest.mark.parametrize("question", FOREIGN_QUESTIONS)
@pytest.mark.parametrize("path", LISTS)
def test_question_of_the_reader_is_no_argument_of_ours(
    app: Flask, town: str, path: str, question: str
) -> None:
    answer = browser_of(app).get(f"{town}/{path}?{question}")

    assert answer.status_code == 200
    assert "javascript:" not in answer.get_data(as_text=True)


def test_other_language_keeps_the_questions_of_the_address(app: Flask, town: str) -> None:
    page = browser_of(app).get(f"{town}/organisations/?q=a%26b&page=1").get_data(as_text=True)

    assert f"{town.replace('/en/', '/nl/')}/organisations/?q=a%26b&amp;page=1" in page


@pytest.mark.parametrize("path", ["/en/%00/", "/en/%00/x", "/%00", "/stem%00"])
def test_null_byte_in_the_path_is_not_found(app: Flask, committed: None, path: str) -> None:
    assert browser_of(app).get(path).status_code == 404


def test_null_byte_in_an_area_name_is_not_found(app: Flask, town: str) -> None:
    assert browser_of(app).get(f"{town}/areas/%00").status_code == 404


@pytest.mark.parametrize("path", LISTS)
def test_null_byte_in_a_question_is_refused(app: Flask, town: str, path: str) -> None:
    assert browser_of(app).get(f"{town}/{path}?q=%00").status_code == 400


def test_null_byte_in_a_form_is_refused(app: Flask, town: str) -> None:
    answer = send(browser_of(app), f"{town}/sign-in", {"email": "a\0@example.org"})

    assert answer.status_code == 400


def test_body_longer_than_any_form_is_not_read(app: Flask, town: str) -> None:
    answer = browser_of(app).post(f"{town}/sign-in", data={"email": "x" * 2_000_000})

    assert answer.status_code == 413


def test_refusal_leads_back_to_pages_of_ours_only(app: Flask) -> None:
    for referrer, target in (
        ("http://localhost/en/x/", "http://localhost/en/x/"),
        ("http://evil.example/en/x/", None),
        ("//evil.example/", None),
    ):
        with app.test_request_context("/en/", method="POST", headers={"Referer": referrer}):
            g.lang, g.town = "en", None
            answer = app.make_response(handle_refusal(ConflictError("email_taken")))
        assert answer.headers.get("Location") == target
