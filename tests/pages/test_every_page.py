"""Every page in every state of the demo, in Dutch, German and English: valid, accessible, narrow.

The run prints how many states were looked at.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import html5lib
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, url_for
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext

from database import db
from participation.people.models import Person
from tests.app.browsing import browser_of
from tests.pages.conftest import Site
from tests.pages.visits import Visit, people_of, town_ids, visits_of
from tests.reporting import count_states

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Pages only a session of its own reaches: not visited here, so axe has not read them.
BEHIND_A_SESSION = {
    "booth.choose",
    "booth.check",
    "booth.cast",
    "booth.receipt",
    "auth.second_step",
    "auth.enrol",
}
# Addresses for letters that lead on to the booth.
LEADING_ON = {"short.stem", "short.abstimmen", "installation.start"}


@dataclass(frozen=True)
class Seen:
    """A page as somebody saw it."""

    visit: Visit
    path: str
    reader: int | None
    html: str


@cache
def look_at(app: Flask, slug: str, language: str) -> tuple[Seen, ...]:
    """Every page in every state, opened as the first who may; those that are pages."""
    with app.app_context():
        town = town_ids()[slug]
        visits = list(visits_of(app, slug, town))
        readers: list[tuple[int | None, FlaskClient]] = [(None, app.test_client())]
        for person_id in people_of(town):
            person = db.session.get(Person, person_id)
            assert person is not None
            readers.append((person_id, browser_of(app, person)))
        db.session.remove()
    found = (_look_once(app, visit, readers, language) for visit in visits)
    return tuple(seen for seen in found if seen is not None)


def _look_once(
    app: Flask, visit: Visit, readers: list[tuple[int | None, FlaskClient]], language: str
) -> Seen | None:
    with app.test_request_context():
        path = url_for(visit.endpoint, **_values(app, visit, language))
    for number, (reader, client) in enumerate(readers):
        response = client.get(path)
        if response.status_code != 200 and not (
            response.status_code in {404, 410} and _dead(visit)
        ):
            continue
        # Who opened this page will open the next like it.
        if number:
            readers.insert(1, readers.pop(number))
        if response.mimetype != "text/html":
            return None
        return Seen(visit, path, reader, response.get_data(as_text=True))
    return None


@pytest.mark.parametrize(
    ("slug", "language"), [("lindestad", "nl"), ("lindenstadt", "de"), ("lindestad", "en")]
)
def test_every_page_is_valid_html_in_its_language(
    demo_app: Flask, slug: str, language: str
) -> None:
    seen = look_at(demo_app, slug, language)
    assert [problem for page in seen for problem in _faults_of(page, language)] == []
    count_states(f"valid HTML in {slug}, {language}", len(seen))


@pytest.mark.parametrize(
    ("slug", "language"), [("lindestad", "nl"), ("lindenstadt", "de"), ("lindestad", "en")]
)
def test_every_page_can_be_reached_by_somebody(demo_app: Flask, slug: str, language: str) -> None:
    seen = {page.visit.endpoint for page in look_at(demo_app, slug, language)}
    pages = {
        rule.endpoint
        for rule in demo_app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and rule.endpoint != "static"
    }
    files = {
        "healthz",
        "results.download",
        "plans.data",
        "meetings.meeting_file",
        "meetings.area_feed",
        "meetings.town_feed",
    }
    assert pages - seen - files - BEHIND_A_SESSION - LEADING_ON == set()


@pytest.mark.browser
@pytest.mark.parametrize(
    ("slug", "language", "width", "scheme"),
    [
        ("lindestad", "nl", 320, "dark"),
        ("lindestad", "nl", 1280, "light"),
        ("lindenstadt", "de", 320, "dark"),
        ("lindenstadt", "de", 1280, "light"),
        ("lindestad", "en", 1280, "dark"),
    ],
)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    site: Site, chromium: Browser, slug: str, language: str, width: int, scheme: str
) -> None:
    states = 0
    problems = []
    contexts: dict[int | None, BrowserContext] = {}
    # The phone in the dark sees every state; elsewhere each page is seen once.
    pages = look_at(site.app, slug, language)
    for page in pages if (language, width) == ("nl", 320) else one_of_each(pages):
        context = contexts.get(page.reader)
        if context is None:
            context = _context(site, chromium, page.reader, width, scheme)
            contexts[page.reader] = context
        problems += _problems_of(context, site.base_url + page.path)
        states += 1
    for context in contexts.values():
        context.close()
    assert problems == []
    count_states(f"axe at {width} px, {scheme}, {language}", states)


def _faults_of(page: Seen, language: str) -> list[str]:
    """What a strict parser finds, and whether the page says its language and its title."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    document = parser.parse(page.html)
    faults = [f"{page.path} ({page.visit.state}): {error}" for error in parser.errors[:3]]
    if document.get("lang") != language:
        faults.append(f"{page.path}: lang is {document.get('lang')}")
    if not document.findtext(".//title"):
        faults.append(f"{page.path}: no title")
    return faults


def one_of_each(pages: Iterable[Seen]) -> list[Seen]:
    """The longest state of every page: the one with most to find fault with."""
    longest: dict[str, Seen] = {}
    for page in pages:
        known = longest.get(page.visit.endpoint)
        if known is None or len(page.html) > len(known.html):
            longest[page.visit.endpoint] = page
    return list(longest.values())


def _problems_of(context: BrowserContext, url: str) -> list[str]:
    tab = context.pages[0] if context.pages else context.new_page()
    tab.goto(url)
    found = [
        f"{url}: {violation['id']} {[node['target'] for node in violation['nodes']][:3]}"
        for violation in Axe().run(tab, options=AXE_OPTIONS).response["violations"]
    ]
    overflow = tab.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"{url}: {overflow} px too wide"] if overflow > 0 else found


def _context(
    site: Site, chromium: Browser, reader: int | None, width: int, scheme: str
) -> BrowserContext:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    if reader is not None:
        with site.app.app_context():
            client = browser_of(site.app, db.session.get(Person, reader))
            db.session.remove()
        cookie = client.get_cookie("session")
        assert cookie is not None
        context.add_cookies([{"name": "session", "value": cookie.value, "url": site.base_url}])
    return context


def _values(app: Flask, visit: Visit, language: str) -> dict[str, object]:
    values = dict(visit.values)
    if app.url_map.is_endpoint_expecting(visit.endpoint, "lang"):
        values["lang"] = language
    return values


def _dead(visit: Visit) -> bool:
    return visit.state == "unknown"
