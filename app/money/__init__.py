"""Money: where every euro of a year is, and recording what is paid."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("money", __name__)

from app.money import staff, views  # noqa: E402,F401  views bind themselves to the blueprint
