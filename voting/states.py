"""The states of an election and the acts that lead from one to the next.

Owns the order of an election, on one page. Pure: services load the facts, ask here, and write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voting.errors import Reason


class ElectionState(StrEnum):
    """Where an election stands."""

    DRAFT = "draft"
    PREPARED = "prepared"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    ANNULLED = "annulled"


class Act(StrEnum):
    """What the polling commission does; each needs two of its members.

    ``revoke`` changes no state: it makes one spoilt slip worthless.
    """

    PREPARE = "prepare"
    REVISE = "revise"
    OPEN = "open"
    CLOSE = "close"
    COUNT = "count"
    PUBLISH = "publish"
    SUSPEND = "suspend"
    RESUME = "resume"
    ANNUL = "annul"
    REVOKE = "revoke"


class Closing(StrEnum):
    """When an election may be closed; frozen at preparation and published with it."""

    PUBLISHED_TIME = "published_time"
    BY_COMMISSION = "by_commission"


@dataclass(frozen=True)
class Facts:
    """What the guards look at. ``now`` is the database's clock."""

    now: datetime
    opens_at: datetime
    closes_at: datetime
    closing: Closing
    reason: str = ""
    resumes_to: ElectionState | None = None


Guard = Callable[[Facts], Reason | None]


@dataclass(frozen=True)
class Transition:
    """One permitted step. The first guard that returns a reason refuses it."""

    source: ElectionState
    target: ElectionState
    act: Act
    guards: tuple[Guard, ...] = ()


def closing_lies_ahead(facts: Facts) -> Reason | None:
    """Opening makes sense only before the published closing time."""
    return Reason.TOO_LATE if facts.now >= facts.closes_at else None


def closing_time_has_come(facts: Facts) -> Reason | None:
    """At the published time, or earlier where that was announced and a reason is given."""
    if facts.now >= facts.closes_at:
        return None
    if facts.closing is not Closing.BY_COMMISSION:
        return Reason.TOO_EARLY
    return reason_is_given(facts)


def reason_is_given(facts: Facts) -> Reason | None:
    return None if facts.reason.strip() else Reason.REASON_MISSING


_REASONED = (reason_is_given,)
_RUNNING = (
    ElectionState.OPEN,
    ElectionState.CLOSED,
    ElectionState.COUNTED,
    ElectionState.PUBLISHED,
)

TRANSITIONS: tuple[Transition, ...] = (
    Transition(ElectionState.DRAFT, ElectionState.PREPARED, Act.PREPARE, (closing_lies_ahead,)),
    Transition(ElectionState.PREPARED, ElectionState.PREPARED, Act.PREPARE, (closing_lies_ahead,)),
    Transition(ElectionState.PREPARED, ElectionState.DRAFT, Act.REVISE),
    Transition(ElectionState.PREPARED, ElectionState.OPEN, Act.OPEN, (closing_lies_ahead,)),
    Transition(ElectionState.OPEN, ElectionState.CLOSED, Act.CLOSE, (closing_time_has_come,)),
    Transition(ElectionState.CLOSED, ElectionState.COUNTED, Act.COUNT),
    Transition(ElectionState.COUNTED, ElectionState.PUBLISHED, Act.PUBLISH),
    *(Transition(state, ElectionState.SUSPENDED, Act.SUSPEND, _REASONED) for state in _RUNNING),
    *(Transition(ElectionState.SUSPENDED, state, Act.RESUME, _REASONED) for state in _RUNNING),
    *(
        Transition(state, ElectionState.ANNULLED, Act.ANNUL, _REASONED)
        for state in (*_RUNNING, ElectionState.SUSPENDED)
    ),
)


def acts_from(state: ElectionState) -> tuple[Act, ...]:
    """The acts that lead on from a state, each once, in the order of the process."""
    return tuple(dict.fromkeys(step.act for step in TRANSITIONS if step.source is state))


def next_state(state: ElectionState, act: Act, facts: Facts) -> ElectionState | Reason:
    """The state an act leads to, or why it is refused now."""
    for step in TRANSITIONS:
        if step.source is not state or step.act is not act:
            continue
        if act is Act.RESUME and step.target is not facts.resumes_to:
            continue
        refusal = next((why for guard in step.guards if (why := guard(facts))), None)
        return refusal or step.target
    return Reason.ACT_NOT_NOW
