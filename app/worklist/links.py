"""The side menu of staff pages: only lists the reader may open."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext

from app.access import allowed_here
from app.session import current_actor
from participation.actions import Action
from participation.permissions import STAFF_ROLES, Role


@dataclass(frozen=True)
class StaffLink:
    """One entry of the menu."""

    label: str
    url: str
    current: bool
    count: int | None = None


def staff_links() -> list[StaffLink]:
    """Entries for the signed-in member of staff; empty for everybody else."""
    roles = {grant.role for grant in current_actor().grants}
    if g.get("town") is None or not roles & STAFF_ROLES:
        return []
    wanted = [
        (gettext("Today's work"), "worklist.show", True),
        (
            gettext("Votes"),
            "commission.index",
            bool(roles & {Role.COMMISSION_MEMBER, Role.AUDITOR}),
        ),
        (gettext("My tasks"), "tasks.mine", Role.EXECUTOR_MEMBER in roles),
        (gettext("Meetings"), "meetings.index", Role.FACILITATOR in roles),
        (gettext("People"), "people.index", allowed_here(Action.MANAGE_PEOPLE)),
        (
            gettext("Organisations"),
            "organisations.index",
            allowed_here(Action.MANAGE_ORGANISATIONS),
        ),
        (gettext("Areas"), "areas.manage", allowed_here(Action.MANAGE_AREAS)),
        (gettext("Rules"), "rules.index", allowed_here(Action.MANAGE_RULES)),
        (gettext("Journal of the town"), "areas.journal", allowed_here(Action.READ_JOURNAL)),
    ]
    return [
        StaffLink(label, url_for(endpoint), request.endpoint == endpoint)
        for label, endpoint, shown in wanted
        if shown
    ]


def _watches_votes(roles: set[Role]) -> bool:
    return bool(roles & {Role.COMMISSION_MEMBER, Role.AUDITOR})
