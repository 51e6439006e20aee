"""The states of an election: the whole table, and its guards."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from voting.errors import Reason
from voting.states import Act, Closing, ElectionState, Facts, acts_from, next_state

S = ElectionState
NOON = datetime(2026, 6, 2, 12, tzinfo=UTC)
DURING = Facts(
    now=NOON,
    opens_at=NOON - timedelta(hours=1),
    closes_at=NOON + timedelta(hours=1),
    closing=Closing.PUBLISHED_TIME,
    reason="a reason",
)
AFTER = replace(DURING, now=NOON + timedelta(hours=1))

LEADS = {
    (S.DRAFT, Act.PREPARE): S.PREPARED,
    (S.PREPARED, Act.PREPARE): S.PREPARED,
    (S.PREPARED, Act.REVISE): S.DRAFT,
    (S.PREPARED, Act.OPEN): S.OPEN,
    (S.OPEN, Act.CLOSE): S.CLOSED,
    (S.CLOSED, Act.COUNT): S.COUNTED,
    (S.COUNTED, Act.PUBLISH): S.PUBLISHED,
    (S.OPEN, Act.SUSPEND): S.SUSPENDED,
    (S.CLOSED, Act.SUSPEND): S.SUSPENDED,
    (S.COUNTED, Act.SUSPEND): S.SUSPENDED,
    (S.PUBLISHED, Act.SUSPEND): S.SUSPENDED,
    (S.OPEN, Act.ANNUL): S.ANNULLED,
    (S.CLOSED, Act.ANNUL): S.ANNULLED,
    (S.COUNTED, Act.ANNUL): S.ANNULLED,
    (S.PUBLISHED, Act.ANNUL): S.ANNULLED,
    (S.SUSPENDED, Act.ANNUL): S.ANNULLED,
}


@pytest.mark.parametrize(("state", "act"), list(product(ElectionState, Act)))
def test_every_act_leads_from_every_state_where_the_table_says(
    state: ElectionState, act: Act
) -> None:
    facts = AFTER if act is Act.CLOSE else DURING
    if act is Act.RESUME:
        facts = replace(facts, resumes_to=S.CLOSED)
        expected = S.CLOSED if state is S.SUSPENDED else Reason.ACT_NOT_NOW
        assert next_state(state, act, facts) is expected
        return

    assert next_state(state, act, facts) is LEADS.get((state, act), Reason.ACT_NOT_NOW)


def test_nothing_leads_out_of_annulled() -> None:
    assert acts_from(S.ANNULLED) == ()


def test_close_is_refused_before_the_published_time() -> None:
    assert next_state(S.OPEN, Act.CLOSE, DURING) is Reason.TOO_EARLY


def test_early_close_where_announced_needs_a_reason() -> None:
    announced = replace(DURING, closing=Closing.BY_COMMISSION)

    assert next_state(S.OPEN, Act.CLOSE, announced) is S.CLOSED
    assert next_state(S.OPEN, Act.CLOSE, replace(announced, reason=" ")) is Reason.REASON_MISSING


@pytest.mark.parametrize("act", [Act.PREPARE, Act.OPEN])
def test_too_late_to_prepare_or_open_once_closing_time_has_come(act: Act) -> None:
    assert next_state(S.PREPARED, act, AFTER) is Reason.TOO_LATE


@pytest.mark.parametrize("act", [Act.SUSPEND, Act.ANNUL])
def test_suspending_and_annulling_need_a_reason(act: Act) -> None:
    assert next_state(S.OPEN, act, replace(DURING, reason="")) is Reason.REASON_MISSING
