"""The installation's clock: may be ahead of real time in a demo or a test, never in production."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from config import Settings, SettingsError
from database import Clock, db


def set_clock_shift(shift: timedelta) -> None:
    """Move ``database_now()`` ahead of real time by ``shift``."""
    row = db.session.get(Clock, 1)
    if row is None:
        db.session.add(Clock(id=1, shift=shift))
    else:
        row.shift = shift
    db.session.flush()


def refuse_shifted_clock(settings: Settings) -> None:
    """Keep production from running on a moved clock: voting times hang on it.

    :raises SettingsError: with the sentence that says what to do.
    """
    if not settings.is_production:
        return
    shift = db.session.scalar(select(Clock.shift).where(Clock.id == 1))
    if shift:
        raise SettingsError(
            "The clock in the database is moved, as in a demo. Start with an empty database."
        )
