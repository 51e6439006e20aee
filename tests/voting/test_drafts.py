"""A draft that could not be voted on is refused before anybody works with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from database import database_now
from tests.voting import builders
from voting.counting.model import TieCriterion
from voting.elections.drafts import DraftOption, require_votable
from voting.elections.kinds import BallotFormat, Channel
from voting.errors import InputRefusedError, Reason

pytestmark = pytest.mark.usefixtures("session")
ONE = DraftOption("a", {"en": "A"}, cost_cents=1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": {"nl": "  "}}, Reason.DRAFT_INCOMPLETE),
        ({"channels": ()}, Reason.DRAFT_INCOMPLETE),
        ({"channels": (Channel.PAPER,)}, Reason.CHANNEL_NOT_BUILT),
        ({"channels": (Channel.CARDS, Channel.SLIPS)}, Reason.CHANNELS_EXCLUDE_EACH_OTHER),
        ({"commission": (1, 1)}, Reason.COMMISSION_TOO_SMALL),
        ({"options": ()}, Reason.OPTIONS_MISSING),
        ({"options": (ONE, ONE)}, Reason.OPTION_REFERENCE_TWICE),
        ({"options": (DraftOption("a", {"en": "A"}),)}, Reason.OPTION_COST_MISSING),
        ({"budget_cents": None}, Reason.BUDGET_MISSING),
        ({"budget_cents": 0}, Reason.BUDGET_MISSING),
        ({"tie_criteria": (TieCriterion.CHEAPER,)}, Reason.TIE_CRITERIA_OPEN_ENDED),
        ({"tie_criteria": ()}, Reason.TIE_CRITERIA_OPEN_ENDED),
        ({"min_choices": 4}, Reason.LIMITS_IMPOSSIBLE),
        ({"max_choices": 0}, Reason.LIMITS_IMPOSSIBLE),
        ({"min_choices": 2, "max_choices": 1}, Reason.LIMITS_IMPOSSIBLE),
        ({"ballot_format": BallotFormat.MOTION}, Reason.LIMITS_IMPOSSIBLE),
    ],
)
def test_draft_that_cannot_be_voted_on_is_refused(changes: dict[str, Any], reason: Reason) -> None:
    with pytest.raises(InputRefusedError) as refusal:
        require_votable(builders.make_draft(**changes))

    assert refusal.value.reason is reason


def test_vote_must_open_before_it_closes() -> None:
    now = database_now()

    with pytest.raises(InputRefusedError) as refusal:
        require_votable(builders.make_draft(opens_at=now, closes_at=now))

    assert refusal.value.reason is Reason.TIMES_IN_WRONG_ORDER


def test_motion_has_no_list_of_options() -> None:
    with pytest.raises(InputRefusedError) as refusal:
        require_votable(builders.make_motion(options=(ONE,)))

    assert refusal.value.reason is Reason.MOTION_HAS_OPTIONS


def test_sound_drafts_are_accepted() -> None:
    require_votable(builders.make_draft())
    require_votable(builders.make_motion(closes_at=database_now() + timedelta(minutes=30)))
