"""The review: everybody answers the same questions, the meeting decides each goal once."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import event

from database import db
from participation import history
from participation.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    PhaseClosedError,
)
from participation.permissions import Actor, Role
from participation.phases import Phase
from participation.plans import queries as plans
from participation.priorities import queries as priorities
from participation.priorities.states import PriorityState
from participation.reviews import queries, services
from participation.reviews.models import ReviewAnswer, ReviewDecision
from participation.reviews.questions import Outcome, Voice
from tests.builders import NOW, make_actor, make_cycle
from tests.participation.plans import builders
from tests.participation.plans.builders import Work

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def work(session: None, tmp_path: Path) -> Work:
    year = builders.adopted(tmp_path)
    year.here.in_phase(Phase.REVIEW)
    return year


def answer(work: Work, actor: Actor, voice: Voice = Voice.RESIDENT, **answers: str) -> ReviewAnswer:
    return services.answer_review(
        actor=actor,
        activity=builders.first_activity(work),
        voice=voice,
        answers=answers or {"rq1": "yes"},
        language="nl",
        now=NOW,
    )


def decide(
    work: Work, outcome: Outcome = Outcome.CONTINUE, *, place: int = 0, **changes: object
) -> ReviewDecision:
    values: dict[str, object] = {"reason": "Het werkt.", "language": "nl"}
    return services.decide_review(
        actor=work.here.facilitator,
        activity=plans.activities(work.here.cycle.id)[place],
        verdict=services.Verdict(outcome, **{**values, **changes}),  # type: ignore[arg-type]
        now=NOW,
    )


def test_nobody_answers_before_the_review(tmp_path: Path) -> None:
    year = builders.adopted(tmp_path)
    with pytest.raises(PhaseClosedError):
        answer(year, year.here.resident)


def test_answering_again_replaces_the_first_answer(work: Work) -> None:
    first = answer(work, work.here.resident, rq1="no")
    again = answer(work, work.here.resident, rq1="yes", rq2="Ik zag het.")
    assert again.id == first.id
    assert again.answers == {"rq1": "yes", "rq2": "Ik zag het."}
    assert queries.count_people(work.here.cycle.id) == 1


def test_residents_and_professionals_are_counted_apart(work: Work) -> None:
    answer(work, work.here.resident, rq1="yes", rq7="continue")
    answer(work, work.here.neighbour, rq1="yes", rq7="continue")
    answer(work, work.coalition, Voice.PROFESSIONAL, rq1="no", rq7="stop", rq2="Te weinig.")

    first, second = queries.report(work.here.cycle)

    assert first.people == {Voice.RESIDENT: 2, Voice.PROFESSIONAL: 1}
    reached, outcome = first.views
    assert (reached.residents, reached.professionals) == ({"yes": 2}, {"no": 1})
    assert reached.differ
    assert outcome.differ
    assert second.people == {Voice.RESIDENT: 0, Voice.PROFESSIONAL: 0}
    said = queries.list_texts(first.activity.id, work.here.cycle.rules.review_questions)
    assert [(text.voice, text.text) for text in said] == [(Voice.PROFESSIONAL, "Te weinig.")]
    assert queries.count_texts(first.activity.id, work.here.cycle.rules.review_questions) == 1


def test_voices_follow_from_roles(work: Work) -> None:
    subject = plans.subject_of(builders.first_activity(work))
    both = make_actor(work.here.town, Role.RESIDENT, Role.BOARD_MEMBER, area=work.here.area)
    assert queries.voices_of(work.here.resident, subject) == (Voice.RESIDENT,)
    assert queries.voices_of(work.coalition, subject) == (Voice.PROFESSIONAL,)
    assert queries.voices_of(both, subject) == (Voice.RESIDENT, Voice.PROFESSIONAL)
    with pytest.raises(NotAllowedError, match="not_your_voice"):
        answer(work, work.here.resident, Voice.PROFESSIONAL)
    with pytest.raises(NotAllowedError):
        answer(work, work.here.municipality, Voice.PROFESSIONAL)


def test_answers_stay_out_of_the_journal(work: Work) -> None:
    answer(work, work.here.resident, rq2="Mijn geheim")
    entry = history.list_records(history.cycle_chain(work.here.cycle.id), limit=1)[0]
    assert entry.kind == "review_answered"
    assert "geheim" not in str(entry.payload)


def test_decision_needs_a_reason_and_adapting_its_new_goal(work: Work) -> None:
    with pytest.raises(InvalidInputError, match="reason_missing"):
        decide(work, reason=" ")
    with pytest.raises(InvalidInputError, match="new_goal_missing"):
        decide(work, Outcome.ADAPT)
    made = decide(work, Outcome.ADAPT, new_goal={"nl": "Twee keer per week"})
    assert made.new_goal == {"nl": "Twee keer per week"}


def test_each_goal_is_decided_once_and_then_takes_no_answers(work: Work) -> None:
    assert queries.count_unjudged_activities(work.here.cycle.id) == 2
    decide(work)
    assert queries.count_unjudged_activities(work.here.cycle.id) == 1
    with pytest.raises(ConflictError, match="review_decided_before"):
        decide(work, Outcome.STOP)
    with pytest.raises(ConflictError, match="review_decided_before"):
        answer(work, work.here.resident)


def test_residents_do_not_decide(work: Work) -> None:
    with pytest.raises(NotAllowedError):
        services.decide_review(
            actor=work.here.resident,
            activity=builders.first_activity(work),
            verdict=services.Verdict(Outcome.STOP, "Nee.", "nl"),
            now=NOW,
        )


def test_nothing_is_carried_over_before_the_next_year_starts(work: Work) -> None:
    with pytest.raises(ConflictError, match="next_year_not_started"):
        decide(work, Outcome.CARRY_OVER)
    assert queries.count_unjudged_activities(work.here.cycle.id) == 2


def test_carrying_over_puts_the_wish_into_the_next_year_with_its_history(work: Work) -> None:
    following = make_cycle(work.here.area, plan_year=2028, phase=Phase.COLLECT)

    made = decide(work, Outcome.CARRY_OVER)

    assert made.carried_priority_id is not None
    carried = priorities.by_ids([made.carried_priority_id])[made.carried_priority_id]
    assert (carried.cycle_id, carried.state) == (following.id, PriorityState.PUBLISHED)
    assert carried.carried_over_from_id == work.chosen[0].id
    assert [p.id for p in priorities.chain_of(carried)] == [work.chosen[0].id, carried.id]


def test_nothing_is_carried_over_once_the_next_year_votes(work: Work) -> None:
    make_cycle(work.here.area, plan_year=2028, phase=Phase.VOTE)
    with pytest.raises(ConflictError, match="carry_over_too_late"):
        decide(work, Outcome.CARRY_OVER)


def test_report_costs_the_same_queries_however_long_it_is(tmp_path: Path) -> None:
    asked: list[int] = []
    for slug, costs in (("klein", (100_00,)), ("groot", (100_00,) * 6)):
        year = builders.make_year(tmp_path / slug, costs=costs, slug=slug)
        builders.draft(year)
        cycle = year.here.cycle
        count = 0

        def counting(*_arguments: object) -> None:
            nonlocal count
            count += 1

        event.listen(db.engine, "before_cursor_execute", counting)
        queries.report(cycle)
        event.remove(db.engine, "before_cursor_execute", counting)
        asked.append(count)
    assert asked[0] == asked[1] <= 6
