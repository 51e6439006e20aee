"""Priorities: lists, a priority's life, proposing in steps, check and shortlist."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("priorities", __name__)

# Views bind themselves to the blueprint.
from app.priorities import proposing, staff, views  # noqa: E402,F401
