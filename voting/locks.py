"""Advisory locks of the vote, held until the transaction ends.

Casting holds the box lock of its election shared, everything that stops casting holds it alone, so
that a close waits for ballots on their way and no ballot slips in behind it.
"""

from __future__ import annotations

from sqlalchemy import text

from database import db

BOX_LOCK = 0x62620001
JOURNAL_LOCK = 0x62620002


def lock_box(election_id: int) -> None:
    """Keep every cast out until this transaction ends; waits for those under way."""
    _lock(BOX_LOCK, election_id)


def lock_journal(election_id: int) -> None:
    """One writer at a time on an election's journal."""
    _lock(JOURNAL_LOCK, election_id)


def _lock(family: int, election_id: int) -> None:
    db.session.execute(
        text("SELECT pg_advisory_xact_lock(:family, :election)"),
        {"family": family, "election": election_id},
    )
