"""Everything the vote can answer has words."""

from __future__ import annotations

import pytest

from app.sentences import REFUSALS, voting
from voting.box.queries import ReceiptStatus
from voting.counting.motion import MotionReason
from voting.eligibility import Ineligibility
from voting.errors import Reason
from voting.states import Act, ElectionState


@pytest.mark.parametrize(
    ("sentences", "codes"),
    [
        (REFUSALS, Reason),
        (voting.STATE_NAMES, ElectionState),
        (voting.ACT_NAMES, Act),
        (voting.ELECTION_JOURNAL, Act),
        (voting.RECEIPTS, ReceiptStatus),
        (voting.INELIGIBILITIES, Ineligibility),
        (voting.MOTION_REASONS, MotionReason),
    ],
)
def test_every_code_has_a_sentence(sentences: dict[str, object], codes: type[Reason]) -> None:
    assert [code.value for code in codes if code.value not in sentences] == []
