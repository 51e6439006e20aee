"""Who may do what: one table, deny by default.

Pure. An action is allowed when one of its predicates holds for the actor and the subject, and
the phase the subject's year is in opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from participation.actions import Action
from participation.errors import NotAllowedError, PhaseClosedError
from participation.phases import Phase, is_open


class Role(StrEnum):
    """What somebody is in an area and everything below it."""

    RESIDENT = "resident"
    FACILITATOR = "facilitator"
    BOARD_MEMBER = "board_member"
    COALITION_STAFF = "coalition_staff"
    EXECUTOR_MEMBER = "executor_member"
    MUNICIPALITY = "municipality"
    COMMISSION_MEMBER = "commission_member"
    AUDITOR = "auditor"


# Every role but the resident's signs in with a password and a second factor.
STAFF_ROLES = frozenset(Role) - {Role.RESIDENT}


@dataclass(frozen=True)
class Grant:
    """A role held on an area's subtree; an executor's also names the organisation."""

    role: Role
    area_id: int
    organisation_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with the roles that count in this session, or a visitor."""

    person_id: int | None
    municipality_id: int | None
    grants: tuple[Grant, ...] = ()

    @property
    def is_signed_in(self) -> bool:
        return self.person_id is not None

    @property
    def organisation_ids(self) -> frozenset[int]:
        return frozenset(g.organisation_id for g in self.grants if g.organisation_id is not None)


VISITOR = Actor(person_id=None, municipality_id=None)


@dataclass(frozen=True)
class Subject:
    """What is acted on, reduced to what permissions need.

    ``area_path`` runs from the municipality's area down to the subject's own.
    """

    municipality_id: int
    area_path: tuple[int, ...]
    phase: Phase | None = None
    owner_id: int | None = None
    organisation_id: int | None = None


Predicate = Callable[[Actor, Subject], bool]


def holds(role: Role) -> Predicate:
    """Predicate: the actor has ``role`` on the subject's area or one above it."""

    def predicate(actor: Actor, subject: Subject) -> bool:
        return any(g.role is role and g.area_id in subject.area_path for g in actor.grants)

    predicate.__name__ = f"is_{role.value}"
    return predicate


def owns_it(actor: Actor, subject: Subject) -> bool:
    """The subject is the actor's own."""
    return actor.person_id is not None and subject.owner_id == actor.person_id


def acts_for_its_executor(actor: Actor, subject: Subject) -> bool:
    """The actor is a member, in this area, of the organisation that the subject belongs to."""
    return any(
        g.role is Role.EXECUTOR_MEMBER
        and g.area_id in subject.area_path
        and g.organisation_id is not None
        and g.organisation_id == subject.organisation_id
        for g in actor.grants
    )


is_resident = holds(Role.RESIDENT)
is_facilitator = holds(Role.FACILITATOR)
is_board_member = holds(Role.BOARD_MEMBER)
is_coalition_staff = holds(Role.COALITION_STAFF)
is_executor_member = holds(Role.EXECUTOR_MEMBER)
is_municipality = holds(Role.MUNICIPALITY)
is_commission_member = holds(Role.COMMISSION_MEMBER)
is_auditor = holds(Role.AUDITOR)

PERMISSIONS: dict[Action, tuple[Predicate, ...]] = {
    Action.READ_JOURNAL: (is_auditor, is_municipality),
    Action.MANAGE_AREAS: (is_municipality,),
    Action.MANAGE_RULES: (is_municipality,),
    Action.MANAGE_PEOPLE: (is_municipality,),
    Action.MANAGE_ORGANISATIONS: (is_municipality, is_coalition_staff),
    Action.START_CYCLE: (is_municipality,),
    Action.SET_BUDGET: (is_municipality,),
    Action.ADVANCE_CYCLE: (is_municipality,),
    Action.MOVE_PHASE_DATES: (is_municipality,),
    Action.PROPOSE_PRIORITY: (is_resident,),
    Action.PROPOSE_FOR_OTHERS: (is_facilitator,),
    Action.EDIT_PRIORITY: (owns_it,),
    Action.SUPPORT_PRIORITY: (is_resident,),
    Action.CHECK_PRIORITY: (is_coalition_staff, is_municipality),
    Action.SHORTLIST_PRIORITY: (is_coalition_staff, is_municipality),
    Action.TRANSLATE_PRIORITY: (owns_it, is_facilitator, is_coalition_staff),
    Action.PLAN_MEETING: (is_facilitator, is_municipality),
    Action.RECORD_MEETING: (is_facilitator,),
    Action.MOVE_MOTION: (is_facilitator, is_board_member),
    Action.COUNT_CARDS: (is_facilitator, is_board_member),
    Action.DRAFT_ELECTION: (is_municipality,),
    Action.RUN_ELECTION: (is_commission_member,),
    Action.OBSERVE_ELECTION: (is_commission_member, is_auditor),
    Action.DRAFT_PLAN: (is_coalition_staff, is_municipality),
    Action.ADOPT_PLAN: (is_municipality,),
    Action.OPEN_CALL: (is_coalition_staff,),
    Action.MAKE_OFFER: (is_executor_member,),
    Action.READ_OFFERS: (is_coalition_staff, is_board_member, is_auditor),
    Action.DECIDE_TASK: (is_coalition_staff,),
    Action.REPORT_PROGRESS: (acts_for_its_executor, is_coalition_staff),
    Action.RECORD_PAYMENT: (is_coalition_staff,),
    Action.ANSWER_REVIEW: (
        is_resident,
        is_facilitator,
        is_board_member,
        is_coalition_staff,
        is_executor_member,
    ),
    Action.DECIDE_REVIEW: (is_facilitator, is_municipality),
}


def may_ever(actor: Actor, action: Action, subject: Subject) -> bool:
    """Whether the actor's roles allow ``action`` on ``subject``, whatever the phase."""
    if actor.municipality_id != subject.municipality_id:
        return False
    return any(predicate(actor, subject) for predicate in PERMISSIONS.get(action, ()))


def can(actor: Actor, action: Action, subject: Subject) -> bool:
    """Whether the actor may do this now: a role allows it and the phase opens it."""
    return may_ever(actor, action, subject) and is_open(action, subject.phase)


def require(actor: Actor, action: Action, subject: Subject) -> None:
    """Refuse unless ``can``.

    :raises NotAllowedError: no role of the actor allows it.
    :raises PhaseClosedError: a role does, the phase does not.
    """
    if not may_ever(actor, action, subject):
        raise NotAllowedError("not_allowed", action=action.value)
    if not is_open(action, subject.phase):
        phase = subject.phase.value if subject.phase else ""
        raise PhaseClosedError("phase_closed", action=action.value, phase=phase)
