"""Tasks in the browser: call, offer, decision, work, end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from database import database_now, db
from participation.permissions import Role
from participation.phases import Phase
from participation.plans import queries as plans
from participation.tasks import queries
from participation.tasks.criteria import DEFAULT_WEIGHTS
from participation.tasks.models import Task
from participation.tasks.states import OfferState, TaskState
from tests.app.browsing import send
from tests.app.plans.reading import Site, counted_queries, key_of, text_of
from tests.participation.plans import builders
from tests.participation.plans.builders import Work

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app)


@pytest.fixture
def work(committed: None, tmp_path: Path) -> Work:
    return builders.adopted(tmp_path)


def stored(task_id: int) -> Task:
    db.session.expire_all()
    return db.session.get_one(Task, task_id)


def open_until_tomorrow(work: Work) -> Task:
    return builders.make_call(work, closes_on=database_now().date() + timedelta(days=1))


def test_staff_make_a_task_and_open_its_call(site: Site, work: Work) -> None:
    activity = builders.first_activity(work)
    add = f"/activities/{activity.id}/tasks/new"
    site.read_in_every_language(add, work.coalition)
    staff = site.browser(work.coalition)
    form = {
        "title": "Koken",
        "description": "Elke woensdag voor veertig buren.",
        "indicator": "40 eters",
        "route": "residents",
        "budget": "2.400",
        "starts_on": "2027-01-01",
        "ends_on": "2027-12-31",
    }
    too_dear = send(staff, site.url(add), form | {"budget": "2400,01"})
    assert too_dear.status_code == 400
    assert "2.400" in too_dear.get_data(as_text=True)
    assert send(staff, site.url(add), form).status_code == 302
    (task,) = queries.list_tasks(work.here.cycle.id)
    call = f"/tasks/{task.id}/call"
    site.read_in_every_language(call, work.coalition)
    weights = {criterion.value: weight for criterion, weight in DEFAULT_WEIGHTS.items()}
    day = (database_now().date() + timedelta(days=14)).isoformat()
    values = {"closes_on": day, "gates": ["insurance", "permit"], **weights}
    wrong = send(staff, site.url(call), values | {"cost": 9})
    assert wrong.status_code == 400
    assert send(staff, site.url(call), values).status_code == 302
    opened = stored(task.id)
    assert (opened.state, opened.gates) == (TaskState.CALL_OPEN, ["insurance", "permit"])
    words = text_of(site.read_in_every_language(f"/tasks/{task.id}"))
    assert "Insurance for volunteers and visitors" in words
    assert "20 of 100" in words
    assert "Would you like to do this?" in words


def test_executor_offers_and_takes_it_back(site: Site, work: Work) -> None:
    task = open_until_tomorrow(work)
    organisation, member = builders.make_organisation(work)
    assert f"/tasks/{task.id}/offer" in site.read(f"/tasks/{task.id}", member)
    url = f"/tasks/{task.id}/offer"
    site.read_in_every_language(url, member)
    form = {"organisation": organisation.id, "amount": "2.500", "plan": "Wij koken."}
    browser = site.browser(member)
    assert send(browser, site.url(url), form).status_code == 400
    assert send(browser, site.url(url), form | {"amount": "2.150"}).status_code == 302
    (offer,) = queries.list_offers(task.id)
    assert (offer.amount_cents, offer.hours) == (2_150_00, 0)
    site.read_in_every_language("/my-tasks", member)
    withdraw = site.url(f"/offers/{offer.id}/withdraw")
    assert send(browser, withdraw, page=site.url(f"/tasks/{task.id}")).status_code == 302
    assert queries.list_offers(task.id) == []


def test_offers_are_closed_to_everybody_until_the_last_day_is_over(site: Site, work: Work) -> None:
    task = open_until_tomorrow(work)
    organisation, member = builders.make_organisation(work)
    builders.offer(work, task, organisation, member)
    page = site.read_in_every_language(f"/tasks/{task.id}/offers", work.coalition)
    assert "Offers so far: 1." in page
    assert organisation.name not in page
    assert organisation.name not in site.read(f"/tasks/{task.id}/decide", work.coalition)


def test_decision_and_reason_are_public_at_once(site: Site, work: Work) -> None:
    task = builders.make_call(work)
    organisation, member = builders.make_organisation(work)
    offer = builders.offer(work, task, organisation, member)
    db.session.commit()
    page = site.read_in_every_language(f"/tasks/{task.id}/offers", work.coalition)
    assert organisation.name in page
    url = f"/tasks/{task.id}/decide"
    site.read_in_every_language(url, work.coalition)
    staff = site.browser(work.coalition)
    assert send(staff, site.url(url), {"choice": offer.id}).status_code == 400
    form = {"choice": offer.id, "reason": "Deze groep kent de straat."}
    assert send(staff, site.url(url), form).status_code == 302
    words = text_of(site.read_in_every_language(f"/tasks/{task.id}"))
    assert "Deze groep kent de straat." in words
    assert organisation.name in words
    again = send(staff, site.url(url), form, page=site.url(f"/tasks/{task.id}/stop"))
    assert again.status_code == 400
    assert stored(task.id).state is TaskState.ASSIGNED


def test_who_has_an_interest_sees_no_offers_and_decides_nothing(site: Site, work: Work) -> None:
    task = builders.make_call(work)
    rival, other = builders.make_organisation(work, "Sportvereniging")
    offer = builders.offer(work, task, rival, other)
    decider = builders.make_member(work, rival, Role.COALITION_STAFF)
    page = site.read_in_every_language(f"/tasks/{task.id}/offers", decider)
    assert "cannot decide" in page
    assert "Wij koken zelf." not in page
    site.read(f"/tasks/{task.id}/decide", decider)
    form = {"choice": offer.id, "reason": "Wij."}
    refused = send(
        site.browser(decider),
        site.url(f"/tasks/{task.id}/decide"),
        form,
        page=site.url(f"/tasks/{task.id}/stop"),
    )
    assert refused.status_code in {400, 403}
    assert offer.state is OfferState.SUBMITTED


def test_work_is_begun_reported_and_ended(site: Site, work: Work) -> None:
    given = builders.assign(work)
    task_id, member = given.task.id, given.member
    executor, staff = site.browser(member), site.browser(work.coalition)
    page = site.url(f"/tasks/{task_id}")
    assert send(executor, site.url(f"/tasks/{task_id}/start"), page=page).status_code == 302
    report = site.url(f"/tasks/{task_id}/report")
    site.read_in_every_language(f"/tasks/{task_id}/report", member)
    key = key_of(executor.get(report).get_data(as_text=True))
    form = {"key": key, "progress": "milestone", "text": "De eerste avond: 31 eters."}
    for _click in range(2):
        assert send(executor, report, form).status_code == 302
    assert queries.count_progress(task_id) == 1
    words = text_of(site.read_in_every_language(f"/tasks/{task_id}"))
    assert "De eerste avond: 31 eters." in words
    assert "Milestone reached" in words
    assert executor.get(site.url(f"/tasks/{task_id}/finish")).status_code == 403
    site.read_in_every_language(f"/tasks/{task_id}/finish", work.coalition)
    site.read_in_every_language(f"/tasks/{task_id}/stop", work.coalition)
    assert send(staff, site.url(f"/tasks/{task_id}/finish")).status_code == 302
    assert stored(task_id).state is TaskState.DONE


def test_stopping_needs_a_reason_that_everybody_reads(site: Site, work: Work) -> None:
    given = builders.assign(work)
    task_id, staff = given.task.id, site.browser(work.coalition)
    url = site.url(f"/tasks/{task_id}/stop")
    assert send(staff, url, {"reason": ""}).status_code == 400
    assert send(staff, url, {"reason": "De groep is verhuisd."}).status_code == 302
    words = text_of(site.read_in_every_language(f"/tasks/{task_id}"))
    assert "De groep is verhuisd." in words


def test_list_narrows_by_state_and_costs_the_same_queries_however_long(
    site: Site, app: Flask, work: Work
) -> None:
    path = f"/years/{work.here.cycle.id}/tasks/"
    builders.assign(work)
    work.here.in_phase(Phase.ASSIGN)
    db.session.commit()
    asked = []
    for more in (1, 5):
        second = plans.activities(work.here.cycle.id)[1]
        for _number in range(more):
            builders.make_task(work, second, budget_cents=10_00)
        db.session.commit()
        site.read(path)
        with counted_queries(app) as statements:
            site.read(path)
        asked.append(len(statements))
    assert asked[0] == asked[1]
    assert "Bewonersgroep Lindelaan" in site.read_in_every_language(path)
    assert "Bewonersgroep Lindelaan" not in site.read(f"{path}?state=done")
    assert "Activities that still need a task" not in site.read(path, language="en")
    site.read(f"{path}?state=nonsense")
    site.read(f"{path}?page=99")


def test_tasks_of_another_town_are_not_found(site: Site, work: Work, tmp_path: Path) -> None:
    there = builders.adopted(tmp_path / "there", slug="elders")
    task = builders.make_call(there)
    organisation, member = builders.make_organisation(there)
    offer = builders.offer(there, task, organisation, member)
    for path in (f"/tasks/{task.id}", f"/years/{there.here.cycle.id}/tasks/"):
        assert site.status(path) == 404
    for path in (f"/tasks/{task.id}/{page}" for page in ("call", "offers", "decide", "stop")):
        assert site.status(path, work.coalition) == 404
    withdraw = site.url(f"/offers/{offer.id}/withdraw")
    staff = site.browser(work.coalition)
    page = site.url(f"/years/{work.here.cycle.id}/plan")
    assert send(staff, withdraw, page=page).status_code in {400, 404}


def test_my_tasks_of_somebody_without_an_organisation_says_how_to_get_one(
    site: Site, work: Work
) -> None:
    page = site.read_in_every_language("/my-tasks", work.here.resident)
    assert "You do not act for an organisation" in page
    assert site.status("/my-tasks") == 302
