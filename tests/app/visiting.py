"""Opens pages as one of the people of a neighbourhood, in any language."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from database import db
from participation.people.models import Person
from participation.permissions import Actor
from tests.app.browsing import browser_of

LANGUAGES = ("nl", "de", "en")


def browser_as(app: Flask, actor: Actor | None = None) -> FlaskClient:
    """A client signed in as ``actor``, whose rows must be committed; a visitor without one."""
    if actor is None:
        return browser_of(app)
    return browser_of(app, db.session.get_one(Person, actor.person_id))
