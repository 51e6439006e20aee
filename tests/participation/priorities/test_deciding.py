"""Check, shortlist, result and carrying over."""

from __future__ import annotations

import pytest

from participation.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    PhaseClosedError,
)
from participation.phases import Phase
from participation.priorities import queries, services
from participation.priorities.models import CheckOutcome
from participation.priorities.states import PriorityState
from tests.builders import NOW, make_cycle
from tests.participation.priorities.builders import (
    Neighbourhood,
    make_feasible,
    make_neighbourhood,
    make_published,
    make_shortlisted,
    what,
)

pytestmark = pytest.mark.usefixtures("session")


@pytest.mark.parametrize(
    ("criterion", "explanation", "code"),
    [
        (None, "Kan niet.", "criterion_missing"),
        ("taste", "Niet mooi.", "criterion_unknown"),
        ("law", " ", "explanation_missing"),
    ],
)
def test_a_refusal_cites_a_published_criterion_and_explains_itself(
    criterion: str | None, explanation: str, code: str
) -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    with pytest.raises(InvalidInputError, match=code):
        services.check_priority(
            actor=here.staff,
            priority=priority,
            outcome=CheckOutcome.REFUSED,
            criterion_code=criterion,
            explanation=explanation,
            language="nl",
            now=NOW,
        )
    assert priority.state is PriorityState.PUBLISHED


def test_a_refused_priority_shows_its_criterion_in_the_list() -> None:
    here = make_neighbourhood()
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
    (line,) = queries.list_priorities(here.cycle.id, language="nl")
    assert (line.state, line.refused_for) == (PriorityState.REFUSED, "law")


def test_the_cost_found_by_staff_replaces_the_estimate_and_both_stay_readable() -> None:
    here = make_neighbourhood()
    priority = make_published(here, cost_cents=2_000_00)
    here.in_phase(Phase.CHECK)
    services.check_priority(
        actor=here.staff,
        priority=priority,
        outcome=CheckOutcome.FEASIBLE,
        explanation="",
        language="nl",
        cost_cents=2_500_00,
        now=NOW,
    )
    (check,) = queries.checks_of([priority.id])[priority.id]
    assert (check.estimated_cents, check.cost_cents, priority.cost_cents) == (
        2_000_00,
        2_500_00,
        2_500_00,
    )


def test_a_decision_is_corrected_while_the_check_goes_on_and_both_stay() -> None:
    here = make_neighbourhood()
    priority = make_feasible(here)
    services.check_priority(
        actor=here.staff,
        priority=priority,
        outcome=CheckOutcome.REFUSED,
        criterion_code="cost",
        explanation="Toch te duur.",
        language="nl",
        decisions_seen=1,
        now=NOW,
    )
    outcomes = [check.outcome for check in queries.checks_of([priority.id])[priority.id]]
    assert outcomes == [CheckOutcome.FEASIBLE, CheckOutcome.REFUSED]
    assert priority.state is PriorityState.REFUSED


def test_a_decision_sent_twice_is_made_once() -> None:
    here = make_neighbourhood()
    priority = make_feasible(here)
    with pytest.raises(ConflictError, match="priority_decided_meanwhile"):
        services.check_priority(
            actor=here.staff,
            priority=priority,
            outcome=CheckOutcome.FEASIBLE,
            explanation="Het kan.",
            language="nl",
            now=NOW,
        )


def test_residents_do_not_check() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    with pytest.raises(NotAllowedError):
        services.check_priority(
            actor=here.resident,
            priority=priority,
            outcome=CheckOutcome.FEASIBLE,
            explanation="",
            language="nl",
            now=NOW,
        )


def test_only_feasible_priorities_come_onto_the_ballot() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    with pytest.raises(ConflictError, match="priority_step_not_now"):
        services.shortlist_priority(actor=here.staff, priority=priority, now=NOW)


def test_a_full_ballot_takes_no_more() -> None:
    here = make_neighbourhood(shortlist_limit=1)
    make_shortlisted(here)
    second = make_feasible(here, title="Taalcafé")
    with pytest.raises(ConflictError, match="shortlist_full"):
        services.shortlist_priority(actor=here.staff, priority=second, now=NOW)


