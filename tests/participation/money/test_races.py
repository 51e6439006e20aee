"""Two at once: a payment is made once, a task is decided once, a review is decided once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from flask import Flask

from database import db
from participation.errors import ParticipationError
from participation.money import queries as money
from participation.money import services as payments
from participation.phases import Phase
from participation.plans import queries as plans
from participation.reviews import queries as reviews
from participation.reviews import services as judging
from participation.reviews.questions import Outcome
from participation.tasks import queries as tasks
from participation.tasks import services as work
from participation.tasks.states import TaskState
from tests.builders import NOW
from tests.participation.plans import builders
from tests.participation.plans.builders import AFTER_CALL, REASON

pytestmark = pytest.mark.usefixtures("committed")
THREADS = 16


def at_once(app: Flask, act: Callable[[int], object]) -> list[str]:
    """Run ``act`` in many threads at the same moment; what each was answered."""
    start = Barrier(THREADS)

    def run(number: int) -> str:
        with app.app_context():
            start.wait()
            try:
                act(number)
                db.session.commit()
            except ParticipationError as refusal:
                db.session.rollback()
                return refusal.code
            finally:
                db.session.remove()
            return "done"

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(run, range(THREADS)))


def test_one_form_sent_many_times_pays_once(bare_app: Flask, tmp_path: Path) -> None:
    given = builders.assigned(tmp_path, begun=True)
    task_id, town_id, coalition = given.task.id, given.work.here.town.id, given.work.coalition
    db.session.commit()

    def pay(_number: int) -> None:
        task = tasks.find_task(town_id, task_id)
        assert task is not None
        payments.record_payment(
            actor=coalition, task=task, amount_cents=1_000_00, text="Deel", key="k", now=AFTER_CALL
        )

    assert at_once(bare_app, pay) == ["done"] * THREADS
    assert money.sums_of_tasks([task_id])[task_id].paid == 1_000_00


def test_many_payments_never_exceed_what_was_promised(bare_app: Flask, tmp_path: Path) -> None:
    given = builders.assigned(tmp_path, begun=True)
    task_id, town_id, coalition = given.task.id, given.work.here.town.id, given.work.coalition
    db.session.commit()

    def pay(number: int) -> None:
        task = tasks.find_task(town_id, task_id)
        assert task is not None
        payments.record_payment(
            actor=coalition,
            task=task,
            amount_cents=500_00,
            text="Deel",
            key=f"k{number}",
            now=AFTER_CALL,
        )

    answers = at_once(bare_app, pay)
    assert answers.count("done") == 4
    assert answers.count("payment_above_promise") == THREADS - 4
    assert money.sums_of_tasks([task_id])[task_id].paid == 2_000_00


def test_of_two_who_decide_at_once_one_does(bare_app: Flask, tmp_path: Path) -> None:
    year = builders.adopted(tmp_path)
    task = builders.make_call(year)
    ids = []
    for name in ("Bewonersgroep", "Sportvereniging"):
        organisation, member = builders.make_organisation(year, name)
        ids.append(builders.offer(year, task, organisation, member).id)
    task_id, town_id, coalition = task.id, year.here.town.id, year.coalition
    cycle_id = year.here.cycle.id
    db.session.commit()

    def decide(number: int) -> None:
        found = tasks.find_task(town_id, task_id)
        assert found is not None
        work.decide_task(
            actor=coalition,
            task=found,
            offer=tasks.find_offer(town_id, ids[number % 2]),
            reason=REASON,
            now=AFTER_CALL,
        )

    answers = at_once(bare_app, decide)
    assert sorted(set(answers)) == ["done", "task_moved_on"]
    assert answers.count("done") == 1
    assert money.cycle_sums(cycle_id).committed == 2_150_00


def test_one_group_offers_once_however_often_it_clicks(bare_app: Flask, tmp_path: Path) -> None:
    year = builders.adopted(tmp_path)
    task = builders.make_call(year)
    organisation, member = builders.make_organisation(year)
    task_id, town_id, organisation_id = task.id, year.here.town.id, organisation.id
    db.session.commit()

    def offer(_number: int) -> None:
        found = tasks.find_task(town_id, task_id)
        assert found is not None
        work.make_offer(
            actor=member,
            task=found,
            organisation_id=organisation_id,
            terms=work.Terms(100_00, "Wij koken.", "nl"),
            now=NOW,
        )

    answers = at_once(bare_app, offer)
    assert (answers.count("done"), answers.count("offer_exists")) == (1, THREADS - 1)


def test_money_is_not_paid_while_the_task_ends(bare_app: Flask, tmp_path: Path) -> None:
    given = builders.assigned(tmp_path, begun=True)
    task_id, town_id, coalition = given.task.id, given.work.here.town.id, given.work.coalition
    cycle_id = given.work.here.cycle.id
    db.session.commit()

    def act(number: int) -> None:
        task = tasks.find_task(town_id, task_id)
        assert task is not None
        if number == 0:
            work.finish_task(actor=coalition, task=task, now=AFTER_CALL)
        else:
            payments.record_payment(
                actor=coalition,
                task=task,
                amount_cents=100_00,
                text="Deel",
                key=f"k{number}",
                now=AFTER_CALL,
            )

    answers = at_once(bare_app, act)
    assert set(answers) <= {"done", "task_not_at_work"}
    sums = money.cycle_sums(cycle_id)
    assert sums.committed == 0
    assert sums.paid == 100_00 * (answers.count("done") - 1)
    found = tasks.find_task(town_id, task_id)
    assert found is not None
    assert found.state is TaskState.DONE


def test_of_two_who_judge_a_goal_at_once_one_does(bare_app: Flask, tmp_path: Path) -> None:
    year = builders.adopted(tmp_path)
    year.here.in_phase(Phase.REVIEW)
    activity_id, town_id = builders.first_activity(year).id, year.here.town.id
    judge = year.here.facilitator
    db.session.commit()

    def decide(number: int) -> None:
        activity = plans.find_activity(town_id, activity_id)
        assert activity is not None
        outcome = Outcome.STOP if number % 2 else Outcome.CONTINUE
        judging.decide_review(
            actor=judge,
            activity=activity,
            verdict=judging.Verdict(outcome, "Zo is het.", "nl"),
            now=AFTER_CALL + timedelta(days=300),
        )

    answers = at_once(bare_app, decide)
    assert (answers.count("done"), answers.count("review_decided_before")) == (1, THREADS - 1)
    assert len(reviews.decisions_of([activity_id])) == 1
