"""Lists: search in word forms, filters, stable order, a fixed number of queries."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import text

from database import db
from participation.priorities import queries, services
from participation.priorities.queries import ListFilter, Sort
from tests.builders import NOW
from tests.participation.priorities.builders import (
    complete,
    make_draft,
    make_neighbourhood,
    make_published,
    what,
)
from tests.participation.priorities.counting import counted_queries

pytestmark = pytest.mark.usefixtures("session")


def _titles(cycle_id: int, words: str) -> list[str]:
    found = queries.list_priorities(cycle_id, language="nl", wanted=ListFilter(words=words))
    return [line.title for line in found]


@pytest.mark.parametrize(
    "words", ["huiswerk", "leerling", "LEERLINGEN", "huiswerkhulp op twee", "de leerlingen"]
)
def test_search_finds_word_forms_and_beginnings_of_compounds(words: str) -> None:
    here = make_neighbourhood()
    make_published(here, title="Huiswerkhulp op twee middagen", description="Voor leerlingen.")
    make_published(here, title="Taalcafé", description="Nederlands oefenen.")
    assert _titles(here.cycle.id, words) == ["Huiswerkhulp op twee middagen"]


def test_search_finds_translations_and_shows_the_readers_language() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    services.add_translation(
        actor=here.facilitator,
        priority=priority,
        what=what("Gemeinsame Mahlzeiten", language="de", description="Jede Woche."),
        now=NOW,
    )
    (line,) = queries.list_priorities(
        here.cycle.id, language="de", wanted=ListFilter(words="Mahlzeit")
    )
    assert (line.title, line.language) == ("Gemeinsame Mahlzeiten", "de")


@pytest.mark.parametrize("words", ["'); drop table priority;--", "!!!", "a & | !", "  "])
def test_search_takes_any_text(words: str) -> None:
    here = make_neighbourhood()
    queries.list_priorities(here.cycle.id, language="nl", wanted=ListFilter(words=words))


def test_equal_support_is_ordered_the_same_on_every_page() -> None:
    here = make_neighbourhood()
    ids = [make_published(here, title=f"Wens {n}").id for n in range(7)]
    pages = [
        queries.list_priorities(
            here.cycle.id, language="nl", sort=Sort.SUPPORT, offset=offset, limit=3
        )
        for offset in (0, 3, 6)
    ]
    assert [line.id for page in pages for line in page] == ids


def test_lists_can_be_sorted_by_support_date_and_cost() -> None:
    here = make_neighbourhood()
    old = make_published(here, title="Oud", cost_cents=3_000_00)
    draft = complete(here, make_draft(here, title="Nieuw"), cost_cents=1_000_00)
    services.publish_priority(actor=here.resident, priority=draft, now=NOW + timedelta(days=1))
    services.support_priority(actor=here.neighbour, priority=old, now=NOW)

    def order(sort: Sort) -> list[int]:
        return [p.id for p in queries.list_priorities(here.cycle.id, language="nl", sort=sort)]

    assert order(Sort.SUPPORT) == [old.id, draft.id]
    assert order(Sort.NEWEST) == [draft.id, old.id]
    assert order(Sort.CHEAPEST) == [draft.id, old.id]


def test_a_longer_list_costs_no_more_queries() -> None:
    here = make_neighbourhood()
    make_published(here)
    db.session.flush()
    with counted_queries() as short:
        queries.list_priorities(here.cycle.id, language="de")
    for number in range(15):
        make_published(here, title=f"Wens {number}")
    with counted_queries() as long:
        assert len(queries.list_priorities(here.cycle.id, language="de")) == 16
    assert len(long) == len(short) == 3


def test_search_can_use_the_index() -> None:
    here = make_neighbourhood()
    make_published(here)
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    plan = db.session.execute(
        text(
            "EXPLAIN SELECT id FROM priority WHERE to_tsvector(CASE priority.language WHEN 'nl' "
            "THEN 'dutch'::regconfig WHEN 'de' THEN 'german'::regconfig ELSE 'english'::regconfig "
            "END, (priority.title || ' '::text) || priority.description) @@ 'x'::tsquery"
        )
    ).scalars()
    assert "ix_priority_words" in "\n".join(plan)
