"""Tasks: made from an adopted plan, called for openly, decided with a reason, ended."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from participation import history
from participation.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    PhaseClosedError,
)
from participation.money import queries as money
from participation.organisations.kinds import LegalForm
from participation.permissions import Role
from participation.phases import Phase
from participation.plans import queries as plans
from participation.tasks import queries, services
from participation.tasks.criteria import DEFAULT_WEIGHTS
from participation.tasks.life import WorkEventKind, life_of_activities
from participation.tasks.models import ProgressPost
from participation.tasks.states import OfferState, Progress, TaskState
from tests.builders import NOW
from tests.participation.plans import builders
from tests.participation.plans.builders import AFTER_CALL, DAY, REASON, Work

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def work(session: None, tmp_path: Path) -> Work:
    return builders.adopted(tmp_path)


def test_no_task_before_the_plan_is_adopted(tmp_path: Path) -> None:
    year = builders.make_year(tmp_path)
    builders.draft(year)
    with pytest.raises(PhaseClosedError):
        builders.make_task(year)
    year.here.in_phase(Phase.ASSIGN)
    with pytest.raises(ConflictError, match="plan_not_adopted_yet"):
        builders.make_task(year)


def test_tasks_of_an_activity_never_take_more_than_it_has(work: Work) -> None:
    builders.make_task(work, budget_cents=1_400_00)
    with pytest.raises(InvalidInputError) as refusal:
        builders.make_task(work, budget_cents=1_000_01)
    assert refusal.value.params["left_cents"] == 1_000_00
    builders.make_task(work, budget_cents=1_000_00)
    assert services.left_for_tasks(builders.first_activity(work).id) == 0


def test_same_form_sent_twice_makes_one_task(work: Work) -> None:
    activity = builders.first_activity(work)
    made = [
        services.add_task(
            actor=work.coalition,
            activity=activity,
            brief=builders.brief(budget_cents=1_00),
            key="form-1",
            now=NOW,
        ).id
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert services.left_for_tasks(activity.id) == 2_400_00 - 1_00


def test_task_says_what_in_at_least_one_language(work: Work) -> None:
    with pytest.raises(InvalidInputError, match="task_text_missing"):
        builders.make_task(work, title={"nl": " "})


def test_call_freezes_gates_and_weights(work: Work) -> None:
    task = builders.make_call(work)
    assert (task.gates, task.weights) == (
        ["insurance"],
        {criterion.value: weight for criterion, weight in DEFAULT_WEIGHTS.items()},
    )
    with pytest.raises(ConflictError, match="task_moved_on"):
        builders.make_call(work, task)


def test_call_does_not_close_in_the_past(work: Work) -> None:
    with pytest.raises(InvalidInputError, match="call_closes_in_past"):
        builders.make_call(work, closes_on=DAY - timedelta(days=1))


def test_offers_are_taken_until_the_end_of_the_last_day_where_the_town_is(work: Work) -> None:
    task = builders.make_call(work)
    organisation, member = builders.make_organisation(work)
    terms = services.Terms(100_00, "Wij koken.", "nl")
    # 22:30 UTC is half past midnight in Amsterdam in June.
    late = NOW.replace(hour=22, minute=30)
    with pytest.raises(ConflictError, match="call_closed"):
        services.make_offer(
            actor=member, task=task, organisation_id=organisation.id, terms=terms, now=late
        )
    services.make_offer(
        actor=member,
        task=task,
        organisation_id=organisation.id,
        terms=terms,
        now=NOW.replace(hour=21, minute=59),
    )


def test_offer_above_the_ceiling_is_refused(work: Work) -> None:
    task = builders.make_call(work)
    organisation, member = builders.make_organisation(work)
    with pytest.raises(InvalidInputError, match="offer_above_ceiling"):
        builders.offer(work, task, organisation, member, cents=2_400_01)


def test_group_without_legal_form_may_ask_for_5000_euros_at_most(work: Work) -> None:
    second = list(plans.activities(work.here.cycle.id))[1]
    task = builders.make_call(work, builders.make_task(work, second, budget_cents=6_500_00))
    group, neighbour = builders.make_organisation(work)
    with pytest.raises(InvalidInputError) as refusal:
        builders.offer(work, task, group, neighbour, cents=5_000_01)
    assert (refusal.value.code, refusal.value.params["limit_cents"]) == (
        "legal_form_needed",
        5_000_00,
    )
    builders.offer(work, task, group, neighbour, cents=5_000_00)
    foundation, member = builders.make_organisation(
        work, "Bewonersstichting", legal_form=LegalForm.FOUNDATION
    )
    builders.offer(work, task, foundation, member, cents=6_500_00)


def test_nobody_offers_for_an_organisation_of_others(work: Work) -> None:
    task = builders.make_call(work)
    organisation, _member = builders.make_organisation(work)
    _other, stranger = builders.make_organisation(work, "Sportvereniging")
    with pytest.raises(NotAllowedError, match="not_your_organisation"):
        builders.offer(work, task, organisation, stranger)
    with pytest.raises(NotAllowedError):
        builders.offer(work, task, organisation, work.here.resident)


def test_an_organisation_offers_once_and_may_offer_anew_after_taking_it_back(work: Work) -> None:
    task = builders.make_call(work)
    organisation, member = builders.make_organisation(work)
    first = builders.offer(work, task, organisation, member)
    with pytest.raises(ConflictError, match="offer_exists"):
        builders.offer(work, task, organisation, member)
    services.withdraw_offer(actor=member, offer=first, now=NOW)
    assert queries.list_offers(task.id) == []

    again = builders.offer(work, task, organisation, member, cents=1_000_00)

    assert (again.id, again.amount_cents, again.state) == (
        first.id,
        1_000_00,
        OfferState.SUBMITTED,
    )


def test_decision_names_an_executor_and_promises_the_money(work: Work) -> None:
    task = builders.make_call(work)
    organisation, member = builders.make_organisation(work)
    chosen = builders.offer(work, task, organisation, member)
    rival, other = builders.make_organisation(work, "Sportvereniging")
    left = builders.offer(work, task, rival, other, cents=2_000_00)

    decision = services.decide_task(
        actor=work.coalition, task=task, offer=chosen, reason=REASON, now=AFTER_CALL
    )

    assert (task.state, task.executor_id) == (TaskState.ASSIGNED, organisation.id)
    assert (decision.reason, decision.offer_id) == (REASON.text, chosen.id)
    assert left.state is OfferState.NOT_CHOSEN
    sums = money.cycle_sums(work.here.cycle.id)
    assert (sums.committed, sums.reserved) == (2_150_00, 8_900_00 - 2_150_00)
    assert queries.subject_of(task).organisation_id == organisation.id
    assert history.verify(history.cycle_chain(work.here.cycle.id)) is None


def test_nobody_decides_while_offers_are_taken(work: Work) -> None:
    task = builders.make_call(work)
    organisation, member = builders.make_organisation(work)
    made = builders.offer(work, task, organisation, member)
    with pytest.raises(ConflictError, match="call_still_open"):
        services.decide_task(actor=work.coalition, task=task, offer=made, reason=REASON, now=NOW)


def test_decision_needs_a_reason(work: Work) -> None:
    task = builders.make_call(work)
    with pytest.raises(InvalidInputError, match="reason_missing"):
        services.decide_task(
            actor=work.coalition,
            task=task,
            offer=None,
            reason=services.Reason(" ", "nl"),
            now=AFTER_CALL,
        )


def test_who_belongs_to_an_organisation_that_offered_does_not_decide(work: Work) -> None:
    task = builders.make_call(work)
    organisation, member = builders.make_organisation(work)
    made = builders.offer(work, task, organisation, member)
    rival, _other = builders.make_organisation(work, "Sportvereniging")
    interested = builders.make_member(work, organisation, Role.COALITION_STAFF)
    for choice in (made, None):
        with pytest.raises(NotAllowedError, match="decider_has_interest"):
            services.decide_task(
                actor=interested, task=task, offer=choice, reason=REASON, now=AFTER_CALL
            )
    of_rival = builders.make_member(work, rival, Role.COALITION_STAFF)
    services.decide_task(actor=of_rival, task=task, offer=made, reason=REASON, now=AFTER_CALL)


def test_an_offer_taken_back_or_for_another_task_cannot_be_chosen(work: Work) -> None:
    task = builders.make_call(work, builders.make_task(work, budget_cents=1_000_00))
    other = builders.make_call(work, builders.make_task(work, budget_cents=1_000_00))
    organisation, member = builders.make_organisation(work)
    made = builders.offer(work, other, organisation, member, cents=900_00)
    with pytest.raises(ConflictError, match="offer_withdrawn"):
        services.decide_task(
            actor=work.coalition, task=task, offer=made, reason=REASON, now=AFTER_CALL
        )
    services.withdraw_offer(actor=member, offer=made, now=NOW)
    with pytest.raises(ConflictError, match="offer_withdrawn"):
        services.decide_task(
            actor=work.coalition, task=other, offer=made, reason=REASON, now=AFTER_CALL
        )


def test_nobody_may_be_chosen_with_a_reason(work: Work) -> None:
    task = builders.make_call(work)
    services.decide_task(actor=work.coalition, task=task, offer=None, reason=REASON, now=AFTER_CALL)
    assert (task.state, task.executor_id) == (TaskState.STOPPED, None)
    assert queries.decisions_of([task.id])[task.id].reason == REASON.text
    # The money stays with the activity, so that a new task can be made.
    assert services.left_for_tasks(task.activity_id) == 2_400_00


def test_executor_begins_reports_and_cannot_end(work: Work) -> None:
    given = builders.assign(work)
    task, member = given.task, given.member
    services.start_task(actor=member, task=task, now=AFTER_CALL)
    post = _report(given, key="a")
    assert post.organisation_id == given.organisation.id
    assert _report(given, key="a").id == post.id
    assert queries.count_progress(task.id) == 1
    with pytest.raises(NotAllowedError):
        services.finish_task(actor=member, task=task, now=AFTER_CALL)
    _other, stranger = builders.make_organisation(work, "Sportvereniging")
    with pytest.raises(NotAllowedError):
        services.report_progress(
            actor=stranger,
            task=task,
            progress=Progress.DELAYED,
            text="x",
            language="nl",
            key="b",
            now=AFTER_CALL,
        )


def test_report_of_the_coalition_is_not_the_executors(work: Work) -> None:
    given = builders.assign(work)
    post = services.report_progress(
        actor=work.coalition,
        task=given.task,
        progress=Progress.DELAYED,
        text="De sleutel komt later.",
        language="nl",
        key="c",
        now=AFTER_CALL,
    )
    assert post.organisation_id is None


def test_stopped_work_gives_its_money_back_to_the_activity(work: Work) -> None:
    given = builders.assign(work)
    services.stop_task(
        actor=work.coalition,
        task=given.task,
        reason=services.Reason("De groep is gestopt.", "nl"),
        now=AFTER_CALL,
    )
    assert given.task.state is TaskState.STOPPED
    assert services.left_for_tasks(given.task.activity_id) == 2_400_00
    with pytest.raises(ConflictError, match="task_moved_on"):
        services.stop_task(actor=work.coalition, task=given.task, reason=REASON, now=AFTER_CALL)


def test_counts_say_how_far_the_work_is(work: Work) -> None:
    def counts() -> tuple[int, int, int, int]:
        found = queries.work_counts(work.here.cycle.id)
        return (
            found.activities,
            found.activities_without_task,
            found.tasks_undecided,
            found.tasks_unfinished,
        )

    assert counts() == (2, 2, 0, 0)
    given = builders.assign(work)
    assert counts() == (2, 1, 0, 1)
    second = list(plans.activities(work.here.cycle.id))[1]
    work.here.in_phase(Phase.ASSIGN)
    builders.make_task(work, second)
    assert counts() == (2, 0, 1, 2)
    services.stop_task(actor=work.coalition, task=given.task, reason=REASON, now=AFTER_CALL)
    assert counts() == (2, 0, 1, 1)


def test_life_tells_decision_reports_and_end_in_order(work: Work) -> None:
    given = builders.assign(work)
    services.start_task(actor=given.member, task=given.task, now=AFTER_CALL)
    _report(given, key="a")
    services.finish_task(
        actor=work.coalition, task=given.task, now=AFTER_CALL + timedelta(days=300)
    )
    told = life_of_activities([given.task.activity_id])
    assert [event.kind for event in told] == [
        WorkEventKind.EXECUTOR_CHOSEN,
        WorkEventKind.PROGRESS,
        WorkEventKind.DONE,
    ]
    assert told[0].organisation_name == given.organisation.name
    assert told[0].amount_cents == 2_150_00
    assert life_of_activities([0]) == []


def _report(given: builders.Assigned, *, key: str) -> ProgressPost:
    return services.report_progress(
        actor=given.member,
        task=given.task,
        progress=Progress.MILESTONE,
        text="De eerste avond waren er 31 eters.",
        language="nl",
        key=key,
        now=AFTER_CALL,
    )
