"""Pages of proposals for everybody: list, life, support."""

from __future__ import annotations

import pytest
from flask import Flask

from database import db
from participation.phases import Phase
from participation.priorities import queries, services
from participation.priorities.models import CheckOutcome
from tests.app.browsing import send
from tests.app.visiting import LANGUAGES, browser_as
from tests.builders import NOW, make_cycle, make_town
from tests.participation.priorities.builders import (
    Neighbourhood,
    make_draft,
    make_published,
    make_shortlisted,
    what,
)
from tests.participation.priorities.counting import counted_queries


def _list(here: Neighbourhood, language: str = "nl") -> str:
    return f"/{language}/lindestad/years/{here.cycle.id}/priorities/"


def _page(priority_id: int, language: str = "nl") -> str:
    return f"/{language}/lindestad/priorities/{priority_id}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_the_list_and_a_proposal(
    app: Flask, here: Neighbourhood, language: str
) -> None:
    priority = make_published(here)
    db.session.commit()
    visitor = browser_as(app)
    assert "Samen eten op woensdag" in visitor.get(_list(here, language)).text
    assert "Samen eten op woensdag" in visitor.get(_page(priority.id, language)).text


@pytest.mark.parametrize("number", ["99999999999999999999999", "-1", "x"])
def test_theme_that_cannot_be_narrows_nothing(app: Flask, here: Neighbourhood, number: str) -> None:
    make_published(here)
    db.session.commit()
    page = browser_as(app).get(f"{_list(here)}?theme={number}&function={number}")
    assert "Samen eten op woensdag" in page.text


def test_a_text_in_another_language_is_marked_with_it(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    db.session.commit()
    page = browser_as(app).get(_page(priority.id, "de")).text
    assert '<h1 class="utrecht-heading-1" lang="nl">Samen eten op woensdag</h1>' in page


def test_a_translation_is_shown_with_the_original_at_hand(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    services.add_translation(
        actor=here.facilitator,
        priority=priority,
        what=what("Zusammen essen", language="de"),
        now=NOW,
    )
    db.session.commit()
    page = browser_as(app).get(_page(priority.id, "de")).text
    assert '<h1 class="utrecht-heading-1">Zusammen essen</h1>' in page
    assert '<p lang="nl"><strong>Samen eten op woensdag</strong></p>' in page


def test_the_list_is_searched_narrowed_and_paged(app: Flask, here: Neighbourhood) -> None:
    for number in range(21):
        make_published(here, title=f"Bankje {number:02}")
    make_published(here, title="Taalcafé")
    db.session.commit()
    visitor = browser_as(app)
    assert "Taalcafé" not in visitor.get(_list(here) + "?q=bankje").text
    second = visitor.get(_list(here) + "?q=bankje&page=2").text
    assert "Bankje 20" in second
    assert "Bankje 19" not in second
    assert visitor.get(_list(here) + "?state=refused&theme=x&sort=none").status_code == 200
    assert visitor.get(_list(here) + "?page=9").status_code == 404


def test_a_draft_is_shown_to_nobody_else(app: Flask, here: Neighbourhood) -> None:
    draft = make_draft(here)
    db.session.commit()
    assert browser_as(app).get(_page(draft.id)).status_code == 404
    assert browser_as(app, here.neighbour).get(_page(draft.id)).status_code == 404
    assert browser_as(app, here.resident).get(_page(draft.id)).status_code == 302
    assert "Samen eten" in browser_as(app, here.resident).get(_list(here)).text
    assert "Samen eten" not in browser_as(app, here.neighbour).get(_list(here)).text


def test_a_proposal_of_another_town_is_not_found(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    make_town(slug="beukenstad", name="Beukenstad")
    db.session.commit()
    assert browser_as(app).get(f"/nl/beukenstad/priorities/{priority.id}").status_code == 404


def test_support_is_given_once_and_taken_back(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    db.session.commit()
    neighbour, page = browser_as(app, here.neighbour), _page(priority.id)
    for _ in range(2):
        assert send(neighbour, f"{page}/support", page=_list(here)).status_code == 302
    db.session.expire_all()
    assert priority.support_count == 1
    send(neighbour, f"{page}/withdraw-support", page=page)
    db.session.expire_all()
    assert priority.support_count == 0


def test_a_visitor_is_asked_to_sign_in_before_supporting(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    db.session.commit()
    sign_in = "/nl/lindestad/sign-in"
    answer = send(browser_as(app), _page(priority.id) + "/support", page=sign_in)
    assert sign_in in (answer.location or "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_carried_over_wish_shows_both_years(
    app: Flask, here: Neighbourhood, language: str
) -> None:
    first = make_shortlisted(here)
    services.apply_result(actor=here.municipality, cycle=here.cycle, chosen_ids=[first.id], now=NOW)
    here.in_phase(Phase.REVIEW)
    second = services.carry_over_priority(
        actor=here.facilitator,
        priority=first,
        target_cycle=make_cycle(here.area, plan_year=2028, phase=Phase.COLLECT),
        reason="Het doel is half bereikt.",
        now=NOW,
    )
    db.session.commit()
    for priority_id in (first.id, second.id):
        page = browser_as(app).get(_page(priority_id, language)).text
        assert 'id="life-2027"' in page
        assert 'id="life-2028"' in page


def test_a_refusal_shows_the_criterion_and_the_explanation(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    services.check_priority(
        actor=here.staff,
        priority=priority,
        outcome=CheckOutcome.REFUSED,
        criterion_code="law",
        explanation="De gemeente mag dit niet.",
        language="nl",
        now=NOW,
    )
    db.session.commit()
    page = browser_as(app).get(_page(priority.id)).text
    assert "Het mag." in page
    assert "De gemeente mag dit niet." in page


def test_the_life_costs_a_fixed_number_of_queries(app: Flask, here: Neighbourhood) -> None:
    make_published(here)
    db.session.commit()
    visitor = browser_as(app)
    with counted_queries() as few:
        visitor.get(_list(here))
    for number in range(15):
        make_published(here, title=f"Wens {number}")
    db.session.commit()
    with counted_queries() as many:
        visitor.get(_list(here))
    assert len(many) == len(few)
    assert queries.count_priorities(here.cycle.id) == 16


def test_a_stale_token_leads_to_a_page_not_a_fault(app: Flask, here: Neighbourhood) -> None:
    priority = make_published(here)
    db.session.commit()
    neighbour = browser_as(app, here.neighbour)
    assert neighbour.post(_page(priority.id) + "/support").status_code == 400
