"""Collect and check: residents say what is needed, and each wish gets an answer."""

from __future__ import annotations

from tests.journeys.people import Person, become_resident
from tests.journeys.year import Year


def collect(year: Year) -> None:
    """Wishes come in, from people with an account and from one without."""
    year.let_it_be(6, 3)
    year.advance()
    first = _resident(year, "Fatma de Boer", phone=True)
    second = _resident(year, "Henk Smit")
    year.priorities["tables"] = _propose(first, year, year.words.tables, "4000")
    year.priorities["bridge"] = _propose(second, year, year.words.bridge, "9900000")
    year.priorities["ramp"] = _propose_for_somebody(year)
    _support(second, year.priorities["tables"])
    _support(first, year.priorities["ramp"])
    second.goto(f"{year.cycle}/priorities/")
    for wish in (year.words.tables, year.words.bridge, year.words.ramp):
        second.sees(wish)
    second.picture("priorities")


def check(year: Year) -> None:
    """Two wishes are feasible; one is refused with a published criterion. Two go on the ballot."""
    year.let_it_be(9, 16)
    year.advance()
    staff = year.staff["coalition"]
    for wish in ("tables", "ramp"):
        staff.send(f"/priorities/{year.priorities[wish]}/check", outcome="feasible")
    bridge = f"/priorities/{year.priorities['bridge']}"
    staff.goto(f"{bridge}/check")
    staff.picture("check")
    staff.fill(outcome="refused", criterion="te_duur", explanation=year.words.reason)
    staff.submit()
    for wish in ("tables", "ramp"):
        staff.goto(f"{year.cycle}/shortlist")
        staff.submit(f"/priorities/{year.priorities[wish]}/shortlist")
    staff.picture("shortlist")
    resident = year.residents[1]
    resident.goto(bridge)
    resident.sees(year.words.reason)


def _resident(year: Year, name: str, *, phone: bool = False) -> Person:
    email = f"{name.split(maxsplit=1)[0].lower()}@bewoner.example"
    person = year.household.person(name, email, phone=phone)
    person.goto("/")
    person.picture("town-phone" if phone else "town")
    become_resident(person, year.town.neighbourhood)
    year.residents.append(person)
    return person


def _propose(person: Person, year: Year, title: str, euros: str) -> int:
    words = year.words
    person.goto(f"/areas/{year.area_slug}")
    person.press(f"main a[href$='{year.cycle}/priorities/propose']")
    person.fill(title=title, description=words.story)
    person.picture("propose")
    person.submit()
    _tell_where(person, words.place)
    person.submit()
    person.fill(cost=euros, route="together")
    person.submit()
    person.submit()
    person.sees(title)
    return person.number_in_url()


def _propose_for_somebody(year: Year) -> int:
    facilitator, words = year.staff["facilitator"], year.words
    facilitator.goto(f"{year.cycle}/priorities/propose-for-someone")
    facilitator.fill(title=words.ramp, description=words.story)
    _tell_where(facilitator, words.place)
    facilitator.fill(cost="8.000", route="professional", on_behalf_of="Mevrouw Jansen, Kade 4")
    facilitator.submit()
    return facilitator.number_in_url()


def _tell_where(person: Person, place: str) -> None:
    person.fill(place=place)
    for name in ("theme", "function"):
        person.page.locator(f"main [name={name}]").first.check()


def _support(person: Person, priority_id: int) -> None:
    """A double click supports once."""
    person.goto(f"/priorities/{priority_id}")
    person.press(f"main form[action$='/priorities/{priority_id}/support'] button", clicks=2)
    person.goto(f"/priorities/{priority_id}")
    assert person.page.locator("main aside dd").nth(4).inner_text().startswith("1 ")
    person.picture("priority-supported")
