"""Reads of outgoing messages."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from database import db
from participation.notices.models import Notice, NoticeState


def lock_queued_notice(notice_id: int) -> Notice | None:
    """A message still to be sent, locked for this transaction; ``None`` when another has it."""
    return db.session.scalar(
        select(Notice)
        .where(Notice.id == notice_id, Notice.state == NoticeState.QUEUED)
        .with_for_update(skip_locked=True)
    )


def queued_notice_ids(*, limit: int = 500) -> Sequence[int]:
    """Messages still to be sent, oldest first."""
    return db.session.scalars(
        select(Notice.id).where(Notice.state == NoticeState.QUEUED).order_by(Notice.id).limit(limit)
    ).all()


def latest_notices(municipality_id: int, *, limit: int = 50) -> Sequence[Notice]:
    """The newest messages of a municipality, for the demo's mailbox."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.municipality_id == municipality_id)
        .order_by(Notice.id.desc())
        .limit(limit)
    ).all()
