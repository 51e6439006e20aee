"""Signing up, signing in, and one's own account."""

from __future__ import annotations

from flask import Blueprint

from app.sentences.people import ROLE_NAMES

blueprint = Blueprint("auth", __name__)


@blueprint.app_context_processor
def role_names() -> dict[str, object]:
    """Names of roles for every template."""
    return {"role_names": ROLE_NAMES}


from app.auth import account, links, staff  # noqa: E402,F401  views bind themselves to the blueprint
