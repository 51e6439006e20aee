"""Every test of the booth has a town with an open vote, and limits that begin anew."""

from __future__ import annotations

import pytest
from flask import Flask

from app.extensions import limiter
from config import Settings
from tests.app.votes import Vote, Voter, make_vote


@pytest.fixture(autouse=True)
def fresh_limits(app: Flask) -> None:
    """Tries counted in one test do not weigh on the next."""
    with app.app_context():
        limiter.reset()


@pytest.fixture
def vote(committed: None, settings: Settings) -> Vote:
    """A vote on three projects within 800 euros, open for an hour."""
    return make_vote(settings, max_cost_cents=800_00)


@pytest.fixture
def voter(app: Flask, vote: Vote) -> Voter:
    """A browser."""
    return Voter(app)
