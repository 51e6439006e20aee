"""A neighbourhood's year: its page, its steering, its journal."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("cycles", __name__)

from app.cycles import views  # noqa: E402,F401  views bind themselves to the blueprint
