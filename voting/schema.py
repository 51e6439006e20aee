"""What the database needs of the vote: every table, and the functions that live in SQL.

Importing this module makes all tables of the vote known to ``database.Base.metadata``.
"""

from __future__ import annotations

from voting.box.casting import PUT_IN_BOX_SQL
from voting.box.models import BallotReceipt, BoxKey, ClosedBoxKey
from voting.elections.models import (
    CommissionMember,
    Consent,
    Election,
    OpeningRecord,
    Option,
    PublishedHead,
    WrappedKey,
)
from voting.journal import ElectionJournalPersonal, ElectionJournalRecord
from voting.results.models import CountedBallot, CountedOutcome, PublishedFile, TellerTotals
from voting.roll.models import RollEntry

SQL_FUNCTIONS: tuple[str, ...] = (PUT_IN_BOX_SQL,)
"""To be run after the tables exist, and after ``database.DATABASE_NOW_SQL``."""

TABLES = (
    Election,
    Option,
    CommissionMember,
    Consent,
    WrappedKey,
    OpeningRecord,
    PublishedHead,
    ElectionJournalRecord,
    ElectionJournalPersonal,
    RollEntry,
    BoxKey,
    BallotReceipt,
    ClosedBoxKey,
    TellerTotals,
    CountedBallot,
    CountedOutcome,
    PublishedFile,
)
