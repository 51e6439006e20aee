"""The review in the browser: answer, read both sides, decide, carry over."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from database import db
from participation.permissions import Role
from participation.phases import Phase
from participation.plans import queries as plans
from participation.reviews import queries
from participation.reviews.questions import Outcome, Voice
from tests.app.browsing import send
from tests.app.plans.reading import Site, counted_queries, text_of
from tests.builders import make_actor, make_cycle
from tests.participation.plans import builders
from tests.participation.plans.builders import Work

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def site(app: Flask) -> Site:
    return Site(app)


@pytest.fixture
def work(committed: None, tmp_path: Path) -> Work:
    year = builders.adopted(tmp_path)
    year.here.in_phase(Phase.REVIEW)
    return year


def test_report_before_the_plan_says_there_is_nothing(site: Site, tmp_path: Path) -> None:
    year = builders.make_year(tmp_path)
    page = site.read_in_every_language(f"/years/{year.here.cycle.id}/review")
    assert "There is nothing to review yet" in page


def test_answers_lead_from_goal_to_goal_and_then_to_the_report(site: Site, work: Work) -> None:
    first, second = plans.activities(work.here.cycle.id)
    site.read_in_every_language(f"/activities/{first.id}/review", work.here.resident)
    browser = site.browser(work.here.resident)
    form = {"answer_rq1": "partly", "answer_rq2": "Ik zag het zelf.", "answer_rq7": "continue"}
    url = site.url(f"/activities/{first.id}/review")
    assert send(browser, url, {}).status_code == 400
    assert send(browser, url, form | {"answer_rq1": "perhaps"}).status_code == 400
    on = send(browser, url, form)
    assert on.headers["Location"].endswith(f"/activities/{second.id}/review")
    back = send(browser, site.url(f"/activities/{second.id}/review"), form)
    assert back.headers["Location"].endswith(f"/years/{work.here.cycle.id}/review")
    assert "Ik zag het zelf." in site.read(f"/activities/{first.id}/review", work.here.resident)
    words = text_of(site.read_in_every_language(f"/activities/{first.id}/review/texts"))
    assert "Ik zag het zelf." in words


def test_who_lives_and_works_here_says_for_whom(site: Site, work: Work) -> None:
    both = make_actor(work.here.town, Role.RESIDENT, Role.BOARD_MEMBER, area=work.here.area)
    activity = builders.first_activity(work)
    url = f"/activities/{activity.id}/review"
    site.read_in_every_language(url, both)
    browser = site.browser(both)
    assert send(browser, site.url(url), {"answer_rq1": "yes"}).status_code == 400
    form = {"answer_rq1": "yes", "voice": "professional"}
    assert send(browser, site.url(url), form).status_code == 302
    db.session.rollback()
    answer = queries.answer_of(activity.id, both.person_id)
    assert answer is not None
    assert answer.voice is Voice.PROFESSIONAL


def test_report_shows_both_sides_and_where_they_differ(site: Site, work: Work) -> None:
    activity = builders.first_activity(work)
    url = site.url(f"/activities/{activity.id}/review")
    for actor, value in ((work.here.resident, "yes"), (work.coalition, "no")):
        assert send(site.browser(actor), url, {"answer_rq1": value}).status_code == 302
    words = text_of(site.read_in_every_language(f"/years/{work.here.cycle.id}/review"))
    assert "Seen differently" in words
    assert "Residents who answered: 1. Professionals who answered: 1." in words


def test_decision_carries_a_wish_into_the_next_year(site: Site, work: Work) -> None:
    activity = builders.first_activity(work)
    url = f"/activities/{activity.id}/review/decide"
    site.read_in_every_language(url, work.here.facilitator)
    judge = site.browser(work.here.facilitator)
    form = {"outcome": "carry_over", "reason": "Het moet doorgaan."}
    refused = send(judge, site.url(url), form)
    assert refused.status_code == 400
    make_cycle(work.here.area, plan_year=2028, phase=Phase.COLLECT)
    db.session.commit()
    assert send(judge, site.url(url), form).status_code == 302
    db.session.rollback()
    decision = queries.decisions_of([activity.id])[activity.id]
    assert decision.outcome is Outcome.CARRY_OVER
    page = site.read_in_every_language(f"/years/{work.here.cycle.id}/review")
    assert f"/priorities/{decision.carried_priority_id}" in page
    assert "Het moet doorgaan." in page
    assert send(judge, site.url(url), form, page=site.url("/my-tasks")).status_code == 400


def test_visitors_are_asked_to_sign_in_and_staff_of_the_town_cannot_answer(
    site: Site, work: Work
) -> None:
    activity = builders.first_activity(work)
    assert site.status(f"/activities/{activity.id}/review") == 302
    assert site.status(f"/activities/{activity.id}/review", work.here.municipality) == 403
    assert site.status(f"/activities/{activity.id}/review/decide", work.here.resident) == 403


def test_report_costs_the_same_queries_however_many_answered(
    site: Site, app: Flask, work: Work
) -> None:
    activity = builders.first_activity(work)
    url = site.url(f"/activities/{activity.id}/review")
    path = f"/years/{work.here.cycle.id}/review"
    asked = []
    for people in (1, 4):
        for _person in range(people):
            actor = make_actor(work.here.town, Role.RESIDENT, area=work.here.area)
            assert send(site.browser(actor), url, {"answer_rq1": "yes"}).status_code == 302
        with counted_queries(app) as statements:
            site.read(path)
        asked.append(len(statements))
    assert asked[0] == asked[1]
