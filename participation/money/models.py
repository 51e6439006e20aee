"""The ledger of a year: every movement of its money, in two accounts at once, never changed."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.money.accounts import Account, EntryKind


class LedgerEntry(Base):
    """One movement of money in cents. Rows are only ever added; a mistake is reversed."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        UniqueConstraint("cycle_id", "key"),
        UniqueConstraint("reverses_id"),
        CheckConstraint("amount_cents > 0", name="amount"),
        CheckConstraint("debit <> credit", name="two_accounts"),
        CheckConstraint("(kind = 'reversal') = (reverses_id IS NOT NULL)", name="reversal"),
        Index("ix_ledger_entry_newest", "cycle_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycle.id"))
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activity.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    kind: Mapped[EntryKind] = mapped_column(enum_column(EntryKind))
    debit: Mapped[Account] = mapped_column(enum_column(Account, "debit"))
    credit: Mapped[Account] = mapped_column(enum_column(Account, "credit"))
    amount_cents: Mapped[int]
    # What it was for, as written by who recorded it; empty where the kind says it all.
    text: Mapped[str]
    # Comes with the form, so that the same form sent twice moves money once.
    key: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("ledger_entry.id"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]


LEDGER_APPEND_ONLY_SQL = """
CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger entries are never changed or deleted, only reversed';
END
$$;
CREATE OR REPLACE TRIGGER ledger_entry_append_only
BEFORE UPDATE OR DELETE ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()
"""
SQL_FUNCTIONS: tuple[str, ...] = (LEDGER_APPEND_ONLY_SQL,)
