"""The plan's page tells who, what, why and how much; staff make it in three steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from database import db
from participation.plans import queries
from participation.plans.models import PlanState
from tests.app.browsing import send
from tests.app.plans.reading import Site, counted_queries, text_of
from tests.participation.plans import builders

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app)


def test_page_without_a_plan_says_where_plans_come_from(site: Site, tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    page = site.read_in_every_language(f"/years/{_cycle(work)}/plan")
    assert "There is no plan for this year yet" in page
    assert "Make the plan" not in page


def test_page_shows_goals_executors_money_and_what_is_left_out(site: Site, tmp_path: Path) -> None:
    given = builders.assigned(tmp_path)
    page = site.read_in_every_language(f"/years/{_cycle(given.work)}/plan")
    words = text_of(page)
    for expected in (
        "Plan 1",
        "Bewonersgroep Lindelaan",
        "40 eters per week",
        "Minder buren zijn alleen",
        "€2,400",
        "College van B en W",
        "Niet gekozen",
        "30 for, 5 against",
    ):
        assert expected in words


def test_plan_is_made_described_and_adopted_in_the_browser(site: Site, tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    cycle_id, coalition = _cycle(work), work.coalition
    staff = site.browser(coalition)
    draft = site.url(f"/years/{cycle_id}/plan/draft")
    assert send(staff, draft).status_code == 302
    assert len(queries.activities(cycle_id)) == 2
    saved = send(
        staff,
        site.url(f"/years/{cycle_id}/plan/introduction"),
        {"introduction": "Dit plan is van ons.", "continuity": "De buurtkamer blijft."},
        page=draft,
    )
    assert saved.status_code == 302
    for activity in queries.activities(cycle_id):
        url = site.url(f"/activities/{activity.id}/describe")
        assert send(staff, url, {"goal": "", "indicator": "x"}).status_code == 400
        assert send(staff, url, {"goal": "Doel", "indicator": "Cijfer"}).status_code == 302
    builders.adopt_motion(work)
    db.session.commit()
    adopt = site.url(f"/years/{cycle_id}/plan/adopt")
    assert staff.get(adopt).status_code == 403
    town = site.browser(work.here.municipality)
    form = {"body": "College", "adopted_on": "2026-06-02", "objection_until": "2026-06-01"}
    assert send(town, adopt, form).status_code == 400
    assert send(town, adopt, form | {"objection_until": "2026-07-14"}).status_code == 302
    db.session.expire_all()
    plan = queries.plan_of_cycle(cycle_id)
    assert plan is not None
    assert plan.state is PlanState.ADOPTED
    words = text_of(site.read(f"/years/{cycle_id}/plan"))
    assert "Dit plan is van ons." in words
    assert "De buurtkamer blijft." in words
    assert "14 juli 2026" in words


def test_staff_pages_are_valid_in_every_language(site: Site, tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    builders.draft(work)
    activity = builders.first_activity(work)
    site.read_in_every_language(f"/years/{_cycle(work)}/plan/draft", work.coalition)
    site.read_in_every_language(f"/activities/{activity.id}/describe", work.coalition)
    site.read_in_every_language(f"/years/{_cycle(work)}/plan/adopt", work.here.municipality)


def test_plan_can_be_downloaded_as_data(site: Site, tmp_path: Path) -> None:
    work = builders.adopted(tmp_path)
    db.session.commit()
    answer = site.browser().get(site.url(f"/years/{_cycle(work)}/plan.json"))
    plan = answer.get_json()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert (plan["state"], plan["budget_cents"], plan["plan_year"]) == ("adopted", 45_000_00, 2027)
    (goal,) = plan["goals"]
    assert goal["goal"] == {"nl": "Minder buren zijn alleen"}
    assert [a["budget_cents"] for a in goal["activities"]] == [2_400_00, 6_500_00]


def test_plans_of_another_town_are_not_found(site: Site, tmp_path: Path) -> None:
    here = builders.make_year(tmp_path)
    there = builders.make_year(tmp_path / "there", slug="elders")
    builders.draft(there)
    builders.draft(here)
    activity = builders.first_activity(there)
    assert site.status(f"/years/{_cycle(there)}/plan") == 404
    assert site.status(f"/years/{_cycle(there)}/plan.json") == 404
    assert site.status(f"/activities/{activity.id}/describe", here.coalition) == 404


def test_plan_page_costs_the_same_queries_however_long_the_plan_is(
    site: Site, app: Flask, tmp_path: Path
) -> None:
    asked = []
    for slug, costs in (("klein", (100_00,)), ("groot", (100_00,) * 6)):
        work = builders.adopted(tmp_path / slug, costs=costs, slug=slug)
        other = Site(app, slug=slug)
        path = f"/years/{_cycle(work)}/plan"
        other.read(path)
        with counted_queries(app) as statements:
            other.read(path)
        asked.append(len(statements))
    assert asked[0] == asked[1]


def _cycle(work: builders.Work) -> int:
    return work.here.cycle.id
