"""Tasks: who does what. Public pages, calls and decisions of staff, the executors' own work."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("tasks", __name__)

from app.tasks import executors, staff, views  # noqa: E402,F401  views bind themselves
