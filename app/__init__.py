"""The web and the command line: everything people touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from config import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """Build the web application from ``settings``, else from the environment.

    :raises UndeclaredEndpointError: an endpoint does not say who may use it.
    """
    # Loaded when called: most commands need no web, and start in a tenth of the time without it.
    from app.factory import build

    return build(settings)
