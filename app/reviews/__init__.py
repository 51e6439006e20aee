"""The year's review: the report, answering it, and deciding."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("reviews", __name__)

from app.reviews import answering, views  # noqa: E402,F401  views bind themselves