def test_what_costs_more_than_the_budget_stays_off_the_ballot() -> None:
    here = make_neighbourhood()
    dear = make_feasible(here, cost_cents=here.cycle.budget_cents + 1)
    with pytest.raises(ConflictError, match="cost_above_budget"):
        services.shortlist_priority(actor=here.staff, priority=dear, now=NOW)


def test_the_ballot_lists_every_language_of_what_is_on_it() -> None:
    here = make_neighbourhood()
    priority = make_shortlisted(here)
    services.add_translation(
        actor=here.facilitator,
        priority=priority,
        what=what("Zusammen essen", language="de"),
        now=NOW,
    )
    (row,) = queries.list_on_ballot(here.cycle.id)
    assert row.titles == {"nl": "Samen eten op woensdag", "de": "Zusammen essen"}
    services.take_off_shortlist(actor=here.staff, priority=priority, now=NOW)
    assert queries.list_on_ballot(here.cycle.id) == []


def test_the_result_marks_each_option_chosen_or_not() -> None:
    here = make_neighbourhood()
    won, lost = make_shortlisted(here), make_shortlisted(here, title="Taalcafé")
    refused = make_feasible(here, title="Derde")
    services.apply_result(actor=here.municipality, cycle=here.cycle, chosen_ids=[won.id], now=NOW)
    assert [p.state for p in (won, lost, refused)] == [
        PriorityState.CHOSEN,
        PriorityState.NOT_CHOSEN,
        PriorityState.FEASIBLE,
    ]
    assert queries.check_counts(here.cycle.id).on_ballot == 2


def test_a_result_that_names_something_else_is_refused() -> None:
    here = make_neighbourhood()
    off_ballot = make_feasible(here)
    with pytest.raises(ConflictError, match="result_does_not_fit_ballot"):
        services.apply_result(
            actor=here.municipality, cycle=here.cycle, chosen_ids=[off_ballot.id], now=NOW
        )


def _judged(here: Neighbourhood) -> int:
    priority = make_shortlisted(here)
    services.add_translation(
        actor=here.facilitator, priority=priority, what=what("Essen", language="de"), now=NOW
    )
    services.apply_result(
        actor=here.municipality, cycle=here.cycle, chosen_ids=[priority.id], now=NOW
    )
    here.in_phase(Phase.REVIEW)
    return priority.id


def test_carrying_over_keeps_words_and_history_and_happens_once() -> None:
    here = make_neighbourhood()
    priority = queries.by_ids([_judged(here)]).popitem()[1]
    target = make_cycle(here.area, plan_year=2028, phase=Phase.COLLECT)
    carried = services.carry_over_priority(
        actor=here.facilitator,
        priority=priority,
        target_cycle=target,
        reason="Het doel is half bereikt.",
        now=NOW,
    )
    assert carried.state is PriorityState.PUBLISHED
    assert (carried.carried_over_from_id, carried.carried_over_from_year) == (priority.id, 2027)
    assert queries.spoken(carried, "de").title == "Essen"
    assert [p.id for p in queries.chain_of(carried)] == [priority.id, carried.id]
    assert [p.id for p in queries.chain_of(priority)] == [priority.id, carried.id]
    with pytest.raises(ConflictError, match="carried_over_already"):
        services.carry_over_priority(
            actor=here.facilitator, priority=priority, target_cycle=target, reason="Weer", now=NOW
        )


def test_a_year_past_its_check_takes_nothing_in() -> None:
    here = make_neighbourhood()
    priority = queries.by_ids([_judged(here)]).popitem()[1]
    target = make_cycle(here.area, plan_year=2028, phase=Phase.VOTE)
    with pytest.raises(ConflictError, match="carry_over_too_late"):
        services.carry_over_priority(
            actor=here.facilitator, priority=priority, target_cycle=target, reason="Ja", now=NOW
        )


def test_carrying_over_belongs_to_the_review() -> None:
    here = make_neighbourhood()
    priority = make_shortlisted(here)
    target = make_cycle(here.area, plan_year=2028, phase=Phase.COLLECT)
    with pytest.raises(PhaseClosedError):
        services.carry_over_priority(
            actor=here.facilitator, priority=priority, target_cycle=target, reason="Ja", now=NOW
        )
