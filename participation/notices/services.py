"""Use cases on outgoing messages. Words and transport belong to ``app.notices``."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from database import db
from participation.notices.models import Notice, NoticeState

MAX_ATTEMPTS = 8


def queue_notice(
    *,
    municipality_id: int,
    kind: str,
    email: str,
    language: str,
    params: dict[str, Any],
    now: datetime,
) -> Notice:
    """Queue a message; it is sent when the surrounding transaction has been committed.

    :param kind: names the template, e.g. ``"sign_in_link"``.
    """
    notice = Notice(
        municipality_id=municipality_id,
        kind=kind,
        email=email,
        language=language,
        params=params,
        state=NoticeState.QUEUED,
        attempts=0,
        queued_at=now,
    )
    db.session.add(notice)
    db.session.flush()  # the job that sends it is told the id
    db.session.info.setdefault("queued_notices", []).append(notice.id)
    return notice


def mark_sent(*, notice: Notice, now: datetime, forget: bool) -> None:
    """Note that the mail server took the message.

    :param forget: empty the parameters; the demo, which has no mail server, keeps them to show.
    """
    notice.state = NoticeState.SENT
    notice.sent_at = now
    notice.attempts += 1
    if forget:
        notice.params = {}


def mark_failed_attempt(*, notice: Notice) -> None:
    """Note that the mail server refused; after the last attempt the message is given up."""
    notice.attempts += 1
    if notice.attempts >= MAX_ATTEMPTS:
        notice.state = NoticeState.FAILED
