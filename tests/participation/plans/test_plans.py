"""A plan is made from what was chosen, and stands once it is adopted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from database import db
from participation import history
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.money import queries as money
from participation.phases import Phase
from participation.plans import queries, services
from participation.plans.models import PlanState
from tests.builders import NOW
from tests.participation.plans import builders

pytestmark = pytest.mark.usefixtures("session")


def test_draft_holds_an_activity_for_each_chosen_priority(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)

    plan = builders.draft(work)

    promised = queries.activities(work.here.cycle.id)
    assert plan.state is PlanState.DRAFT
    assert [a.priority_id for a in promised] == [p.id for p in work.chosen]
    assert [a.budget_cents for a in promised] == [2_400_00, 6_500_00]
    assert promised[0].titles == {"nl": "Plan 1"}
    assert promised[0].location == "Buurthuis De Linde"
    assert queries.activity_of_priority(work.chosen[1].id) is promised[1]


def test_drafting_twice_changes_nothing(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    first = builders.draft(work)
    builders.describe(work)
    records = history.count_records(history.cycle_chain(work.here.cycle.id))

    again = builders.draft(work)

    assert again.id == first.id
    assert len(queries.activities(work.here.cycle.id)) == 2
    assert queries.activities(work.here.cycle.id)[0].goal
    assert history.count_records(history.cycle_chain(work.here.cycle.id)) == records


def test_residents_cannot_draft_the_plan(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    with pytest.raises(NotAllowedError):
        services.draft_plan(actor=work.here.resident, cycle=work.here.cycle, now=NOW)


def test_no_plan_is_drafted_before_anything_is_chosen(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path, costs=())
    with pytest.raises(ConflictError, match="nothing_chosen"):
        builders.draft(work)


def test_activity_needs_goal_and_indicator(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    builders.draft(work)
    activity = builders.first_activity(work)
    for goal, indicator, code in (("", "x", "goal_missing"), ("x", " ", "indicator_missing")):
        with pytest.raises(InvalidInputError, match=code):
            services.describe_activity(
                actor=work.coalition,
                activity=activity,
                goal={"nl": goal},
                indicator={"nl": indicator},
                location="",
                now=NOW,
            )


def test_plan_is_adopted_by_the_meetings_motion_only(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    plan = builders.draft(work)
    builders.describe(work)
    with pytest.raises(ConflictError, match="motion_not_adopted"):
        _adopt(work)
    builders.adopt_motion(work, in_favour=1)
    with pytest.raises(ConflictError, match="motion_not_adopted"):
        _adopt(work)

    election_id = builders.adopt_motion(work)
    _adopt(work)

    assert plan.state is PlanState.ADOPTED
    assert plan.motion_election_id == election_id
    assert plan.adopting_body == {"nl": "College van B en W"}
    assert queries.is_adopted(work.here.cycle.id)
    assert history.verify(history.cycle_chain(work.here.cycle.id)) is None


def test_adoption_sets_the_money_aside(tmp_path: Path) -> None:
    work = builders.adopted(tmp_path)
    sums = money.cycle_sums(work.here.cycle.id)
    assert (sums.budget, sums.free, sums.reserved) == (45_000_00, 36_100_00, 8_900_00)
    assert sums.chosen == 8_900_00


def test_plan_is_not_adopted_while_an_activity_lacks_its_goal(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    builders.draft(work)
    builders.adopt_motion(work)
    with pytest.raises(ConflictError) as refusal:
        _adopt(work)
    assert refusal.value.code == "activities_undescribed"
    assert refusal.value.params["count"] == 2


def test_plan_that_costs_more_than_there_is_is_not_adopted(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    builders.draft(work)
    builders.describe(work)
    work.here.cycle.budget_cents = 8_000_00
    with pytest.raises(ConflictError) as refusal:
        _adopt(work)
    assert (refusal.value.code, refusal.value.params["missing_cents"]) == (
        "plan_above_budget",
        900_00,
    )


def test_body_and_dates_of_the_adoption_must_be_possible(tmp_path: Path) -> None:
    work = builders.make_year(tmp_path)
    builders.draft(work)
    builders.describe(work)
    wrong = {
        "adopting_body_missing": replace(builders.ADOPTION, body={"nl": " "}),
        "adoption_in_future": replace(builders.ADOPTION, adopted_on=builders.DAY + timedelta(2)),
        "dates_run_backwards": replace(
            builders.ADOPTION, objection_until=builders.DAY - timedelta(1)
        ),
    }
    for code, adoption in wrong.items():
        with pytest.raises(InvalidInputError, match=code):
            _adopt(work, adoption)


def test_adopted_plan_never_changes(tmp_path: Path) -> None:
    work = builders.adopted(tmp_path)
    work.here.in_phase(Phase.ADOPT)
    with pytest.raises(ConflictError, match="plan_is_adopted"):
        builders.draft(work)
    with pytest.raises(ConflictError, match="plan_is_adopted"):
        builders.describe(work)
    with pytest.raises(ConflictError, match="plan_is_adopted"):
        _adopt(work)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE plan SET introduction = '{}'",
        "DELETE FROM plan",
        "UPDATE activity SET budget_cents = 1",
        "DELETE FROM activity",
        (
            "INSERT INTO activity (municipality_id, cycle_id, plan_id, priority_id, position,"
            " titles, goal, indicator, location, budget_cents) SELECT municipality_id, cycle_id,"
            " plan_id, priority_id, 9, titles, goal, indicator, location, 1 FROM activity"
        ),
    ],
)
def test_no_hand_in_the_database_changes_an_adopted_plan(tmp_path: Path, statement: str) -> None:
    builders.adopted(tmp_path)
    with pytest.raises(DBAPIError, match="never change"):
        db.session.execute(text(statement))


def _adopt(work: builders.Work, adoption: services.Adoption = builders.ADOPTION) -> None:
    plan = queries.plan_of_cycle(work.here.cycle.id)
    assert plan is not None
    services.adopt_plan(actor=work.here.municipality, plan=plan, adoption=adoption, now=NOW)
