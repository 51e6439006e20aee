"""A wish's whole life as an upright street: from proposal to review, through every year.

Gathers what each package knows of it; costs a fixed number of queries for each year of its life.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from flask_babel import gettext, ngettext

from app.filters import day, localised, money
from app.priorities.life_steps import LifeStep, happened, quoted
from app.priorities.work_life import steps_after_vote
from app.sentences.year import PHASE_NAMES
from participation.cycles import queries as cycles
from participation.cycles.facts import DATED_PHASES
from participation.cycles.models import Cycle
from participation.phases import Phase
from participation.priorities import queries
from participation.priorities.models import CheckOutcome, FeasibilityCheck, Priority
from participation.priorities.states import BALLOT_STATES, PriorityState
from voting.elections import queries as elections
from voting.results import queries as results
from voting.states import ElectionState

_OVER = frozenset({PriorityState.REFUSED, PriorityState.WITHDRAWN, PriorityState.NOT_CHOSEN})


@dataclass(frozen=True)
class LifeYear:
    """One plan year of a wish; ``priority_id`` is what it was called that year."""

    year: int
    priority_id: int
    steps: Sequence[LifeStep]


def life_of(priority: Priority) -> list[LifeYear]:
    """The wish in every year it lived through, oldest first."""
    chain = queries.chain_of(priority)
    checks = queries.checks_of(one.id for one in chain)
    return [
        LifeYear(cycle.plan_year, one.id, _steps(one, cycle, checks.get(one.id, [])))
        for one in chain
        if (cycle := cycles.find_cycle(one.municipality_id, one.cycle_id)) is not None
    ]


def _steps(priority: Priority, cycle: Cycle, checks: Sequence[FeasibilityCheck]) -> list[LifeStep]:
    steps = [
        *_beginning(priority),
        *(_check_step(check, cycle) for check in checks),
        *_vote_step(priority, cycle),
        *steps_after_vote(priority, cycle),
    ]
    steps.sort(key=lambda step: step.at or priority.created_at)
    if priority.state in _OVER or cycle.phase is Phase.CLOSED:
        return steps
    return [*_with_now(steps, cycle), *_still_to_come(cycle)]


def _beginning(priority: Priority) -> Iterator[LifeStep]:
    supported = ngettext(
        "Supported %(num)s time.", "Supported %(num)s times.", priority.support_count
    )
    if priority.published_at is None:
        return
    if priority.carried_over_from_year is not None:
        title = gettext("Carried over from %(year)s", year=priority.carried_over_from_year)
    elif priority.was_entered_for_somebody:
        title = gettext("A wish that a facilitator wrote down for a resident")
    else:
        title = gettext("A wish of a resident")
    yield happened(Phase.COLLECT, priority.published_at, title, text=supported)
    if priority.withdrawn_at is not None:
        yield happened(
            Phase.COLLECT, priority.withdrawn_at, gettext("Withdrawn by who proposed it")
        )


def _check_step(check: FeasibilityCheck, cycle: Cycle) -> LifeStep:
    criterion = cycle.rules.criterion(check.criterion_code or "")
    if check.outcome is CheckOutcome.FEASIBLE:
        title, text = gettext("It is feasible"), ""
        if check.cost_cents != check.estimated_cents:
            text = gettext(
                "The proposer thought of %(estimated)s. It costs %(cost)s.",
                estimated=money(check.estimated_cents),
                cost=money(check.cost_cents),
            )
    else:
        title = gettext("It is not feasible")
        text = gettext(
            "This is the reason: %(criterion)s",
            criterion=localised(criterion.text) if criterion else check.criterion_code,
        )
    quote = quoted(check.explanation, check.language)
    return happened(Phase.CHECK, check.decided_at, title, text=text, quote=quote)


def _vote_step(priority: Priority, cycle: Cycle) -> Iterator[LifeStep]:
    """What the vote said; only once its result is published."""
    if priority.state not in BALLOT_STATES - {PriorityState.ON_BALLOT}:
        return
    line = _result_line(priority, cycle)
    if priority.state is PriorityState.CHOSEN:
        title, text = _chosen_with(line), gettext("It goes into the plan.")
    else:
        title, text = _left_out_with(line), _why_not(line)
    link = None
    if cycle.election_id is not None:
        link = (gettext("See the result"), url_for("results.show", election_id=cycle.election_id))
    yield happened(Phase.VOTE, priority.changed_at, title, text=text, link=link)


def _result_line(priority: Priority, cycle: Cycle) -> dict[str, Any] | None:
    if cycle.election_id is None:
        return None
    if elections.get_election(cycle.election_id).state is not ElectionState.PUBLISHED:
        return None
    steps = results.outcome_record(cycle.election_id).get("steps", ())
    return next((step for step in steps if step["project"] == str(priority.id)), None)


def _chosen_with(line: dict[str, Any] | None) -> str:
    if line is None:
        return str(gettext("Chosen"))
    return str(ngettext("Chosen with %(num)s vote", "Chosen with %(num)s votes", line["votes"]))


def _left_out_with(line: dict[str, Any] | None) -> str:
    if line is None:
        return str(gettext("Not chosen"))
    return str(ngettext("Not chosen: %(num)s vote", "Not chosen: %(num)s votes", line["votes"]))


def _why_not(line: dict[str, Any] | None) -> str:
    if line is None:
        return ""
    if line["decision"] == "no_support":
        return str(gettext("Nobody chose it."))
    return str(
        gettext(
            "It costs %(cost)s. When its turn came, %(left)s was left.",
            cost=money(line["cost"]),
            left=money(line["left"]),
        )
    )


def _with_now(steps: list[LifeStep], cycle: Cycle) -> list[LifeStep]:
    """The newest stop of the running phase is where we are; without one, a stop of its own."""
    here = [place for place, step in enumerate(steps) if step.phase is cycle.phase]
    if here:
        last = here[-1]
        return [*steps[:last], replace(steps[last], state="now"), *steps[last + 1 :]]
    if cycle.phase is Phase.PREPARATION:
        return steps
    title, link = _what_happens(cycle.phase, cycle)
    when = gettext("Now · %(phase)s", phase=PHASE_NAMES[cycle.phase])
    return [*steps, LifeStep(cycle.phase, None, when, title, state="now", onward=link)]


def _still_to_come(cycle: Cycle) -> Iterator[LifeStep]:
    order: list[Phase] = list(DATED_PHASES)
    for phase in order[order.index(cycle.phase) + 1 :]:
        window = cycle.window(phase)
        if phase in _UNTOLD or window is None:
            continue
        begins = day(window.planned_start)
        when = gettext("From %(day)s · %(phase)s", day=begins, phase=PHASE_NAMES[phase])
        yield LifeStep(phase, None, when, _what_happens(phase, cycle)[0], state="next")


# Steps nobody waits for as long as they lie ahead.
_UNTOLD = frozenset({Phase.COLLECT, Phase.ADOPT, Phase.ASSIGN})


def _what_happens(phase: Phase, cycle: Cycle) -> tuple[str, tuple[str, str] | None]:
    """What a phase means for a wish that is still in the race, and where one takes part."""
    tasks = url_for("tasks.index", cycle_id=cycle.id)
    review = url_for("reviews.show", cycle_id=cycle.id)
    sentences: dict[Phase, tuple[str, tuple[str, str] | None]] = {
        Phase.COLLECT: (gettext("Others can support it"), None),
        Phase.CHECK: (gettext("We check whether it can be done"), None),
        Phase.VOTE: (
            gettext("The neighbourhood votes on it"),
            (gettext("Vote now"), url_for("booth.enter")),
        ),
        Phase.ADOPT: (gettext("The neighbourhood meeting decides on the plan"), None),
        Phase.ASSIGN: (
            gettext("Who does it? Residents and organisations make offers"),
            (gettext("See the tasks"), tasks),
        ),
        Phase.EXECUTE: (gettext("It is carried out"), (gettext("Follow the work"), tasks)),
        Phase.REVIEW: (
            gettext("Was it good? Residents and professionals judge"),
            (gettext("Give your view"), review),
        ),
    }
    return sentences[phase]
