"""The worker: does queued jobs inside the application, and keeps the schedule beside them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from typing import Any

import structlog
from flask import Flask
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, Worker
from rq.job import Job
from sqlalchemy.exc import SQLAlchemyError

from app import create_app
from app.queues import default_queue
from app.schedule import claim_due_runs, run_scheduled
from config import Settings
from database import database_now, db

log = structlog.get_logger()

SECONDS_BETWEEN_LOOKS = 5


class ApplicationWorker(Worker):
    """A worker whose every job runs in an application context of its own."""

    def __init__(self, app: Flask, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._app = app

    def perform_job(self, job: Job, queue: Queue, *args: Any, **kwargs: Any) -> bool:
        with self._app.app_context():
            return super().perform_job(job, queue, *args, **kwargs)


def run_worker(settings: Settings) -> None:
    """Work until told to stop."""
    app = create_app(settings)
    # A process of its own: the worker forks for each job, and a fork must not copy a connection.
    keeper = multiprocessing.get_context("spawn").Process(
        target=keep_schedule, args=(settings, os.getpid()), daemon=True
    )
    keeper.start()
    worker = ApplicationWorker(app, ["default"], connection=Redis.from_url(settings.redis_url))
    worker.work(logging_level="WARNING")


def keep_schedule(settings: Settings, parent: int) -> None:
    """Look every few seconds for what is due, as long as the worker lives."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the worker ends us when it has finished
    app = create_app(settings)
    while os.getppid() == parent:
        with app.app_context():
            try:
                ask_for_due_runs()
            except (SQLAlchemyError, RedisError) as error:
                log.warning("schedule waits", error=type(error).__name__)
        time.sleep(SECONDS_BETWEEN_LOOKS)


def ask_for_due_runs() -> None:
    """Write down what is due, then ask the queue for it."""
    runs = claim_due_runs(now=database_now())
    db.session.commit()
    for name, due_at in runs:
        default_queue().enqueue(run_scheduled, name, due_at)
