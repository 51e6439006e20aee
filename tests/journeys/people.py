"""People at their browsers: each with a context of their own, watched for everything wrong.

Controls are found by their ``name``, forms by where they lead: never by words, which are
translated.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Response,
    ViewportSize,
)

from tests.journeys.installation import Installation

PASSWORD = "zeven-blauwe-fietsen-in-de-haven"
_DESKTOP: ViewportSize = {"width": 1280, "height": 900}
_PHONE: ViewportSize = {"width": 360, "height": 740}
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_CONTROL = "main [name='{}']:not([type=hidden])"


@dataclass
class Person:
    """Somebody with a browser, and everything that went wrong in it."""

    name: str
    email: str
    house: Installation
    page: Page
    is_on_phone: bool
    wrong: list[str] = field(default_factory=list)
    secret: str = ""
    recovery_codes: Sequence[str] = ()

    @property
    def url(self) -> str:
        return self.page.url

    def goto(self, address: str) -> None:
        """Open a page of the town, in its language; or a whole address."""
        url = address if "://" in address else self.house.town_url + address
        self._check(self.page.goto(url))

    def fill(self, **answers: object) -> None:
        """Answer questions by the names of their controls; ``for_`` stands for ``for``."""
        for name, answer in answers.items():
            self._answer(self.page.locator(_CONTROL.format(name.rstrip("_"))), answer)

    def choose(self, name: str, label: str) -> None:
        """Choose what somebody of this town named so."""
        self.page.select_option(_CONTROL.format(name), label=label)

    def submit(self, path: str = "") -> None:
        """Send the form that leads to ``path``; without it, the page's own."""
        where = f"[action$='{path}']" if path else ":not([action])"
        button = f"main form[method=post]{where} button[type=submit]:not([name=later])"
        self.press(self.page.locator(button).first)

    def press(self, target: Locator | str, clicks: int = 1) -> None:
        """Press a button or a link that leads to another page."""
        found = self.page.locator(target).first if isinstance(target, str) else target
        with self.page.expect_navigation() as navigation:
            found.click(click_count=clicks)
        self._check(navigation.value)

    def send(self, address: str, **answers: object) -> None:
        """Open a page, answer its questions, send its form."""
        self.goto(address)
        self.fill(**answers)
        self.submit()

    def sees(self, text: str) -> None:
        """What is said in the page's main part."""
        main = self.page.locator("main").inner_text()
        assert text in main, f"{self.name} does not find {text!r} on {self.url}:\n{main}"

    def number_in_url(self) -> int:
        """The last number in the page's own address."""
        found = re.findall(r"/(\d+)(?=/|$)", urlsplit(self.url).path)
        assert found, f"{self.name} is on {self.url}, which has no number"
        return int(found[-1])

    def speaks_own_language(self, address: str) -> None:
        """A page says something else than its English sister, so that it was translated."""
        self.goto(address)
        own = self.page.locator("main").inner_text()
        sister = self.url.replace(f"/{self.house.language}/", "/en/", 1)
        response = self.page.goto(sister)
        assert response is not None
        assert response.status == 200, sister
        assert self.page.locator("html").get_attribute("lang") == "en", sister
        assert self.page.locator("main").inner_text() != own, f"{sister} says the same in English"

    def picture(self, name: str) -> None:
        """Keep a picture where somebody asked for pictures of the way."""
        folder = os.environ.get("JOURNEY_PICTURES")
        if folder:
            path = Path(folder) / f"{self.house.language}-{name}.png"
            self.page.screenshot(path=path, full_page=True)

    def _answer(self, control: Locator, answer: object) -> None:
        kind = control.first.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            control.select_option(str(answer))
        elif kind in {"radio", "checkbox"} and not isinstance(answer, bool):
            wanted = control.page.locator(f"main [type={kind}][value='{answer}']")
            wanted.and_(control).check()
        elif kind == "checkbox":
            control.set_checked(bool(answer))
        else:
            control.fill(str(answer))

    def _check(self, response: Response | None) -> None:
        assert response is not None
        page, where = self.page, f"{self.name} on {self.page.url}"
        page.wait_for_load_state()
        errors = page.locator("[data-error-summary]")
        said = errors.inner_text() if errors.count() else ""
        assert response.status < 400, f"{where}: {response.status} {said} {page.title()}"
        assert not said, f"{where}: {said}"
        assert page.locator("html").get_attribute("lang") == self.house.language, where
        if self.is_on_phone:
            assert page.evaluate(_WIDER) <= 0, f"{where}: the page is wider than the phone"


