"""The queue between requests and workers. Redis may be lost: nothing needed lives only there."""

from __future__ import annotations

import structlog
from flask import current_app
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue

log = structlog.get_logger()


def default_queue() -> Queue:
    """The queue all workers read."""
    settings = current_app.config["SETTINGS"]
    return Queue("default", connection=Redis.from_url(settings.redis_url))


def enqueue_notice(notice_id: int) -> None:
    """Ask a worker to send a message. Without Redis it waits in the outbox for the schedule."""
    try:
        default_queue().enqueue("app.jobs.send_notice", notice_id)
    except RedisError:
        log.warning("queue unreachable, message waits in the outbox", notice_id=notice_id)
