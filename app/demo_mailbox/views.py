"""The one page of the demo's mailbox."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access import in_environment
from app.demo_mailbox import blueprint
from app.demo_mailbox.sign_in import demo_sign_in
from app.notices import render_notice
from app.towns import current_town
from database import database_now
from participation.notices import queries as notices
from participation.notices.models import Notice

_LINK = re.compile(r"(https?://[^\s<>]+)")


@dataclass(frozen=True)
class Message:
    """A message as the mailbox shows it: its text in pieces, each a link or not."""

    id: int
    email: str
    language: str
    subject: str
    pieces: list[tuple[str, bool]]
    queued_at: datetime


@blueprint.get("/mailbox")
@in_environment("demo", "test")
def index() -> ResponseReturnValue:
    """The newest messages of this town, as their readers would see them."""
    town = current_town()
    letters = [_message(notice) for notice in notices.latest_notices(town.id) if notice.params]
    return render_template(
        "demo_mailbox/index.html", letters=letters, sign_in=demo_sign_in(town, now=database_now())
    )


def _message(notice: Notice) -> Message:
    subject, text, _html = render_notice(notice)
    return Message(
        id=notice.id,
        email=notice.email,
        language=notice.language,
        subject=subject,
        pieces=[(piece, bool(_LINK.match(piece))) for piece in _LINK.split(text)],
        queued_at=notice.queued_at,
    )
