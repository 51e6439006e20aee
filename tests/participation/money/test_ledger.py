"""Every sum is derived from the ledger, and the ledger always balances."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from database import db
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.money import queries, services
from participation.money.accounts import MOVES, Account, EntryKind
from participation.money.models import LedgerEntry
from participation.tasks import services as tasks
from participation.tasks.states import TaskState
from tests.participation.plans import builders
from tests.participation.plans.builders import AFTER_CALL, REASON, Assigned

pytestmark = pytest.mark.usefixtures("session")


@pytest.fixture
def given_work(session: None, tmp_path: Path) -> Assigned:
    return builders.assigned(tmp_path, begun=True)


def pay(work: Assigned, cents: int, *, key: str) -> LedgerEntry:
    return services.record_payment(
        actor=work.work.coalition,
        task=work.task,
        amount_cents=cents,
        text="Eerste deel",
        key=key,
        now=AFTER_CALL,
    )


def repay(work: Assigned, cents: int, *, key: str) -> LedgerEntry:
    return services.record_repayment(
        actor=work.work.coalition,
        task=work.task,
        amount_cents=cents,
        text="Niet nodig gehad",
        key=key,
        now=AFTER_CALL,
    )


def reverse(work: Assigned, entry: LedgerEntry) -> LedgerEntry:
    return services.reverse_entry(
        actor=work.work.coalition,
        task=work.task,
        entry=entry,
        reason="Verkeerd bedrag",
        now=AFTER_CALL,
    )


def sums(work: Assigned) -> tuple[int, int, int, int]:
    """Free, reserved, committed, paid."""
    found = queries.cycle_sums(work.work.here.cycle.id)
    assert found.free + found.reserved + found.committed + found.paid == found.budget
    assert found.budget == 45_000_00
    return found.free, found.reserved, found.committed, found.paid


def test_accounts_of_a_move_differ_and_only_a_return_has_a_choice() -> None:
    assert set(MOVES) == set(EntryKind) - {EntryKind.REVERSAL}
    for kind, moves in MOVES.items():
        assert all(debit is not credit for debit, credit in moves)
        assert (len(moves) == 1) is (kind is not EntryKind.RETURN)


def test_payment_moves_promised_money(given_work: Assigned) -> None:
    pay(given_work, 1_000_00, key="a")
    assert sums(given_work) == (36_100_00, 6_750_00, 1_150_00, 1_000_00)
    task_sums = queries.sums_of_tasks([given_work.task.id])[given_work.task.id]
    assert (task_sums.promised, task_sums.paid, task_sums.unpaid) == (2_150_00, 1_000_00, 1_150_00)


def test_the_same_form_sent_twice_pays_once(given_work: Assigned) -> None:
    first = pay(given_work, 1_000_00, key="a")
    assert pay(given_work, 1_000_00, key="a").id == first.id
    assert sums(given_work)[3] == 1_000_00


def test_nobody_is_paid_more_than_was_promised(given_work: Assigned) -> None:
    pay(given_work, 2_000_00, key="a")
    with pytest.raises(ConflictError) as refusal:
        pay(given_work, 150_01, key="b")
    assert refusal.value.params["left_cents"] == 150_00
    pay(given_work, 150_00, key="c")


def test_amount_and_purpose_are_needed(given_work: Assigned) -> None:
    with pytest.raises(InvalidInputError, match="amount_not_positive"):
        pay(given_work, 0, key="a")
    with pytest.raises(InvalidInputError, match="purpose_missing"):
        services.record_payment(
            actor=given_work.work.coalition,
            task=given_work.task,
            amount_cents=1,
            text=" ",
            key="b",
            now=AFTER_CALL,
        )


def test_executors_do_not_record_payments_to_themselves(given_work: Assigned) -> None:
    with pytest.raises(NotAllowedError):
        services.record_payment(
            actor=given_work.member,
            task=given_work.task,
            amount_cents=1,
            text="Voor ons",
            key="a",
            now=AFTER_CALL,
        )


def test_money_not_used_is_free_again_when_the_work_is_done(given_work: Assigned) -> None:
    pay(given_work, 2_000_00, key="a")
    tasks.finish_task(actor=given_work.work.coalition, task=given_work.task, now=AFTER_CALL)
    # 150.00 that was promised and the 250.00 of the activity nobody asked for.
    assert sums(given_work) == (36_500_00, 6_500_00, 0, 2_000_00)
    with pytest.raises(ConflictError, match="task_not_at_work"):
        pay(given_work, 1, key="b")


def test_money_of_an_activity_stays_while_another_of_its_tasks_is_open(tmp_path: Path) -> None:
    work = builders.assigned(tmp_path, cents=1_000_00, begun=True)
    builders.make_task(work.work, budget_cents=1_400_00)
    tasks.finish_task(actor=work.work.coalition, task=work.task, now=AFTER_CALL)
    assert sums(work) == (37_100_00, 7_900_00, 0, 0)


def test_reversed_payment_stays_readable_and_can_be_paid_anew(given_work: Assigned) -> None:
    wrong = pay(given_work, 2_150_00, key="a")
    reversal = reverse(given_work, wrong)
    assert (reversal.debit, reversal.credit) == (Account.COMMITTED, Account.PAID)
    assert sums(given_work)[2:] == (2_150_00, 0)
    with pytest.raises(ConflictError, match="entry_reversed_before"):
        reverse(given_work, wrong)
    with pytest.raises(ConflictError, match="entry_not_reversible"):
        reverse(given_work, reversal)
    pay(given_work, 2_150_00, key="b")
    assert len(queries.entries_of_task(given_work.task.id)) == 4


def test_what_the_executor_pays_back_can_be_paid_out_again(given_work: Assigned) -> None:
    pay(given_work, 2_000_00, key="a")
    with pytest.raises(ConflictError, match="repayment_above_paid"):
        repay(given_work, 2_000_01, key="b")
    repay(given_work, 500_00, key="c")
    assert sums(given_work)[2:] == (650_00, 1_500_00)


def test_money_that_comes_back_after_the_end_is_free_at_once(given_work: Assigned) -> None:
    pay(given_work, 2_150_00, key="a")
    tasks.finish_task(actor=given_work.work.coalition, task=given_work.task, now=AFTER_CALL)
    repay(given_work, 150_00, key="b")
    assert sums(given_work) == (36_500_00, 6_500_00, 0, 2_000_00)


def test_payment_that_was_paid_back_cannot_be_reversed_as_well(given_work: Assigned) -> None:
    paid = pay(given_work, 1_000_00, key="a")
    back = repay(given_work, 1_000_00, key="b")
    with pytest.raises(ConflictError, match="money_moved_on"):
        reverse(given_work, paid)
    reverse(given_work, back)
    reverse(given_work, paid)
    assert sums(given_work)[2:] == (2_150_00, 0)


@pytest.mark.parametrize(
    "statement", ["UPDATE ledger_entry SET amount_cents = 1", "DELETE FROM ledger_entry"]
)
def test_no_hand_in_the_database_changes_an_entry(given_work: Assigned, statement: str) -> None:
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        db.session.execute(text(statement))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "repay", "reverse", "finish", "stop"]),
        st.integers(min_value=1, max_value=2_300_00),
        st.integers(min_value=0, max_value=5),
    ),
    max_size=12,
)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=STEPS)
def test_whatever_happens_the_budget_is_whole(
    given_work: Assigned, steps: list[tuple[str, int, int]]
) -> None:
    outer = db.session.begin_nested()
    for number, (act, cents, place) in enumerate(steps):
        with db.session.begin_nested():
            _try(given_work, act, cents, place, key=f"k{number}")
        free, reserved, committed, paid = sums(given_work)
        assert min(free, reserved, committed, paid) >= 0
        of_task = queries.sums_of_tasks([given_work.task.id])[given_work.task.id]
        assert 0 <= of_task.paid <= of_task.promised
        assert of_task.paid + of_task.unpaid <= of_task.promised
        if given_work.task.state in {TaskState.DONE, TaskState.STOPPED}:
            assert committed == 0
        balances = queries.balances(LedgerEntry.cycle_id == given_work.work.here.cycle.id)
        assert sum(balances.values()) == 0
    outer.rollback()
    db.session.expire_all()


def _try(work: Assigned, act: str, cents: int, place: int, *, key: str) -> None:
    """One step; what the rules refuse changes nothing."""
    coalition = work.work.coalition
    entries = queries.entries_of_task(work.task.id)
    try:
        if act == "pay":
            pay(work, cents, key=key)
        elif act == "repay":
            repay(work, cents, key=key)
        elif act == "reverse" and place < len(entries):
            reverse(work, entries[place])
        elif act == "finish":
            tasks.finish_task(actor=coalition, task=work.task, now=AFTER_CALL)
        elif act == "stop":
            tasks.stop_task(actor=coalition, task=work.task, reason=REASON, now=AFTER_CALL)
    except ConflictError:
        pass
