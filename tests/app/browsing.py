"""A browser without JavaScript: signs in as somebody, sends forms as a page offers them."""

from __future__ import annotations

import re
from html import unescape

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.session import session_identity
from participation.people.models import Person

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def browser_of(
    app: Flask, person: Person | None = None, *, second_factor: bool = True
) -> FlaskClient:
    """A client that is signed in as ``person``, after both steps; a visitor without one.

    ``person`` must be committed; see also ``tests.builders.make_actor``.
    """
    client = app.test_client()
    if person is not None:
        with client.session_transaction() as session:
            session["_user_id"] = session_identity(person)
            session["_fresh"] = True
            session["second_factor"] = second_factor
    return client


def send(
    client: FlaskClient, url: str, data: dict[str, object] | None = None, *, page: str | None = None
) -> TestResponse:
    """Open ``page`` (default: ``url`` itself) and post its form to ``url`` with the token on it."""
    opened = client.get(page or url)
    found = _TOKEN.search(opened.get_data(as_text=True))
    token = unescape(found.group(1)) if found else ""
    return client.post(url, data={"csrf_token": token, **(data or {})})