@dataclass
class Household:
    """Who has a browser in this journey."""

    house: Installation
    browser: Browser
    people: list[Person] = field(default_factory=list)

    def person(self, name: str, email: str = "", *, phone: bool = False) -> Person:
        """Somebody new, with a browser that has never been here."""
        context = self._context(phone)
        person = Person(name, email, self.house, context.new_page(), phone)
        _watch(person)
        self.people.append(person)
        return person

    def everything_wrong(self) -> list[str]:
        """What any browser complained about, with whose it was."""
        return [f"{person.name}: {line}" for person in self.people for line in person.wrong]

    def keep_pictures(self, folder: Path) -> None:
        """What everybody saw last, for who must find out what went wrong."""
        for number, person in enumerate(self.people):
            file = folder / f"{number:02}-{person.name.split()[0].lower()}.png"
            person.page.screenshot(path=file, full_page=True)

    def close(self) -> None:
        """Everybody closes the browser."""
        for person in self.people:
            person.page.context.close()

    def _context(self, phone: bool) -> BrowserContext:
        locale = {"nl": "nl-NL", "de": "de-DE"}[self.house.language]
        if phone:
            return self.browser.new_context(
                locale=locale, viewport=_PHONE, has_touch=True, is_mobile=True
            )
        return self.browser.new_context(locale=locale, viewport=_DESKTOP)


def become_staff(person: Person) -> None:
    """From the invitation in the mailbox to a first page: password, phone, recovery codes."""
    person.goto(person.house.mailbox.newest_link(person.email, "/password/new/"))
    person.fill(password=PASSWORD)
    person.submit()
    person.secret = person.page.locator("main strong").first.inner_text().replace(" ", "")
    person.fill(code=_code(person))
    person.submit()
    person.recovery_codes = person.page.locator("[data-recovery-codes] li").all_inner_texts()
    assert len(set(person.recovery_codes)) == 10
    person.press("main a.utrecht-button")
    assert urlsplit(person.url).path.endswith("/work")


def sign_in_again(person: Person) -> None:
    """Sign out, and in again with the password and the phone's code."""
    person.press("form[action$='/sign-out'] button")
    person.goto("/sign-in/password")
    person.fill(email=person.email, password=PASSWORD)
    person.submit()
    person.fill(code=_code(person))
    person.submit()
    assert urlsplit(person.url).path.endswith("/work")


def become_resident(person: Person, area: str) -> None:
    """Sign up by a link in the mailbox."""
    person.goto("/sign-up")
    person.fill(email=person.email, name=person.name, display="first", old_enough=True)
    person.choose("area", area)
    person.submit()
    person.goto(person.house.mailbox.newest_link(person.email, "/sign-in/link/"))
    person.submit()


def _code(person: Person) -> str:
    return pyotp.TOTP(person.secret).at(person.house.now())


def _watch(person: Person) -> None:
    own = urlsplit(person.house.url).netloc

    def hear(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            person.wrong.append(f"{person.url}: {message.text}")

    def look(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in {"data", "blob"} and parts.netloc != own:
            person.wrong.append(f"{person.url} asked another host: {url}")

    person.page.on("console", hear)
    person.page.on("pageerror", lambda error: person.wrong.append(f"{person.url}: {error}"))
    person.page.on("request", lambda request: look(request.url))
