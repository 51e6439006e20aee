"""Reads of the roll."""

from __future__ import annotations

from sqlalchemy import func, select

from database import db
from voting.roll.models import RollEntry


def roll_size(election_id: int) -> int:
    """Number of people on the roll."""
    counted = db.session.scalar(
        select(func.count()).select_from(RollEntry).where(RollEntry.election_id == election_id)
    )
    return counted or 0
