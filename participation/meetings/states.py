"""The states of a meeting and of a sign-up, and what leads from one to the next. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from participation.actions import Action


class MeetingKind(StrEnum):
    """What a meeting is for."""

    RESIDENTS_PRE_MEETING = "residents_pre_meeting"
    NEIGHBOURHOOD_MEETING = "neighbourhood_meeting"
    ROUND_TABLE = "round_table"
    ADOPTION_MEETING = "adoption_meeting"
    REVIEW_MEETING = "review_meeting"
    ONLINE = "online"


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    MINUTED = "minuted"
    CANCELLED = "cancelled"


class SignUpState(StrEnum):
    """Whether somebody who signed up has a place."""

    PLACED = "placed"
    WAITING = "waiting"
    CANCELLED = "cancelled"


class Step(StrEnum):
    """What happens to a meeting."""

    RECORD_ATTENDANCE = "record_attendance"
    PUBLISH_MINUTES = "publish_minutes"
    CANCEL = "cancel"


@dataclass(frozen=True)
class MeetingFacts:
    """What the guards look at."""

    now: datetime
    starts_at: datetime
    minutes: str = ""


Guard = Callable[[MeetingFacts], str | None]


def has_begun(facts: MeetingFacts) -> str | None:
    """Nobody is counted before the doors open."""
    return None if facts.now >= facts.starts_at else "meeting_not_begun"


def minutes_are_written(facts: MeetingFacts) -> str | None:
    """Publishing freezes what stands there, so something must."""
    return None if facts.minutes.strip() else "minutes_missing"


@dataclass(frozen=True)
class Transition:
    """One permitted step; the first guard that returns a code refuses it."""

    source: MeetingState
    target: MeetingState
    step: Step
    action: Action
    guards: tuple[Guard, ...] = ()


_S = MeetingState

TRANSITIONS: tuple[Transition, ...] = (
    Transition(_S.PLANNED, _S.HELD, Step.RECORD_ATTENDANCE, Action.RECORD_MEETING, (has_begun,)),
    # A wrong number may be put right until the minutes are published.
    Transition(_S.HELD, _S.HELD, Step.RECORD_ATTENDANCE, Action.RECORD_MEETING),
    Transition(
        _S.HELD,
        _S.MINUTED,
        Step.PUBLISH_MINUTES,
        Action.RECORD_MEETING,
        (minutes_are_written,),
    ),
    Transition(_S.PLANNED, _S.CANCELLED, Step.CANCEL, Action.PLAN_MEETING),
)


def transition_for(state: MeetingState, step: Step) -> Transition | None:
    """The transition ``step`` takes from ``state``; ``None`` when it is not possible there."""
    return next((t for t in TRANSITIONS if t.source is state and t.step is step), None)


def first_refusal(transition: Transition, facts: MeetingFacts) -> str | None:
    """Code of the first guard that holds; ``None`` when the step may be taken."""
    return next((why for guard in transition.guards if (why := guard(facts)) is not None), None)
