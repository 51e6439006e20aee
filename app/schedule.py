"""The schedule: what is done at set times, each run exactly once however many workers there are.

Owns the table ``scheduled_run``. Every worker keeps the schedule. The first to write down a run's
due time owns its start; the run itself begins only where it is not marked as begun. So a run is
asked for again when the queue lost it, and still begins once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from importlib import import_module
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, database_now, db

ASK_AGAIN_AFTER = timedelta(minutes=5)
KEPT_FOR = timedelta(days=30)


class ScheduledRun(Base):
    """One run of a job: when it was due, when the queue was last asked, when it began and ended."""

    __tablename__ = "scheduled_run"

    job: Mapped[str] = mapped_column(primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Every:
    """At whole multiples of an interval since 1970, in UTC."""

    interval: timedelta

    def latest_due(self, now: datetime) -> datetime:
        """The last moment at or before ``now``."""
        since = now - datetime.fromtimestamp(0, UTC)
        return now - since % self.interval


@dataclass(frozen=True)
class Daily:
    """Once a day at a time on the clock of a zone; a time that summer time skips moves with it."""

    at: time
    zone: str = "Europe/Amsterdam"

    def latest_due(self, now: datetime) -> datetime:
        """The last moment at or before ``now``, in UTC."""
        zone = ZoneInfo(self.zone)
        day = now.astimezone(zone).date()
        due = datetime.combine(day, self.at, zone).astimezone(UTC)
        if due > now:
            due = datetime.combine(day - timedelta(days=1), self.at, zone).astimezone(UTC)
        return due


@dataclass(frozen=True)
class ScheduledJob:
    """A job's name, its function (``module.function``, without arguments) and its times."""

    name: str
    function: str
    times: Every | Daily


SCHEDULE: tuple[ScheduledJob, ...] = (
    ScheduledJob(
        "send-queued-notices", "app.jobs.send_queued_notices", Every(timedelta(minutes=1))
    ),
    ScheduledJob(
        "close-due-elections", "app.jobs.close_due_elections", Every(timedelta(minutes=1))
    ),
    ScheduledJob("forget-old-links", "app.jobs.forget_old_links", Daily(time(3, 20))),
)


def claim_due_runs(
    jobs: Sequence[ScheduledJob] = SCHEDULE, *, now: datetime
) -> list[tuple[str, datetime]]:
    """Write down the runs that are due and return those that the queue must be asked for.

    The caller commits before it asks. A run that nobody began is returned again after a while.
    """
    asked = [run for job in jobs if (run := _claim(job.name, job.times.latest_due(now), now))]
    lost = (
        update(ScheduledRun)
        .where(ScheduledRun.job.in_([job.name for job in jobs]))
        .where(ScheduledRun.started_at.is_(None))
        .where(ScheduledRun.asked_at <= now - ASK_AGAIN_AFTER)
        .values(asked_at=now)
        .returning(ScheduledRun.job, ScheduledRun.due_at)
    )
    asked += [(job, due_at) for job, due_at in db.session.execute(lost)]
    db.session.execute(delete(ScheduledRun).where(ScheduledRun.due_at < now - KEPT_FOR))
    return asked


def _claim(job: str, due_at: datetime, now: datetime) -> tuple[str, datetime] | None:
    claim = (
        insert(ScheduledRun)
        .values(job=job, due_at=due_at, asked_at=now)
        .on_conflict_do_nothing()
        .returning(ScheduledRun.job)
    )
    return (job, due_at) if db.session.execute(claim).first() is not None else None


def begin_run(job: str, due_at: datetime, *, now: datetime) -> bool:
    """Mark a run as begun; False when another worker has. The caller commits before it works."""
    begun = (
        update(ScheduledRun)
        .where(ScheduledRun.job == job, ScheduledRun.due_at == due_at)
        .where(ScheduledRun.started_at.is_(None))
        .values(started_at=now)
        .returning(ScheduledRun.job)
    )
    return db.session.execute(begun).first() is not None


def run_scheduled(name: str, due_at: datetime) -> None:
    """Do one run, unless another worker began it. Called by the queue."""
    job = next((each for each in SCHEDULE if each.name == name), None)
    if job is None or not begin_run(name, due_at, now=database_now()):
        db.session.rollback()
        return
    db.session.commit()
    module_name, _, function = job.function.rpartition(".")
    getattr(import_module(module_name), function)()
    finish_run(name, due_at, now=database_now())
    db.session.commit()


def finish_run(job: str, due_at: datetime, *, now: datetime) -> None:
    """Mark a run as finished."""
    db.session.execute(
        update(ScheduledRun)
        .where(ScheduledRun.job == job, ScheduledRun.due_at == due_at)
        .values(finished_at=now)
    )


def unfinished_runs(*, before: datetime) -> list[ScheduledRun]:
    """Runs that were due before a moment and did not finish: what a monitor should show."""
    query = (
        select(ScheduledRun)
        .where(ScheduledRun.due_at < before, ScheduledRun.finished_at.is_(None))
        .order_by(ScheduledRun.due_at)
    )
    return list(db.session.scalars(query))
