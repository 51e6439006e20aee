"""The rules of a town: what holds for every year that starts from now on."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("rules", __name__, url_prefix="/rules")

from app.rules import views  # noqa: E402,F401  views bind themselves to the blueprint
