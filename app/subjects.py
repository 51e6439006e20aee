"""From the ids in an address to what they stand for, inside the wall of one municipality.

One row a parameter name. A view never sees an id: it receives what was found, or the reader a 404.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort

from participation.areas import queries as areas
from participation.areas.models import Area
from participation.cycles import elections
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.meetings import motions
from participation.meetings import queries as meetings
from participation.money import queries as money
from participation.people import queries as people
from participation.permissions import Subject
from participation.plans import queries as plans
from participation.priorities import queries as priorities
from participation.rules import queries as rules
from participation.tasks import queries as tasks


@dataclass(frozen=True)
class Loader:
    """How one parameter is looked up (by municipality and value) and seen by permissions."""

    name: str
    find: Callable[[int, Any], Any]
    subject_of: Callable[[Any], Subject]


_HIGHEST_ID = 2**63 - 1

LOADERS: dict[str, Loader] = {
    "person_id": Loader("person", people.find_person, people.subject_of),
    "assignment_id": Loader("assignment", people.find_assignment, people.subject_of_assignment),
    "priority_id": Loader("priority", priorities.find_priority, priorities.subject_of),
    "meeting_id": Loader("meeting", meetings.find_meeting, meetings.subject_of),
    "sign_up_token": Loader("sign_up", meetings.find_sign_up, meetings.subject_of_sign_up),
    "motion_id": Loader("motion", meetings.find_motion, motions.subject_of),
    "activity_id": Loader("activity", plans.find_activity, plans.subject_of),
    "task_id": Loader("task", tasks.find_task, tasks.subject_of),
    "offer_id": Loader("offer", tasks.find_offer, tasks.subject_of_offer),
    "entry_id": Loader("entry", money.find_entry, money.subject_of),
    "area_id": Loader("area", areas.find_area, areas.subject_of),
    "area_slug": Loader("area", areas.area_by_slug, areas.subject_of),
    "rule_set_id": Loader("rule_set", rules.find_rule_set, rules.subject_of),
    "cycle_id": Loader("cycle", cycles.find_cycle, cycles.subject_of),
    "election_id": Loader("election", elections.find_election, elections.subject_of),
}


def load_values(
    municipality_id: int, values: dict[str, Any]
) -> tuple[dict[str, Any], Subject | None]:
    """Replace every known id by what it stands for.

    :returns: the view's arguments and the subject of the last (innermost) of them.
    """
    loaded: dict[str, Any] = {}
    subject: Subject | None = None
    for parameter, value in values.items():
        loader = LOADERS.get(parameter)
        if loader is None:
            loaded[parameter] = value
            continue
        found = loader.find(municipality_id, value) if _may_exist(value) else None
        if found is None:
            abort(404)
        loaded[loader.name] = found
        subject = loader.subject_of(found)
    return loaded, subject


def _may_exist(value: Any) -> bool:
    """Whether the database could hold this id: a longer number than a bigint is nobody's."""
    return not isinstance(value, int) or value <= _HIGHEST_ID


def town_subject(municipality_id: int) -> Subject:
    """The municipality itself, for addresses that name nothing below it."""
    return areas.subject_of(areas.root_area(municipality_id))


__all__ = ["LOADERS", "Area", "Cycle", "Loader", "load_values", "town_subject"]
