"""Proposing: drafts, publishing, proposing for somebody, withdrawing, translating."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from database import db
from participation import history
from participation.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    PhaseClosedError,
)
from participation.phases import Phase
from participation.priorities import queries, services
from participation.priorities.content import How, Where
from participation.priorities.models import Priority, Route
from participation.priorities.states import PriorityState
from tests.builders import NOW
from tests.participation.priorities.builders import (
    complete,
    make_draft,
    make_neighbourhood,
    make_published,
    what,
)

pytestmark = pytest.mark.usefixtures("session")


def test_a_draft_keeps_what_was_written_part_by_part() -> None:
    here = make_neighbourhood()
    draft = make_draft(here)
    services.save_draft(
        actor=here.resident,
        priority=draft,
        part=Where("Speeltuin", here.theme_id, None),
        now=NOW,
    )
    db.session.expire_all()
    kept = queries.find_priority(here.town.id, draft.id)
    assert kept is not None
    assert (kept.title, kept.place, kept.function_id) == (
        "Samen eten op woensdag",
        "Speeltuin",
        None,
    )
    assert kept.state is PriorityState.DRAFT
    assert [d.id for d in queries.drafts_of(here.resident.person_id or 0)] == [draft.id]


def test_a_draft_is_in_no_list_and_no_count() -> None:
    here = make_neighbourhood()
    make_draft(here)
    assert queries.count_priorities(here.cycle.id) == 0
    assert queries.check_counts(here.cycle.id).published == 0


def test_the_same_form_sent_twice_begins_one_draft() -> None:
    here = make_neighbourhood()
    for _ in range(2):
        services.start_draft(
            actor=here.resident, cycle=here.cycle, what=what(), submission="form-1", now=NOW
        )
    assert db.session.scalar(select(func.count(Priority.id))) == 1


def test_nobody_but_its_author_edits_a_draft() -> None:
    here = make_neighbourhood()
    draft = make_draft(here)
    with pytest.raises(NotAllowedError):
        services.save_draft(actor=here.neighbour, priority=draft, part=what("Anders"), now=NOW)


@pytest.mark.parametrize(
    ("cost_cents", "code"), [(None, "cost_missing"), (10_001_00, "cost_above_cap")]
)
def test_publishing_names_what_is_wrong(cost_cents: int | None, code: str) -> None:
    here = make_neighbourhood(cost_cap_cents=10_000_00)
    draft = complete(here, make_draft(here))
    draft.cost_cents = cost_cents
    with pytest.raises(InvalidInputError) as refused:
        services.publish_priority(actor=here.resident, priority=draft, now=NOW)
    assert refused.value.code == code
    assert refused.value.params["field"] == "cost"


def test_a_cost_above_the_cap_is_refused_while_the_draft_is_written() -> None:
    here = make_neighbourhood(cost_cap_cents=10_000_00)
    draft = make_draft(here)
    with pytest.raises(InvalidInputError, match="cost_above_cap"):
        services.save_draft(
            actor=here.resident, priority=draft, part=How(10_000_01, Route.TOGETHER), now=NOW
        )


def test_an_incomplete_draft_is_not_published() -> None:
    here = make_neighbourhood()
    draft = make_draft(here)
    with pytest.raises(InvalidInputError, match="theme_missing"):
        services.publish_priority(actor=here.resident, priority=draft, now=NOW)
    assert draft.state is PriorityState.DRAFT


def test_what_is_published_is_not_changed_any_more() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    with pytest.raises(ConflictError, match="priority_not_draft"):
        services.save_draft(actor=here.resident, priority=priority, part=what("Anders"), now=NOW)
    with pytest.raises(ConflictError, match="priority_step_not_now"):
        services.publish_priority(actor=here.resident, priority=priority, now=NOW)


@pytest.mark.parametrize("phase", [p for p in Phase if p is not Phase.COLLECT])
def test_proposing_is_open_only_while_wishes_are_collected(phase: Phase) -> None:
    here = make_neighbourhood()
    draft = complete(here, make_draft(here))
    here.in_phase(phase)
    with pytest.raises(PhaseClosedError):
        make_draft(here)
    with pytest.raises(PhaseClosedError):
        services.publish_priority(actor=here.resident, priority=draft, now=NOW)


def test_theme_of_another_town_is_refused() -> None:
    here = make_neighbourhood()
    elsewhere = make_neighbourhood(slug="beukenstad")
    draft = make_draft(here)
    with pytest.raises(InvalidInputError, match="theme_unknown"):
        services.save_draft(
            actor=here.resident,
            priority=draft,
            part=Where("Plein", elsewhere.theme_id, here.function_id),
            now=NOW,
        )


def test_who_it_was_proposed_for_stands_only_in_the_erasable_part() -> None:
    here = make_neighbourhood()
    priority = services.propose_for_someone(
        actor=here.facilitator,
        cycle=here.cycle,
        what=what("Bankje bij de halte"),
        where=Where("Halte Lindeplein", here.theme_id, here.function_id),
        how=How(900_00, Route.PROFESSIONAL),
        on_behalf_of="mevrouw Visser, Lindelaan 4",
        now=NOW,
    )
    assert priority.state is PriorityState.PUBLISHED
    assert priority.author_id is None
    (record, *_) = history.list_records(history.cycle_chain(here.cycle.id))
    assert "Visser" not in str(record.payload)
    personal = db.session.get(history.JournalPersonal, (record.chain, record.number))
    assert personal is not None
    assert personal.payload == {"on_behalf_of": "mevrouw Visser, Lindelaan 4"}
    assert history.verify(record.chain) is None


def test_only_facilitators_propose_for_somebody() -> None:
    here = make_neighbourhood()
    with pytest.raises(NotAllowedError):
        services.propose_for_someone(
            actor=here.resident,
            cycle=here.cycle,
            what=what(),
            where=Where("Plein", here.theme_id, here.function_id),
            how=How(900_00, Route.TOGETHER),
            on_behalf_of="buurman",
            now=NOW,
        )


def test_a_withdrawn_priority_leaves_the_list() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    services.withdraw_priority(actor=here.resident, priority=priority, now=NOW)
    assert queries.count_priorities(here.cycle.id) == 0
    assert queries.check_counts(here.cycle.id).published == 0


def test_a_checked_priority_is_not_withdrawn() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    with pytest.raises(PhaseClosedError):
        services.withdraw_priority(actor=here.resident, priority=priority, now=NOW)


def test_a_translation_is_shown_in_its_language_and_the_original_elsewhere() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    german = what("Mittwochs zusammen essen", language="de")
    services.add_translation(actor=here.facilitator, priority=priority, what=german, now=NOW)
    services.add_translation(actor=here.facilitator, priority=priority, what=german, now=NOW)
    assert queries.spoken(priority, "de").title == "Mittwochs zusammen essen"
    assert queries.spoken(priority, "en").language == "nl"
    with pytest.raises(InvalidInputError, match="translation_into_own_language"):
        services.add_translation(actor=here.facilitator, priority=priority, what=what(), now=NOW)
