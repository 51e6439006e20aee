"""Refusals of the vote, each with a stable code that the web turns into a sentence.

Owns the list of codes. Never holds a voting code, a key or a choice in its parameters.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any


class Reason(StrEnum):
    """Why something was refused. The values are stable; sentences are written from them."""

    NOT_A_MEMBER = "not_a_member"
    SECOND_MEMBER_NEEDED = "second_member_needed"
    ELECTION_UNKNOWN = "election_unknown"
    ACT_NOT_NOW = "act_not_now"
    REASON_MISSING = "reason_missing"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"

    DRAFT_INCOMPLETE = "draft_incomplete"
    OPTIONS_MISSING = "options_missing"
    OPTION_REFERENCE_TWICE = "option_reference_twice"
    OPTION_COST_MISSING = "option_cost_missing"
    MOTION_HAS_OPTIONS = "motion_has_options"
    COMMISSION_TOO_SMALL = "commission_too_small"
    BUDGET_MISSING = "budget_missing"
    TIMES_IN_WRONG_ORDER = "times_in_wrong_order"
    TIE_CRITERIA_OPEN_ENDED = "tie_criteria_open_ended"
    CHANNEL_NOT_BUILT = "channel_not_built"
    CHANNELS_EXCLUDE_EACH_OTHER = "channels_exclude_each_other"
    LIMITS_IMPOSSIBLE = "limits_impossible"
    NOBODY_CAN_VOTE = "nobody_can_vote"
    TOO_FEW_CARDS = "too_few_cards"

    CODE_MISTYPED = "code_mistyped"
    CODE_UNKNOWN = "code_unknown"
    ELECTION_NOT_OPEN = "election_not_open"
    ELECTION_OVER = "election_over"
    ELECTION_SUSPENDED = "election_suspended"
    BOOTH_EXPIRED = "booth_expired"
    FORM_BROKEN = "form_broken"
    TOO_MANY_OPTIONS = "too_many_options"
    TOO_FEW_OPTIONS = "too_few_options"
    OVER_BUDGET = "over_budget"
    OPTION_UNKNOWN = "option_unknown"
    OPTION_TWICE = "option_twice"
    CHOICE_MISSING = "choice_missing"
    BALLOT_CHANGED = "ballot_changed"
    BALLOT_FINAL = "ballot_final"
    BALLOT_ALREADY_CAST = "ballot_already_cast"

    CARD_MISTYPED = "card_mistyped"
    CARD_PAIR_UNKNOWN = "card_pair_unknown"
    CARD_PAIR_WRONG = "card_pair_wrong"
    PEPPER_MISSING = "pepper_missing"
    OPENING_RECORD_ALTERED = "opening_record_altered"
    KEY_LIST_ALTERED = "key_list_altered"
    BOX_ALTERED = "box_altered"
    JOURNAL_ALTERED = "journal_altered"
    COUNTERS_DISAGREE = "counters_disagree"
    TELLERS_MISSING = "tellers_missing"
    TELLERS_DISAGREE = "tellers_disagree"
    TOTALS_IMPOSSIBLE = "totals_impossible"
    COUNTED_BY_HAND_ONLY = "counted_by_hand_only"
    COUNTED_BY_CARDS_ONLY = "counted_by_cards_only"
    DATABASE_NOT_DURABLE = "database_not_durable"


class VotingError(Exception):
    """The vote refuses. ``params`` may be shown to the person who asked."""

    def __init__(self, reason: Reason, **params: Any) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.params = params

    @property
    def code(self) -> str:
        return self.reason.value


class NotPermittedError(VotingError):
    """This person may not do it, or not alone."""


class UnknownError(VotingError):
    """No such election, code or card pair."""


class StateRefusedError(VotingError):
    """Not in this state or at this time."""


class InputRefusedError(VotingError):
    """What was given cannot be accepted as it is."""


class IntegrityRefusedError(VotingError):
    """Something was altered, lost or does not add up; the election must be looked at."""
