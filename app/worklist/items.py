"""Which work belongs to which phase, and who finds it on their list.

One row a kind of work. Whether somebody sees it is asked of the same ``can`` as the page it leads
to, so the list never offers what would be refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from participation.actions import Action
from participation.areas.models import Area
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.permissions import Actor, can
from participation.phases import Phase


@dataclass(frozen=True)
class Work:
    """A kind of work: who may do it, when it is due, and where."""

    action: Action
    phases: frozenset[Phase]
    title: LazyString
    endpoint: str


@dataclass(frozen=True)
class WorkItem:
    """One thing to do in one neighbourhood."""

    title: str
    url: str


@dataclass(frozen=True)
class WorkGroup:
    """All there is to do in one neighbourhood's year."""

    area: Area
    cycle: Cycle
    items: tuple[WorkItem, ...]


_WORKING = frozenset({Phase.ASSIGN, Phase.EXECUTE, Phase.REVIEW})

WORK: tuple[Work, ...] = (
    Work(
        Action.PROPOSE_FOR_OTHERS,
        frozenset({Phase.COLLECT}),
        _l("Propose something for a resident"),
        "priorities.propose_for_someone",
    ),
    Work(
        Action.CHECK_PRIORITY,
        frozenset({Phase.CHECK}),
        _l("Check the proposals"),
        "priorities.checklist",
    ),
    Work(
        Action.SHORTLIST_PRIORITY,
        frozenset({Phase.CHECK}),
        _l("Choose what goes on the ballot"),
        "priorities.shortlist",
    ),
    Work(Action.DRAFT_ELECTION, frozenset({Phase.CHECK}), _l("Draft the vote"), "commission.draft"),
    Work(Action.DRAFT_PLAN, frozenset({Phase.ADOPT}), _l("Draft the plan"), "plans.draft"),
    Work(Action.ADOPT_PLAN, frozenset({Phase.ADOPT}), _l("Adopt the plan"), "plans.adopt"),
    Work(Action.OPEN_CALL, _WORKING, _l("Give out the work"), "tasks.index"),
    Work(Action.RECORD_PAYMENT, _WORKING, _l("Record payments"), "money.show"),
    Work(
        Action.DECIDE_REVIEW,
        frozenset({Phase.REVIEW}),
        _l("Decide on the review"),
        "reviews.show",
    ),
    Work(Action.ADVANCE_CYCLE, frozenset(Phase), _l("Steer this year"), "cycles.steer"),
)


def work_of(actor: Actor, running: Sequence[Cycle], areas: Mapping[int, Area]) -> list[WorkGroup]:
    """Everything ``actor`` can do now, a group for each year that has something."""
    groups = []
    for cycle in running:
        subject = cycles.subject_of(cycle)
        items = tuple(
            WorkItem(str(work.title), url_for(work.endpoint, cycle_id=cycle.id))
            for work in WORK
            if cycle.phase in work.phases and can(actor, work.action, subject)
        )
        if items and cycle.area_id in areas:
            groups.append(WorkGroup(areas[cycle.area_id], cycle, items))
    return sorted(groups, key=lambda group: (group.area.name, group.cycle.plan_year))
