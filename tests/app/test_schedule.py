"""The schedule: due times, and each run exactly once however many workers there are."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, time, timedelta

import pytest
from flask import Flask

from app import schedule
from app.schedule import Daily, Every, ScheduledJob, begin_run, claim_due_runs, finish_run
from database import db

NOON = datetime(2026, 6, 2, 12, 0, 30, tzinfo=UTC)
MINUTELY = ScheduledJob("minutely", "app.jobs.send_queued_notices", Every(timedelta(minutes=1)))
THREADS = 12


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (NOON, NOON.replace(second=0)),
        (NOON.replace(second=0), NOON.replace(second=0)),
        (NOON.replace(second=59, microsecond=999999), NOON.replace(second=0)),
    ],
)
def test_interval_is_due_at_whole_multiples(now: datetime, due: datetime) -> None:
    assert Every(timedelta(minutes=1)).latest_due(now) == due


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-06-02T05:29:59", "2026-06-01T05:30:00"),
        ("2026-06-02T05:30:00", "2026-06-02T05:30:00"),
        ("2026-01-15T12:00:00", "2026-01-15T06:30:00"),
        ("2026-03-29T12:00:00", "2026-03-29T05:30:00"),
        ("2026-10-25T12:00:00", "2026-10-25T06:30:00"),
    ],
)
def test_daily_follows_the_clock_of_the_town(now: str, due: str) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(due).replace(tzinfo=UTC)
    assert Daily(time(7, 30)).latest_due(moment) == expected


def test_names_are_unique_and_functions_exist() -> None:
    from importlib import import_module

    names = [job.name for job in schedule.SCHEDULE]
    assert len(set(names)) == len(names)
    for job in schedule.SCHEDULE:
        module, _, function = job.function.rpartition(".")
        assert callable(getattr(import_module(module), function))


@pytest.mark.usefixtures("session")
def test_due_run_is_claimed_once() -> None:
    assert claim_due_runs([MINUTELY], now=NOON) == [("minutely", NOON.replace(second=0))]
    assert claim_due_runs([MINUTELY], now=NOON + timedelta(seconds=20)) == []
    later = NOON + timedelta(minutes=1)
    assert claim_due_runs([MINUTELY], now=later) == [("minutely", later.replace(second=0))]


@pytest.mark.usefixtures("session")
def test_run_that_the_queue_lost_is_asked_for_again() -> None:
    (run,) = claim_due_runs([MINUTELY], now=NOON)
    later = NOON + schedule.ASK_AGAIN_AFTER
    asked = claim_due_runs([MINUTELY], now=later)
    assert run in asked
    assert begin_run(*run, now=later)
    assert run not in claim_due_runs([MINUTELY], now=later + schedule.ASK_AGAIN_AFTER)


@pytest.mark.usefixtures("session")
def test_run_begins_once() -> None:
    (run,) = claim_due_runs([MINUTELY], now=NOON)
    assert begin_run(*run, now=NOON)
    assert not begin_run(*run, now=NOON)


@pytest.mark.usefixtures("session")
def test_run_that_did_not_finish_is_reported() -> None:
    (run,) = claim_due_runs([MINUTELY], now=NOON)
    before = NOON + timedelta(hours=1)
    assert [each.job for each in schedule.unfinished_runs(before=before)] == ["minutely"]
    finish_run(*run, now=NOON)
    assert schedule.unfinished_runs(before=before) == []


@pytest.mark.usefixtures("session")
def test_old_runs_are_forgotten() -> None:
    claim_due_runs([MINUTELY], now=NOON)
    claim_due_runs([MINUTELY], now=NOON + schedule.KEPT_FOR + timedelta(minutes=2))
    assert len(schedule.unfinished_runs(before=datetime.max.replace(tzinfo=UTC))) == 1


@pytest.mark.usefixtures("committed")
def test_of_many_workers_one_claims_and_one_begins(bare_app: Flask) -> None:
    def claim_and_begin(_: int) -> tuple[int, bool]:
        with bare_app.app_context():
            claimed = claim_due_runs([MINUTELY], now=NOON)
            db.session.commit()
            begun = begin_run("minutely", NOON.replace(second=0), now=NOON)
            db.session.commit()
            return len(claimed), begun

    with ThreadPoolExecutor(THREADS) as pool:
        outcomes = list(pool.map(claim_and_begin, range(THREADS)))
    assert sum(claimed for claimed, _ in outcomes) == 1
    assert sum(begun for _, begun in outcomes) == 1
