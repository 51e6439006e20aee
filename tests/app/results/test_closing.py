"""A vote closes by itself at its published time."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app.jobs import close_due_elections
from config import Settings
from database import database_now, db
from tests.app.votes import make_vote
from tests.voting import builders as voting
from voting.elections.models import Election
from voting.states import ElectionState


def test_schedule_closes_what_is_due_and_nothing_else(
    app: Flask, committed: None, settings: Settings
) -> None:
    due = make_vote(settings)
    later = make_vote(
        settings, town=due.town, area_name="Zuid", closes_at=database_now() + timedelta(hours=3)
    )
    voting.shift_clock_to(database_now() + timedelta(hours=2))
    db.session.commit()
    for _ in range(2):
        with app.app_context():
            close_due_elections()
    db.session.rollback()
    states = {e.id: e.state for e in db.session.scalars(db.select(Election))}
    assert states == {due.id: ElectionState.CLOSED, later.id: ElectionState.OPEN}
