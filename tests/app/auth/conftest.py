"""Limits begin anew with every test."""

from __future__ import annotations

import pytest
from flask import Flask

from app.extensions import limiter


@pytest.fixture(autouse=True)
def fresh_limits(app: Flask) -> None:
    """Tries counted in one test do not weigh on the next."""
    with app.app_context():
        limiter.reset()
