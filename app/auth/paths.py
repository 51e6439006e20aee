"""Where somebody goes once they are signed in."""

from __future__ import annotations

import re

from flask import url_for

from app.towns import current_town
from config import LANGUAGES
from database import database_now
from participation.people import queries as people
from participation.people.models import Person

_LANGUAGE = "|".join(LANGUAGES)


def safe_next(target: str | None) -> str | None:
    """``target`` if it is a page of this town, else ``None``: no link leads off the site."""
    if not target or "\\" in target or any(ord(c) < 33 for c in target):
        return None
    town = re.escape(current_town().slug)
    # A first slash followed by a language cannot be the start of another host.
    return target if re.match(rf"^/(?:{_LANGUAGE})/{town}/", target) else None


def after_sign_in(person: Person, *, second_factor: bool, next_page: str | None) -> str:
    """The page asked for, else the worklist of staff, else the resident's neighbourhood."""
    wanted = safe_next(next_page)
    if wanted is not None:
        return wanted
    if second_factor and people.holds_staff_role(person.id, on=database_now().date()):
        return url_for("worklist.show")
    return url_for("auth.account")
