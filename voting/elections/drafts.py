"""What somebody wants to put to the vote, and whether it can be. Pure.

Owns the form of a draft and its check. Writing it down is the service's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from voting.counting.model import Majority, TieCriterion, Utility
from voting.counting.ties import DECISIVE
from voting.elections.kinds import (
    BUILT_CHANNELS,
    CODE_CHANNELS,
    BallotFormat,
    Channel,
    Kind,
    Publication,
)
from voting.errors import InputRefusedError, Reason
from voting.states import Closing


@dataclass(frozen=True)
class DraftOption:
    """One thing to vote on. ``reference`` is the caller's own name for it."""

    reference: str
    title: Mapping[str, str]
    summary: Mapping[str, str] = field(default_factory=dict)
    cost_cents: int = 0


@dataclass(frozen=True)
class ElectionDraft:
    """Everything that preparation will freeze. Options get their numbers by position, from 1."""

    area_id: int
    municipality_id: int
    title: Mapping[str, str]
    kind: Kind
    channels: tuple[Channel, ...]
    commission: tuple[int, ...]
    language: str
    opens_at: datetime
    closes_at: datetime
    options: tuple[DraftOption, ...] = ()
    ballot_format: BallotFormat = BallotFormat.APPROVAL
    budget_cents: int | None = None
    min_choices: int = 0
    max_choices: int | None = None
    max_cost_cents: int | None = None
    utility: Utility = Utility.COST
    leave_out_unsupported: bool = True
    majority: Majority = Majority.SIMPLE
    quorum: int | None = None
    tie_criteria: tuple[TieCriterion, ...] = (TieCriterion.CHEAPER, TieCriterion.DRAW)
    publication: Publication = Publication.OBSERVERS
    closing: Closing = Closing.PUBLISHED_TIME
    minimum_age: int | None = None
    reference_date: date | None = None


def require_votable(draft: ElectionDraft) -> None:
    """Refuse a draft that could not be voted on.

    :raises InputRefusedError: with the first thing that is wrong.
    """
    for refusal in _refusals(draft):
        raise refusal


def _refusals(draft: ElectionDraft) -> Iterator[InputRefusedError]:
    if not any(text.strip() for text in draft.title.values()):
        yield InputRefusedError(Reason.DRAFT_INCOMPLETE, fields=["title"])
    if len(set(draft.commission)) < 2:
        yield InputRefusedError(Reason.COMMISSION_TOO_SMALL)
    if draft.opens_at >= draft.closes_at:
        yield InputRefusedError(Reason.TIMES_IN_WRONG_ORDER)
    yield from _channel_refusals(draft)
    if draft.kind is Kind.MOTION:
        yield from _motion_refusals(draft)
    else:
        yield from _option_refusals(draft)
        yield from _limit_refusals(draft)


def _channel_refusals(draft: ElectionDraft) -> Iterator[InputRefusedError]:
    channels = set(draft.channels)
    if not channels:
        yield InputRefusedError(Reason.DRAFT_INCOMPLETE, fields=["channels"])
    for channel in sorted(channels - BUILT_CHANNELS):
        yield InputRefusedError(Reason.CHANNEL_NOT_BUILT, channel=channel.value)
    if Channel.CARDS in channels and channels & CODE_CHANNELS:
        yield InputRefusedError(Reason.CHANNELS_EXCLUDE_EACH_OTHER)


def _motion_refusals(draft: ElectionDraft) -> Iterator[InputRefusedError]:
    if draft.options:
        yield InputRefusedError(Reason.MOTION_HAS_OPTIONS)
    if draft.quorum is not None and draft.quorum < 1:
        yield InputRefusedError(Reason.LIMITS_IMPOSSIBLE)


def _option_refusals(draft: ElectionDraft) -> Iterator[InputRefusedError]:
    if not draft.options:
        yield InputRefusedError(Reason.OPTIONS_MISSING)
    references = [option.reference for option in draft.options]
    if len(set(references)) != len(references) or "" in references:
        yield InputRefusedError(Reason.OPTION_REFERENCE_TWICE)
    for option in draft.options:
        if option.cost_cents <= 0:
            yield InputRefusedError(Reason.OPTION_COST_MISSING, reference=option.reference)
    if draft.budget_cents is None or draft.budget_cents <= 0:
        yield InputRefusedError(Reason.BUDGET_MISSING)
    if not draft.tie_criteria or draft.tie_criteria[-1] not in DECISIVE:
        yield InputRefusedError(Reason.TIE_CRITERIA_OPEN_ENDED)


def _limit_refusals(draft: ElectionDraft) -> Iterator[InputRefusedError]:
    most = len(draft.options) if draft.max_choices is None else draft.max_choices
    is_impossible = (
        draft.ballot_format is BallotFormat.MOTION
        or draft.min_choices < 0
        or most < max(1, draft.min_choices)
        or len(draft.options) < draft.min_choices
        or (draft.max_cost_cents is not None and draft.max_cost_cents <= 0)
    )
    if is_impossible:
        yield InputRefusedError(Reason.LIMITS_IMPOSSIBLE)
