"""What a resident can do now, read off the phases that are running."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext, ngettext

from app.session import current_actor
from participation.actions import Action
from participation.areas.models import Area
from participation.cycles.models import Cycle
from participation.cycles.queries import subject_of
from participation.permissions import can
from participation.phases import Phase


@dataclass(frozen=True)
class OpenPhase:
    """A phase that is running in one or more areas of a town."""

    phase: Phase
    cycles: tuple[tuple[Area, Cycle], ...]
    last_day: date | None

    @property
    def title(self) -> str:
        """What is open, with the number of neighbourhoods."""
        return _TITLES[self.phase](len(self.cycles))


@dataclass(frozen=True)
class Invitation:
    """One thing to do now: where it leads and until when."""

    title: str
    text: str
    label: str
    url: str
    last_day: date | None


# The order in which a resident's say weighs: the vote first.
_PHASES = (Phase.VOTE, Phase.COLLECT, Phase.REVIEW, Phase.ASSIGN, Phase.ADOPT, Phase.CHECK)


def open_now(running: Sequence[Cycle], areas: Mapping[int, Area]) -> list[OpenPhase]:
    """Running phases of a town, the vote first, with their areas in the order of ``areas``."""
    by_phase: defaultdict[Phase, list[Cycle]] = defaultdict(list)
    places = {area_id: place for place, area_id in enumerate(areas)}
    for cycle in sorted(running, key=lambda cycle: places.get(cycle.area_id, len(places))):
        if cycle.area_id in places:
            by_phase[cycle.phase].append(cycle)
    return [
        OpenPhase(
            phase,
            tuple((areas[cycle.area_id], cycle) for cycle in by_phase[phase]),
            _last_day(by_phase[phase], phase),
        )
        for phase in _PHASES
        if by_phase[phase]
    ]


_TITLES: dict[Phase, Callable[[int], str]] = {
    Phase.VOTE: lambda n: ngettext(
        "You can vote now in %(num)s neighbourhood",
        "You can vote now in %(num)s neighbourhoods",
        n,
    ),
    Phase.COLLECT: lambda n: ngettext(
        "You can propose something now in %(num)s neighbourhood",
        "You can propose something now in %(num)s neighbourhoods",
        n,
    ),
    Phase.REVIEW: lambda n: ngettext(
        "You can judge the year now in %(num)s neighbourhood",
        "You can judge the year now in %(num)s neighbourhoods",
        n,
    ),
    Phase.ASSIGN: lambda n: ngettext(
        "You can offer to do the work now in %(num)s neighbourhood",
        "You can offer to do the work now in %(num)s neighbourhoods",
        n,
    ),
    Phase.ADOPT: lambda n: ngettext(
        "The plan is being adopted now in %(num)s neighbourhood",
        "The plan is being adopted now in %(num)s neighbourhoods",
        n,
    ),
    Phase.CHECK: lambda n: ngettext(
        "Proposals are being checked now in %(num)s neighbourhood",
        "Proposals are being checked now in %(num)s neighbourhoods",
        n,
    ),
}


def invitations(cycle: Cycle) -> list[Invitation]:
    """What anybody can do in this cycle now, the most important first."""
    last_day = _last_day([cycle], cycle.phase)
    make = _MAKERS.get(cycle.phase)
    return [make(cycle, last_day)] if make else []


def _last_day(cycles: Sequence[Cycle], phase: Phase) -> date | None:
    windows = [window for cycle in cycles if (window := cycle.window(phase)) is not None]
    return max((window.planned_end for window in windows), default=None)


def _propose(cycle: Cycle, last_day: date | None) -> Invitation:
    actor = current_actor()
    # A visitor is asked to sign in first; staff who live elsewhere would be refused.
    proposes = not actor.is_signed_in or can(actor, Action.PROPOSE_PRIORITY, subject_of(cycle))
    return Invitation(
        gettext("What does your neighbourhood need?"),
        gettext(
            "Propose something for %(year)s, or support what others propose.", year=cycle.plan_year
        ),
        gettext("Propose something") if proposes else gettext("See the proposals"),
        url_for("priorities.propose" if proposes else "priorities.index", cycle_id=cycle.id),
        last_day,
    )


def _follow_check(cycle: Cycle, last_day: date | None) -> Invitation:
    return Invitation(
        gettext("We check what is possible"),
        gettext("Every proposal gets an answer with a reason. You can read along."),
        gettext("See the proposals"),
        url_for("priorities.index", cycle_id=cycle.id),
        last_day,
    )


def _vote(cycle: Cycle, last_day: date | None) -> Invitation:
    return Invitation(
        gettext("Vote: what will your neighbourhood get in %(year)s?", year=cycle.plan_year),
        gettext(
            "You need the letter or slip with your code. You can change your vote until the end."
        ),
        gettext("Vote now"),
        url_for("booth.enter"),
        last_day,
    )


def _read_result(cycle: Cycle, last_day: date | None) -> Invitation:
    return Invitation(
        gettext("The votes are counted"),
        gettext("Read what was chosen. The neighbourhood meeting adopts the plan."),
        gettext("See the result"),
        url_for("results.show", election_id=cycle.election_id)
        if cycle.election_id
        else url_for("cycles.show", cycle_id=cycle.id),
        last_day,
    )


def _offer(cycle: Cycle, last_day: date | None) -> Invitation:
    return Invitation(
        gettext("Who does the work?"),
        gettext("Residents and organisations can offer to do a task."),
        gettext("See the tasks"),
        url_for("tasks.index", cycle_id=cycle.id),
        last_day,
    )


def _follow_work(cycle: Cycle, last_day: date | None) -> Invitation:
    return Invitation(
        gettext("The plan of %(year)s is being carried out", year=cycle.plan_year),
        gettext("See what is done, who does it and what it costs."),
        gettext("Follow the work"),
        url_for("tasks.index", cycle_id=cycle.id),
        last_day,
    )


def _judge(cycle: Cycle, last_day: date | None) -> Invitation:
    return Invitation(
        gettext("Judge the year %(year)s", year=cycle.plan_year),
        gettext("Eight short questions about each activity. Your answers set the next goals."),
        gettext("Give your view"),
        url_for("reviews.show", cycle_id=cycle.id),
        last_day,
    )


_MAKERS = {
    Phase.COLLECT: _propose,
    Phase.CHECK: _follow_check,
    Phase.VOTE: _vote,
    Phase.ADOPT: _read_result,
    Phase.ASSIGN: _offer,
    Phase.EXECUTE: _follow_work,
    Phase.REVIEW: _judge,
}
