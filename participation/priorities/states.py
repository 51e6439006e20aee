"""The life of a priority: its states, and what leads from one to the next.

Pure. Services load the facts, ask here, and write.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from participation.actions import Action


class PriorityState(StrEnum):
    """Where a priority stands between a resident's wish and the result of the vote."""

    DRAFT = "draft"
    PUBLISHED = "published"
    FEASIBLE = "feasible"
    REFUSED = "refused"
    ON_BALLOT = "on_ballot"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What happens to a priority."""

    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    FIND_FEASIBLE = "find_feasible"
    REFUSE = "refuse"
    SHORTLIST = "shortlist"
    TAKE_OFF_SHORTLIST = "take_off_shortlist"
    CHOOSE = "choose"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class Refusal:
    """Why a step may not be taken; ``field`` in the parameters names the input it is about."""

    code: str
    params: dict[str, int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class PriorityFacts:
    """What the guards look at. Amounts in cents; ``None`` where no rule limits them."""

    title: str = ""
    description: str = ""
    place: str = ""
    has_theme: bool = False
    has_function: bool = False
    has_route: bool = False
    cost_cents: int | None = None
    cost_cap_cents: int | None = None
    budget_cents: int = 0
    shortlist_limit: int | None = None
    already_on_ballot: int = 0
    ballot_is_frozen: bool = False


Guard = Callable[[PriorityFacts], Refusal | None]


def says_what_it_is(facts: PriorityFacts) -> Refusal | None:
    """Others can only support what they understand."""
    if not facts.title.strip():
        return Refusal("title_missing", {"field": "title"})
    if not facts.description.strip():
        return Refusal("description_missing", {"field": "description"})
    return None


def says_where_and_for_what(facts: PriorityFacts) -> Refusal | None:
    """Theme, function and place, by which it is found and compared."""
    if not facts.has_theme:
        return Refusal("theme_missing", {"field": "theme"})
    if not facts.has_function:
        return Refusal("function_missing", {"field": "function"})
    if not facts.place.strip():
        return Refusal("place_missing", {"field": "place"})
    return None


def says_who_could_do_it(facts: PriorityFacts) -> Refusal | None:
    """Residents, residents with professionals, or professionals."""
    return None if facts.has_route else Refusal("route_missing", {"field": "route"})


def cost_is_estimated(facts: PriorityFacts) -> Refusal | None:
    """Without an amount nobody can weigh it against the budget."""
    if facts.cost_cents is None or facts.cost_cents <= 0:
        return Refusal("cost_missing", {"field": "cost"})
    return None


def cost_is_within_cap(facts: PriorityFacts) -> Refusal | None:
    """The year's rules may cap what one priority costs (DOMAIN.md, thresholds and caps)."""
    cap = facts.cost_cap_cents
    if cap is not None and facts.cost_cents is not None and facts.cost_cents > cap:
        return Refusal("cost_above_cap", {"field": "cost", "cap_cents": cap})
    return None


def cost_is_within_budget(facts: PriorityFacts) -> Refusal | None:
    """What costs more than there is could be chosen by everybody and still not be done."""
    if facts.cost_cents is not None and facts.cost_cents > facts.budget_cents:
        return Refusal("cost_above_budget", {"budget_cents": facts.budget_cents})
    return None


def shortlist_has_room(facts: PriorityFacts) -> Refusal | None:
    """The year's rules may limit the length of the ballot."""
    limit = facts.shortlist_limit
    if limit is not None and facts.already_on_ballot >= limit:
        return Refusal("shortlist_full", {"limit": limit})
    return None


def ballot_is_open(facts: PriorityFacts) -> Refusal | None:
    """Once the vote is prepared its options are frozen."""
    return Refusal("ballot_is_frozen") if facts.ballot_is_frozen else None


@dataclass(frozen=True)
class Transition:
    """One permitted step; ``action`` is ``None`` where the caller has checked who may."""

    source: PriorityState
    target: PriorityState
    step: Step
    action: Action | None
    guards: tuple[Guard, ...] = ()


_COMPLETE = (
    says_what_it_is,
    says_where_and_for_what,
    cost_is_estimated,
    cost_is_within_cap,
    says_who_could_do_it,
)
_ON_SHORTLIST = (ballot_is_open, cost_is_within_budget, shortlist_has_room)
_S = PriorityState

TRANSITIONS: tuple[Transition, ...] = (
    Transition(_S.DRAFT, _S.PUBLISHED, Step.PUBLISH, Action.EDIT_PRIORITY, _COMPLETE),
    Transition(_S.DRAFT, _S.WITHDRAWN, Step.WITHDRAW, Action.EDIT_PRIORITY),
    Transition(_S.PUBLISHED, _S.WITHDRAWN, Step.WITHDRAW, Action.EDIT_PRIORITY),
    Transition(_S.PUBLISHED, _S.FEASIBLE, Step.FIND_FEASIBLE, Action.CHECK_PRIORITY),
    Transition(_S.PUBLISHED, _S.REFUSED, Step.REFUSE, Action.CHECK_PRIORITY),
    # A decision may be corrected as long as the check goes on.
    Transition(_S.REFUSED, _S.FEASIBLE, Step.FIND_FEASIBLE, Action.CHECK_PRIORITY),
    Transition(_S.FEASIBLE, _S.REFUSED, Step.REFUSE, Action.CHECK_PRIORITY),
    Transition(_S.FEASIBLE, _S.FEASIBLE, Step.FIND_FEASIBLE, Action.CHECK_PRIORITY),
    Transition(_S.REFUSED, _S.REFUSED, Step.REFUSE, Action.CHECK_PRIORITY),
    Transition(_S.FEASIBLE, _S.ON_BALLOT, Step.SHORTLIST, Action.SHORTLIST_PRIORITY, _ON_SHORTLIST),
    Transition(
        _S.ON_BALLOT,
        _S.FEASIBLE,
        Step.TAKE_OFF_SHORTLIST,
        Action.SHORTLIST_PRIORITY,
        (ballot_is_open,),
    ),
    Transition(_S.ON_BALLOT, _S.CHOSEN, Step.CHOOSE, None),
    Transition(_S.ON_BALLOT, _S.NOT_CHOSEN, Step.LEAVE_OUT, None),
)

# What everybody may read.
PUBLIC_STATES = frozenset(PriorityState) - {PriorityState.DRAFT, PriorityState.WITHDRAWN}
# What was or is put to the vote.
BALLOT_STATES = frozenset({_S.ON_BALLOT, _S.CHOSEN, _S.NOT_CHOSEN})


def transition_for(state: PriorityState, step: Step) -> Transition | None:
    """The transition ``step`` takes from ``state``; ``None`` when it is not possible there."""
    return next((t for t in TRANSITIONS if t.source is state and t.step is step), None)


def steps_from(state: PriorityState) -> tuple[Step, ...]:
    """What may happen next to a priority, in the order of the process."""
    return tuple(t.step for t in TRANSITIONS if t.source is state)


def first_refusal(transition: Transition, facts: PriorityFacts) -> Refusal | None:
    """The first guard that holds; ``None`` when the step may be taken."""
    return next((why for guard in transition.guards if (why := guard(facts)) is not None), None)
