"""Messages to those who signed up with an e-mail address. Words are in ``templates/email``."""

from __future__ import annotations

from datetime import datetime

from participation.meetings import queries
from participation.meetings.models import Meeting, MeetingSignUp
from participation.notices.services import queue_notice
from participation.texts import in_language


def tell(
    *, meeting: Meeting, sign_up: MeetingSignUp, kind: str, now: datetime, token: str = ""
) -> None:
    """Queue one message; nothing where no address was given.

    :param token: secret part of the reader's own link; only the first message can carry it.
    """
    if not sign_up.email:
        return
    queue_notice(
        municipality_id=meeting.municipality_id,
        kind=kind,
        email=sign_up.email,
        language=sign_up.language,
        params={
            "meeting_id": meeting.id,
            "title": in_language(meeting.title, sign_up.language),
            "starts_at": meeting.starts_at.isoformat(),
            "place": meeting.place,
            "seats": sign_up.seats,
            "reason": meeting.cancel_reason or "",
            "token": token,
        },
        now=now,
    )


def tell_all(*, meeting: Meeting, kind: str, now: datetime) -> None:
    """Queue a message to everybody who signed up and did not cancel."""
    for sign_up in queries.sign_ups_of(meeting.id):
        tell(meeting=meeting, sign_up=sign_up, kind=kind, now=now)
