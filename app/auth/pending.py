"""Between password and second factor: who has shown the first and for how long that counts."""

from __future__ import annotations

from datetime import timedelta

from flask import session

from app.session import session_identity
from app.towns import current_town
from database import database_now
from participation.people import queries as people
from participation.people.models import Person

_COUNTS_FOR = timedelta(minutes=15)


def begin_pending(person: Person, *, next_page: str | None = None) -> None:
    """Begin a new session that is signed in to nothing yet; the old one's contents are dropped."""
    session.clear()
    session["pending"] = {
        "id": person.id,
        "identity": session_identity(person),
        "until": int((database_now() + _COUNTS_FOR).timestamp()),
        "next": next_page,
    }


def pending_person() -> Person | None:
    """Who has shown a password in this browser, not long ago, in this town."""
    pending = session.get("pending")
    if pending is None or database_now().timestamp() >= pending["until"]:
        return None
    person = people.find_person(current_town().id, pending["id"])
    if person is None or not person.is_active or session_identity(person) != pending["identity"]:
        return None
    return person


def pending_next() -> str | None:
    """The page they were on their way to."""
    pending = session.get("pending") or {}
    next_page: str | None = pending.get("next")
    return next_page
