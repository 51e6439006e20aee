"""A transaction belongs to the entry point: commit first, then send what was queued in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.queues import enqueue_notice
from database import db


@contextmanager
def transaction() -> Iterator[None]:
    """Commit on the way out, roll back on an error; afterwards hand queued mail to the workers."""
    session = db.session()
    try:
        yield
        session.commit()
    except BaseException:
        session.rollback()
        session.info.pop("queued_notices", None)
        raise
    for notice_id in session.info.pop("queued_notices", []):
        enqueue_notice(notice_id)
