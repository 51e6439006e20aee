"""Meetings: list, page with sign-up, calendar files, minutes, motion by counted cards."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint

blueprint = Blueprint("meetings", __name__)


@blueprint.app_template_filter()
def from_iso(text: str) -> datetime:
    """A moment from a message's parameters, which are plain JSON."""
    return datetime.fromisoformat(text)


# Views bind themselves to the blueprint.
from app.meetings import calendars, motion, signing_up, staff, views  # noqa: E402,F401
