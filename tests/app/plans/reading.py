"""A committed year for tests of pages, and reading pages strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from database import db
from participation.people.models import Person
from participation.permissions import Actor
from tests.app.browsing import browser_of

LANGUAGES = ("nl", "de", "en")


@dataclass
class Site:
    """The town's site for a test: browsers of people, pages read strictly."""

    app: Flask
    slug: str = "lindestad"
    language: str = "nl"
    _browsers: dict[int | None, FlaskClient] = field(default_factory=dict)

    def browser(self, actor: Actor | None = None) -> FlaskClient:
        """The browser of a signed-in person, or of a visitor."""
        key = actor.person_id if actor is not None else None
        if key not in self._browsers:
            db.session.commit()
            person = db.session.get_one(Person, key) if key is not None else None
            self._browsers[key] = browser_of(self.app, person)
        return self._browsers[key]

    def url(self, path: str, language: str = "") -> str:
        return f"/{language or self.language}/{self.slug}{path}"

    def read(self, path: str, actor: Actor | None = None, *, language: str = "") -> str:
        """A page as valid HTML; anything but 200 fails."""
        return read(self.browser(actor), self.url(path, language))

    def status(self, path: str, actor: Actor | None = None) -> int:
        return self.browser(actor).get(self.url(path)).status_code

    def read_in_every_language(self, path: str, actor: Actor | None = None) -> str:
        """The page in all languages; its text in the last of them, English."""
        return [self.read(path, actor, language=language) for language in LANGUAGES][-1]


def read(client: FlaskClient, url: str) -> str:
    """A page as text, after a strict parser found nothing wrong with it."""
    answer = client.get(url)
    assert answer.status_code == 200, f"{url}: {answer.status_code}"
    html = answer.get_data(as_text=True)
    html5lib.HTMLParser(strict=True).parse(html)
    return html


def text_of(html: str) -> str:
    """What a reader sees, blanks folded."""
    visible = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]*>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(visible).split())


def key_of(html: str) -> str:
    """The number of its own that a form carries."""
    found = re.search(r'name="key"[^>]*value="([^"]+)"', html)
    assert found is not None
    return found.group(1)


@contextmanager
def counted_queries(app: Flask) -> Iterator[list[str]]:
    """Every statement the application sends meanwhile."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        statements.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
