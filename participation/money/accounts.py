"""The accounts of a year's ledger and what moves money between them. Pure."""

from __future__ import annotations

from enum import StrEnum


class Account(StrEnum):
    """Where money stands. An entry debits the one it comes to and credits the one it leaves."""

    GRANTED = "granted"  # where the budget comes from; its balance is minus the budget
    FREE = "free"
    RESERVED = "reserved"  # for an activity of the plan
    COMMITTED = "committed"  # promised to the executor of a task
    PAID = "paid"


class EntryKind(StrEnum):
    """Why money moved."""

    GRANT = "grant"
    RESERVE = "reserve"
    COMMIT = "commit"
    PAYMENT = "payment"
    REPAYMENT = "repayment"
    RETURN = "return"
    REVERSAL = "reversal"


# What each kind moves: (debit, credit). A reversal mirrors another entry.
MOVES: dict[EntryKind, frozenset[tuple[Account, Account]]] = {
    EntryKind.GRANT: frozenset({(Account.FREE, Account.GRANTED)}),
    EntryKind.RESERVE: frozenset({(Account.RESERVED, Account.FREE)}),
    EntryKind.COMMIT: frozenset({(Account.COMMITTED, Account.RESERVED)}),
    EntryKind.PAYMENT: frozenset({(Account.PAID, Account.COMMITTED)}),
    EntryKind.REPAYMENT: frozenset({(Account.COMMITTED, Account.PAID)}),
    EntryKind.RETURN: frozenset(
        {
            (Account.FREE, Account.COMMITTED),
            (Account.FREE, Account.RESERVED),
            (Account.RESERVED, Account.COMMITTED),
        }
    ),
}
