"""The desk of the polling commission: one page an election that a nervous clerk can follow."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("commission", __name__)

from app.commission import (  # noqa: E402,F401  views bind themselves to the blueprint
    counting,
    drafting,
    preparing,
    views,
)
