"""The booth: code, choose, check, cast, receipt. Knows no account and keeps nothing of its own.

``short_blueprint`` holds the short addresses that stand in letters.
"""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("booth", __name__, url_prefix="/vote")
short_blueprint = Blueprint("short", __name__)

from app.booth import privacy, short, views  # noqa: E402,F401  they bind themselves
