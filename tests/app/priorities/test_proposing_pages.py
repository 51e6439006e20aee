"""Proposing step by step, and what staff do with proposals, as pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sqlalchemy import select

from database import db
from participation.phases import Phase
from participation.priorities import queries
from participation.priorities.models import Priority
from participation.priorities.states import PriorityState
from tests.app.browsing import send
from tests.app.visiting import LANGUAGES, browser_as
from tests.participation.priorities.builders import (
    Neighbourhood,
    complete,
    make_draft,
    make_feasible,
    make_published,
)


def _year(here: Neighbourhood, language: str = "nl") -> str:
    return f"/{language}/lindestad/years/{here.cycle.id}"


def _newest() -> Priority:
    db.session.expire_all()
    return db.session.scalars(select(Priority).order_by(Priority.id.desc())).first() or Priority()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_resident_proposes_in_four_steps(app: Flask, here: Neighbourhood, language: str) -> None:
    browser = browser_as(app, here.resident)
    answers: list[dict[str, object]] = [
        {"title": "Bankjes", "description": "Om te rusten.", "language": "nl"},
        {"place": "Lindeplein", "theme": here.theme_id, "function": here.function_id},
        {"cost": "1.250", "route": "together", "route_reason": "Samen."},
        {},
    ]
    url = f"{_year(here, language)}/priorities/propose"
    for answer in answers:
        sent = send(browser, url, answer)
        assert sent.status_code == 302, sent.text
        url = sent.location or ""
    proposal = _newest()
    assert (proposal.state, proposal.cost_cents) == (PriorityState.PUBLISHED, 1_250_00)
    assert "Bankjes" in browser.get(url).text


def test_a_draft_is_kept_for_later_with_gaps(app: Flask, here: Neighbourhood) -> None:
    browser = browser_as(app, here.resident)
    draft = make_draft(here)
    db.session.commit()
    url = f"/nl/lindestad/priorities/{draft.id}/draft/where"
    assert send(browser, url, {"place": "Plein"}).status_code == 400
    assert send(browser, url, {"place": "Plein", "later": "1"}).status_code == 302
    assert _newest().place == "Plein"
    assert "Samen eten" in browser.get(f"{_year(here)}/priorities/").text


def test_sending_the_first_step_twice_begins_one_draft(app: Flask, here: Neighbourhood) -> None:
    browser = browser_as(app, here.resident)
    url = f"{_year(here)}/priorities/propose"
    page = browser.get(url).text
    fields = dict(re.findall(r'name="(csrf_token|submission)"[^>]*value="([^"]+)"', page))
    data = {**fields, "title": "Bankjes", "description": "Rust.", "language": "nl"}
    first, second = browser.post(url, data=data), browser.post(url, data=data)
    assert first.location == second.location
    assert len(queries.drafts_of(here.resident.person_id or 0)) == 1


def test_an_incomplete_draft_says_what_is_missing(app: Flask, here: Neighbourhood) -> None:
    draft = make_draft(here)
    db.session.commit()
    answer = send(
        browser_as(app, here.resident), f"/en/lindestad/priorities/{draft.id}/draft/publish"
    )
    assert answer.status_code == 400
    assert "Choose a theme." in answer.text


def test_too_high_a_cost_is_refused_at_its_field(app: Flask, here: Neighbourhood) -> None:
    here.cycle.rules_json = {**here.cycle.rules_json, "cost_cap_cents": 1_000_00}
    draft = make_draft(here)
    db.session.commit()
    answer = send(
        browser_as(app, here.resident),
        f"/en/lindestad/priorities/{draft.id}/draft/cost",
        {"cost": "1.001", "route": "residents"},
    )
    assert answer.status_code == 400
    assert 'id="cost-error"' in answer.text


def test_a_proposal_is_withdrawn_after_being_asked(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    db.session.commit()
    browser = browser_as(app, here.resident)
    assert send(browser, f"/nl/lindestad/priorities/{priority.id}/withdraw").status_code == 302
    assert _newest().state is PriorityState.WITHDRAWN
    assert browser.get(f"/nl/lindestad/priorities/{priority.id}").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_facilitator_writes_a_wish_down(app: Flask, here: Neighbourhood, language: str) -> None:
    answer = send(
        browser_as(app, here.facilitator),
        f"{_year(here, language)}/priorities/propose-for-someone",
        {
            "on_behalf_of": "mevrouw Visser",
            "title": "Bankjes",
            "description": "Om te rusten.",
            "language": "nl",
            "place": "Plein",
            "theme": here.theme_id,
            "function": here.function_id,
            "cost": "900",
            "route": "professional",
        },
    )
    assert answer.status_code == 302, answer.text
    page = browser_as(app).get(answer.location or "").text
    assert "Visser" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_staff_check_and_shortlist(app: Flask, here: Neighbourhood, language: str) -> None:
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    db.session.commit()
    staff = browser_as(app, here.staff)
    assert "Samen eten" in staff.get(f"{_year(here, language)}/check").text
    url = f"/{language}/lindestad/priorities/{priority.id}"
    refused = send(
        staff,
        f"{url}/check",
        {"decisions_seen": 0, "outcome": "refused", "criterion": "", "explanation": "Nee."},
    )
    assert refused.status_code == 400
    decided = send(
        staff,
        f"{url}/check",
        {"decisions_seen": 0, "outcome": "feasible", "criterion": "", "cost": "2.600"},
    )
    assert decided.status_code == 302, decided.text
    shortlist = f"{_year(here, language)}/shortlist"
    assert send(staff, f"{url}/shortlist", page=shortlist).status_code == 302
    assert _newest().state is PriorityState.ON_BALLOT
    assert send(staff, f"{url}/take-off-shortlist", page=shortlist).status_code == 302
    assert (_newest().state, _newest().cost_cents) == (PriorityState.FEASIBLE, 2_600_00)


def test_a_stale_button_leads_back_with_a_sentence(app: Flask, here: Neighbourhood) -> None:
    priority = make_feasible(here)
    db.session.commit()
    staff = browser_as(app, here.staff)
    url = f"/en/lindestad/priorities/{priority.id}/shortlist"
    page = f"{_year(here, 'en')}/shortlist"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', staff.get(page).text)
    assert token is not None
    for _ in range(2):
        answer = staff.post(
            url,
            data={"csrf_token": token.group(1)},
            headers={"Referer": f"http://localhost{page}"},
        )
        assert answer.status_code == 302
    assert "is in another state now" in staff.get(page).text


def test_residents_do_not_see_the_work_of_staff(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    db.session.commit()
    resident = browser_as(app, here.resident)
    for url in (
        f"{_year(here)}/check",
        f"{_year(here)}/shortlist",
        f"/nl/lindestad/priorities/{priority.id}/check",
    ):
        assert resident.get(url).status_code == 403


def test_staff_translate(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    db.session.commit()
    answer = send(
        browser_as(app, here.facilitator),
        f"/nl/lindestad/priorities/{priority.id}/translate",
        {"language": "de", "title": "Zusammen essen", "description": "Jede Woche."},
    )
    assert answer.status_code == 302
    assert "Zusammen essen" in browser_as(app).get(f"/de/lindestad/priorities/{priority.id}").text


def test_publishing_twice_leads_to_a_sentence(app: Flask, here: Neighbourhood) -> None:
    draft = complete(here, make_draft(here))
    db.session.commit()
    browser = browser_as(app, here.resident)
    url = f"/en/lindestad/priorities/{draft.id}/draft/publish"
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(url).text)
    assert token is not None
    data = {"csrf_token": token.group(1)}
    assert browser.post(url, data=data).status_code == 302
    assert browser.post(url, data=data).status_code in {302, 400, 404}
