"""Pages on which the municipality invites people, gives and ends roles, and blocks accounts."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("people", __name__, url_prefix="/people")

from app.people import views  # noqa: E402,F401  views bind themselves to the blueprint
