"""Sends real requests and says what became of them; whatever a request writes is undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from flask import Flask, Response, g, request, request_finished
from sqlalchemy import Connection, Engine, event, text
from werkzeug.test import TestResponse

from database import db
from participation.people.models import Person
from participation.phases import Phase
from tests.app.browsing import browser_of
from tests.app.votes import token_on

_WRITES = ("INSERT", "UPDATE", "DELETE")


class Answer(StrEnum):
    """What became of a request, as far as access goes."""

    GRANTED = "granted"
    SIGN_IN = "sent to sign in"
    NOT_ALLOWED = "not allowed"
    PHASE_CLOSED = "not in this phase"
    MISSING = "not found"


@dataclass(frozen=True)
class Caller:
    """Somebody's browser: its session, and the token that its forms carry."""

    cookie: str
    token: str


@dataclass(frozen=True)
class Asked:
    """One request's end."""

    answer: Answer | str
    status: int
    location: str
    wrote: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.answer} ({self.status})"


def caller_of(
    app: Flask, slug: str, person: Person | None, *, second_factor: bool = True
) -> Caller:
    """The browser of ``person``, signed in to the town ``slug``; a visitor's without one."""
    client = browser_of(app, person, second_factor=second_factor)
    page = client.get(f"/en/{slug}/" + ("sign-up" if person is None else "account"))
    cookie = client.get_cookie("session")
    assert page.status_code == 200
    assert cookie is not None
    return Caller(cookie.value, token_on(page))


class Door:
    """Where requests go in; counts them."""

    def __init__(self, app: Flask, connection: Connection) -> None:
        self.app = app
        self.requests = 0
        self._connection = connection
        self._client = app.test_client(use_cookies=False)
        self._written: list[str] = []
        event.listen(connection, "before_cursor_execute", self._note_statement)

    def set_phase(self, cycle_id: int, phase: Phase) -> None:
        """Let the year stand in ``phase``, until all is undone."""
        self._connection.execute(
            text("UPDATE cycle SET phase = :phase WHERE id = :cycle"),
            {"phase": phase.value, "cycle": cycle_id},
        )

    def ask(
        self,
        caller: Caller,
        method: str,
        path: str,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Asked:
        """Send one request; a form holds nothing but the token (default: the caller's own)."""
        self.requests += 1
        self._written.clear()
        granted: list[bool] = []

        def note(_app: Flask, response: Response, **_: Any) -> None:
            # Static files stand outside the decorators, as Flask serves them itself.
            granted.append(bool(g.get("access_granted")) or request.endpoint == "static")

        token = caller.token if token is None else token
        savepoint = self._connection.begin_nested()
        with request_finished.connected_to(note, self.app):
            response = self._client.open(
                path,
                method=method,
                data={"csrf_token": token} if method == "POST" else None,
                headers={"Cookie": f"session={caller.cookie}", **(headers or {})},
                # Limits by address are not what is looked at here.
                environ_base={"REMOTE_ADDR": self._address()},
                buffered=True,
            )
        savepoint.rollback()
        wrote = tuple(self._written)
        return Asked(
            _answer(response, is_granted=any(granted)),
            response.status_code,
            response.location or "",
            wrote,
        )

    def _address(self) -> str:
        return f"10.{self.requests >> 16 & 255}.{self.requests >> 8 & 255}.{self.requests & 255}"

    def _note_statement(self, _connection: object, _cursor: object, sql: str, *_: object) -> None:
        if sql.lstrip().upper().startswith(_WRITES):
            self._written.append(sql)


@contextmanager
def undone(app: Flask) -> Iterator[Door]:
    """Everything the application commits inside is gone afterwards."""
    with app.app_context():
        engines = cast(dict[str | None, Engine | Connection], db.engines)
        engine = db.engine
    with engine.connect() as connection:
        outer = connection.begin()
        engines[None] = connection
        try:
            yield Door(app, connection)
        finally:
            engines[None] = engine
            outer.rollback()


def _answer(response: TestResponse, *, is_granted: bool) -> Answer | str:
    status = response.status_code
    if status == 403:
        return Answer.NOT_ALLOWED
    if status == 404:
        return Answer.MISSING
    if is_granted and status < 500:
        return Answer.GRANTED
    if status == 409:
        return Answer.PHASE_CLOSED
    if status == 302 and "/sign-in" in response.location:
        return Answer.SIGN_IN
    return f"status {status}"
