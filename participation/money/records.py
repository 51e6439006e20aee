"""What the journal says of money."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class LedgerOpened(Fact):
    kind = "ledger_opened"
    budget_cents: int
    reserved_cents: int


@dataclass(frozen=True)
class PaymentRecorded(Fact):
    kind = "payment_recorded"
    entry_id: int
    task_id: int
    amount_cents: int


@dataclass(frozen=True)
class RepaymentRecorded(Fact):
    kind = "repayment_recorded"
    entry_id: int
    task_id: int
    amount_cents: int


@dataclass(frozen=True)
class EntryReversed(Fact):
    kind = "entry_reversed"
    entry_id: int
    reversed_id: int
    amount_cents: int
