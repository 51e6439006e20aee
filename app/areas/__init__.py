"""Neighbourhoods: the list and each one's home."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("areas", __name__, url_prefix="/areas")

from app.areas import staff, views  # noqa: E402,F401  views bind themselves to the blueprint
