"""Every page in every state of the demo, in Dutch, German and English: valid, accessible, narrow.

The run prints how many states were looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
from tests.pages.visits import LANGUAGES, Visit, people_of, town_ids, visits_of
from tests.reporting import count_states

AXE_OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Pages only a session of its own reaches; the tests of those parts visit them in all languages.
BEHIND_A_SESSION = {
    "booth.choose",
    "booth.check",
    "booth.cast",
    "booth.receipt",
    "auth.second_step",
    "auth.enrol",
}


@dataclass(frozen=True)
class Seen:
    """A page as somebody saw it."""

    visit: Visit
    path: str
    reader: int | None
    html: str


def look_at(app: Flask, slug: str, language: str) -> Iterator[Seen]:
    """Open every page as the first who may; yields those that are pages."""
    with app.app_context():
        town = town_ids()[slug]
        visits = list(visits_of(app, slug, town))
        readers: list[tuple[int | None, FlaskClient]] = [(None, app.test_client())]
        for person_id in people_of(town):
            person = db.session.get(Person, person_id)
            assert person is not None
            readers.append((person_id, browser_of(app, person)))
        db.session.remove()
    for visit in visits:
        with app.test_request_context():
            path = url_for(visit.endpoint, **_values(app, visit, language))
        for reader, client in readers:
            response = client.get(path)
            if response.status_code == 200 or (response.status_code in {404, 410} and _dead(visit)):
                if response.mimetype == "text/html":
                    yield Seen(visit, path, reader, response.get_data(as_text=True))
                break


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["lindestad", "lindenstadt"])
def test_every_page_is_valid_html_in_its_language(
    demo_app: Flask, slug: str, language: str
) -> None:
    seen = list(look_at(demo_app, slug, language))
    for page in seen:
        parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        try:
            document = parser.parse(page.html)
        except html5lib.html5parser.ParseError as error:
            pytest.fail(f"{page.path} ({page.visit.state}): {error} {parser.errors}")
        expected = document.get("lang")
        assert expected == language or page.visit.endpoint.startswith("installation"), page.path
        assert document.findtext(".//title"), page.path
    count_states(f"valid HTML in {slug}, {language}", len(seen))


@pytest.mark.parametrize("slug", ["lindestad", "lindenstadt"])
def test_every_page_can_be_reached_by_somebody(demo_app: Flask, slug: str) -> None:
    seen = {page.visit.endpoint for page in look_at(demo_app, slug, "en")}
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
        "installation.start",
    }
    assert pages - seen - files - BEHIND_A_SESSION == set()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(
    site: Site, chromium: Browser, language: str, width: int, scheme: str
) -> None:
    slug = "lindestad" if language == "nl" else "lindenstadt"
    states = 0
    problems = []
    contexts: dict[int | None, BrowserContext] = {}
    for page in look_at(site.app, slug, language):
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
