"""The demo's mailbox: what would have been sent, and accounts everybody may try."""

from __future__ import annotations

from flask import Blueprint

blueprint = Blueprint("demo_mailbox", __name__)

from app.demo_mailbox import views  # noqa: E402,F401  views bind themselves to the blueprint
