"""A town with a vote for tests of the booth, the commission's desk and the result pages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from config import Settings
from database import db
from participation.areas.models import Municipality
from tests.app.browsing import browser_of
from tests.builders import make_area, make_town
from tests.voting import builders as voting
from tests.voting.builders import Prepared
from voting.box.models import BoxKey
from voting.box.queries import turnout
from voting.elections.drafts import DraftOption, ElectionDraft

BASE = "/en/lindestad"
_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')

OPTIONS = (
    DraftOption("1", {"nl": "Rustig verkeer", "en": "Calm traffic"}, {"en": "Bumps."}, 500_00),
    DraftOption("2", {"nl": "Samen eten", "en": "Eating together"}, {}, 300_00),
    DraftOption("3", {"nl": "Speelplek", "en": "Playground"}, {}, 400_00),
)


@dataclass(frozen=True)
class Vote:
    """An open vote of a town, with everything its letters and cards hold."""

    town: Municipality
    election: Prepared

    @property
    def id(self) -> int:
        return self.election.election_id

    def code(self, number: int = 0) -> str:
        return self.election.codes[number]


def make_vote(settings: Settings, *, town: Municipality | None = None, **changes: Any) -> Vote:
    """A vote that is open for an hour, committed."""
    here = town or make_town()
    election = voting.opened(settings.pepper_dir.parent, draft_in(here, **changes))
    db.session.commit()
    return Vote(here, election)


def draft_in(town: Municipality, **changes: Any) -> ElectionDraft:
    """A draft of a vote in an area of this town."""
    area = make_area(town, name=changes.pop("area_name", "Lindekwartier"))
    values = {"options": OPTIONS, "title": {"nl": "Stemming", "en": "Vote 2027"}, **changes}
    return voting.make_draft(area_id=area.id, municipality_id=town.id, **values)


def publish(vote: Vote) -> None:
    """Close, count and publish, and commit."""
    voting.close(vote.election)
    voting.count(vote.election)
    voting.publish(vote.id)
    db.session.commit()


class Voter:
    """A voter's browser, without JavaScript."""

    def __init__(self, app: Flask, client: FlaskClient | None = None, base: str = BASE) -> None:
        self.client = client or browser_of(app)
        self.base = base

    def enter(self, code: str) -> TestResponse:
        """Type the code."""
        return self.post("/vote/", {"code": code}, self.client.get(f"{self.base}/vote/"))

    def look(self) -> TestResponse:
        """Open the ballot paper."""
        return self.client.get(f"{self.base}/vote/choose")

    def check(self, *choices: object) -> TestResponse:
        """Choose and go on to the check."""
        return self.post("/vote/check", {"choice": list(choices)}, self.look())

    def cast(self, check_page: TestResponse) -> TestResponse:
        """Press the button of a check page."""
        form = cast_form(check_page)
        return self.post("/vote/cast", form, check_page)

    def vote(self, code: str, *choices: object) -> TestResponse:
        """The whole way to the receipt."""
        self.enter(code)
        return self.cast(self.check(*choices))

    def post(self, path: str, data: dict[str, Any], page: TestResponse) -> TestResponse:
        """Send a form with the token that stands on ``page``."""
        return self.client.post(self.base + path, data={"csrf_token": token_on(page), **data})


def token_on(page: TestResponse) -> str:
    """The CSRF token of a page."""
    found = _TOKEN.search(page.text)
    return unescape(found.group(1)) if found else ""


def cast_form(check_page: TestResponse) -> dict[str, Any]:
    """What the check page would cast."""
    form = check_page.text.partition('/vote/cast">')[2]
    fields = _FIELD.findall(form)
    return {
        "form": next(value for name, value in fields if name == "form"),
        "choice": [value for name, value in fields if name == "choice"],
    }


def ballots_in_box(vote: Vote) -> int:
    """Ballots as the turnout counts them."""
    db.session.rollback()
    return turnout(vote.id).cast


def revisions(vote: Vote) -> int:
    """How often anything was cast."""
    db.session.rollback()
    rows = db.session.scalars(db.select(BoxKey.revision).where(BoxKey.election_id == vote.id))
    return sum(rows)


def require_valid(response: TestResponse) -> str:
    """The page's text, if it is valid HTML."""
    html5lib.HTMLParser(strict=True).parse(response.text)
    return response.text
