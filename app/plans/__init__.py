"""The plan of a year: its public page and how staff make it."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("plans", __name__)

from app.plans import staff, views  # noqa: E402,F401  views bind themselves to the blueprint
