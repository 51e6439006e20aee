"""What a member of staff can do today, over all neighbourhoods they work for."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("worklist", __name__)

from app.worklist import views  # noqa: E402,F401  views bind themselves to the blueprint
