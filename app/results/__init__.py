"""The public side of a vote: when the result comes, the result, receipts, files to recount."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("results", __name__)

from app.results import views  # noqa: E402,F401  views bind themselves to the blueprint
