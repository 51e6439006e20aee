"""The installation's clock: may be ahead of real time in a demo or a test, never in production.

``app.production`` refuses to start there on a moved one.
"""

from __future__ import annotations

from datetime import timedelta

from database import Clock, db


def set_clock_shift(shift: timedelta) -> None:
    """Move ``database_now()`` ahead of real time by ``shift``."""
    row = db.session.get(Clock, 1)
    if row is None:
        db.session.add(Clock(id=1, shift=shift))
    else:
        row.shift = shift
    db.session.flush()
