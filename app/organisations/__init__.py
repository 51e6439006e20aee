"""The directory of organisations that may do a neighbourhood's work."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")

from app.organisations import views  # noqa: E402,F401  views bind themselves to the blueprint
