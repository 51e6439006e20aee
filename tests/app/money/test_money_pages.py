"""Money in the browser: where every euro is, paying once, putting mistakes right."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from database import db
from participation.money import queries
from tests.app.browsing import send
from tests.app.plans.reading import Site, counted_queries, key_of, text_of
from tests.participation.plans import builders
from tests.participation.plans.builders import Assigned

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app)


@pytest.fixture
def given(committed: None, tmp_path: Path) -> Assigned:
    return builders.assigned(tmp_path, begun=True)


def pay(site: Site, given: Assigned, amount: str, *, clicks: int = 1) -> list[int]:
    staff = site.browser(given.work.coalition)
    url = site.url(f"/tasks/{given.task.id}/pay")
    key = key_of(staff.get(url).get_data(as_text=True))
    form = {"key": key, "amount": amount, "text": "Eerste deel"}
    return [send(staff, url, form).status_code for _click in range(clicks)]


def test_page_before_adoption_tells_the_budget(site: Site, tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    page = site.read_in_every_language(f"/years/{work.here.cycle.id}/money")
    assert "€45,000" in text_of(page)


def test_a_double_click_pays_once(site: Site, given: Assigned) -> None:
    assert pay(site, given, "1.000,50", clicks=3) == [302, 302, 302]
    db.session.rollback()
    assert queries.sums_of_tasks([given.task.id])[given.task.id].paid == 1_000_50


def test_too_much_is_refused_at_the_field(site: Site, given: Assigned) -> None:
    assert pay(site, given, "2150,01") == [400]
    assert pay(site, given, "een beetje") == [400]
    assert pay(site, given, "2150") == [302]


def test_everybody_sees_sums_and_entries(site: Site, given: Assigned) -> None:
    pay(site, given, "1.000")
    words = text_of(site.read_in_every_language(f"/years/{given.work.here.cycle.id}/money"))
    for expected in (
        "Of €45,000, €1,000 are paid.",
        "€1,150 are promised",
        "€6,750 are set aside",
        "€36,100 are free",
        "Eerste deel",
        "Promised to the executor",
        "Samen eten op woensdag",
    ):
        assert expected in words


def test_payment_is_reversed_with_a_reason_and_both_stay(site: Site, given: Assigned) -> None:
    pay(site, given, "1.000")
    db.session.rollback()
    entry = queries.entries_of_task(given.task.id)[-1]
    staff = site.browser(given.work.coalition)
    url = f"/ledger-entries/{entry.id}/reverse"
    assert url in site.read(f"/tasks/{given.task.id}/money", given.work.coalition)
    site.read_in_every_language(url, given.work.coalition)
    assert send(staff, site.url(url), {"reason": ""}).status_code == 400
    assert send(staff, site.url(url), {"reason": "Dubbel"}).status_code == 302
    assert send(staff, site.url(url), {"reason": "Dubbel"}).status_code == 400
    page = f"/tasks/{given.task.id}/money"
    words = text_of(site.read_in_every_language(page, given.work.coalition))
    assert "Reversed" in words
    assert f"This puts entry {entry.id} right." in words


def test_money_that_came_back_is_recorded(site: Site, given: Assigned) -> None:
    pay(site, given, "1.000")
    staff = site.browser(given.work.coalition)
    site.read_in_every_language(f"/tasks/{given.task.id}/repay", given.work.coalition)
    site.read_in_every_language(f"/tasks/{given.task.id}/pay", given.work.coalition)
    url = site.url(f"/tasks/{given.task.id}/repay")
    key = key_of(staff.get(url).get_data(as_text=True))
    form = {"key": key, "amount": "200", "text": "Niet nodig"}
    assert send(staff, url, form).status_code == 302
    db.session.rollback()
    assert queries.sums_of_tasks([given.task.id])[given.task.id].paid == 800_00


def test_executors_and_residents_do_not_record_money(site: Site, given: Assigned) -> None:
    for actor in (given.member, given.work.here.resident):
        for path in ("pay", "repay", "money"):
            assert site.status(f"/tasks/{given.task.id}/{path}", actor) == 403


def test_money_of_another_town_is_not_found(site: Site, given: Assigned, tmp_path: Path) -> None:
    there = builders.adopted(tmp_path / "there", slug="elders")
    abroad = builders.assign(there)
    promised = queries.entries_of_task(abroad.task.id)[0]
    for path in (f"/tasks/{abroad.task.id}/pay", f"/ledger-entries/{promised.id}/reverse"):
        assert site.status(path, given.work.coalition) == 404
    assert site.status(f"/years/{there.here.cycle.id}/money") == 404


def test_page_costs_the_same_queries_however_many_entries(
    site: Site, app: Flask, given: Assigned
) -> None:
    path = f"/years/{given.work.here.cycle.id}/money"
    asked = []
    for payments in (1, 6):
        for _payment in range(payments):
            pay(site, given, "10")
        with counted_queries(app) as statements:
            site.read(path)
        asked.append(len(statements))
    assert asked[0] == asked[1]
