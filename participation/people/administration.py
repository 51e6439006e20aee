"""Use cases of a municipality's staff on accounts: inviting, roles, resetting, blocking."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete

from database import db
from participation.actions import Action
from participation.areas import queries as areas
from participation.errors import ConflictError, InvalidInputError, NotFoundError
from participation.notices.services import queue_notice
from participation.organisations import queries as organisations
from participation.people import accounts, queries
from participation.people.models import (
    Credential,
    Person,
    PersonState,
    RecoveryCode,
    RoleAssignment,
    TokenPurpose,
)
from participation.people.records import (
    AccountBlocked,
    AccountUnblocked,
    PersonInvited,
    SignInReset,
)
from participation.people.tokens import revoke_tokens
from participation.permissions import STAFF_ROLES, Actor, Role, require

if TYPE_CHECKING:
    from participation.areas.models import Area

# VOTING.md W7: who runs the vote cannot at the same time run what is voted on.
_EXCLUDED_BY_COMMISSION = frozenset({Role.FACILITATOR, Role.MUNICIPALITY, Role.COALITION_STAFF})


def add_person(
    *, actor: Actor, municipality_id: int, email: str, name: str, language: str, now: datetime
) -> Person:
    """The account with this address, opened if there is none. Sends nothing, gives no role.

    :raises InvalidInputError: name or address cannot be.
    """
    require(actor, Action.MANAGE_PEOPLE, areas.subject_of(areas.root_area(municipality_id)))
    person, _is_new = accounts.open_account(
        actor=actor,
        municipality_id=municipality_id,
        email=email,
        name=name,
        language=language,
        now=now,
    )
    return person


def invite_person(
    *,
    actor: Actor,
    area: Area,
    role: Role,
    email: str,
    name: str,
    language: str,
    organisation_id: int | None = None,
    now: datetime,
) -> Person:
    """Give somebody a role on an area and send what they need to use it.

    Who has no second factor yet gets an invitation; everybody else is told of the role.

    :raises InvalidInputError: name, address or organisation cannot be.
    :raises ConflictError: held already, excluded by another role, or the account is blocked.
    """
    require(actor, Action.MANAGE_PEOPLE, areas.subject_of(area))
    person, _is_new = accounts.open_account(
        actor=actor,
        municipality_id=area.municipality_id,
        email=email,
        name=name,
        language=language,
        now=now,
    )
    if person.state is PersonState.BLOCKED:
        raise ConflictError("account_is_blocked")
    give_role(
        actor=actor,
        person=person,
        role=role,
        area=area,
        organisation_id=organisation_id,
        now=now,
    )
    _tell_of_role(actor, person, role, area, now)
    return person


def _tell_of_role(actor: Actor, person: Person, role: Role, area: Area, now: datetime) -> None:
    if needs_invitation(person, on=now.date()):
        send_invitation(actor=actor, person=person, now=now)
        return
    queue_notice(
        municipality_id=person.municipality_id,
        kind="role_given",
        email=person.email,
        language=person.language,
        params={"name": person.name, "role": role.value, "area": area.name},
        now=now,
    )


def needs_invitation(person: Person, *, on: date) -> bool:
    """Whether the person holds a staff role but cannot sign in with a second factor yet."""
    credential = queries.find_credential(person.id)
    ready = credential is not None and credential.enrolled_at is not None
    return not ready and queries.holds_staff_role(person.id, on=on)


def send_invitation(*, actor: Actor, person: Person, now: datetime) -> str:
    """Send the link that sets a password; earlier ones stop working. The caller checked who may.

    :returns: the token, for the command line that prints it.
    """
    revoke_tokens(person_id=person.id, purposes=(TokenPurpose.INVITATION,))
    accounts.write_record(actor, person, PersonInvited(person_id=person.id), now)
    return accounts.send_link(
        municipality_id=person.municipality_id,
        purpose=TokenPurpose.INVITATION,
        kind="invitation",
        person=person,
        email=person.email,
        language=person.language,
        details={},
        now=now,
    )


def renew_invitation(*, actor: Actor, person: Person, reason: str, now: datetime) -> None:
    """Begin anew for somebody who lost phone and codes: throw both factors away and invite again.

    :raises InvalidInputError: no reason.
    :raises ConflictError: the account is blocked or has no staff role.
    """
    require(actor, Action.MANAGE_PEOPLE, queries.subject_of(person))
    reason = accounts.require_reason(reason)
    if person.state is PersonState.BLOCKED:
        raise ConflictError("account_is_blocked")
    if not queries.holds_staff_role(person.id, on=now.date()):
        raise ConflictError("no_staff_role")
    reset_sign_in(actor=actor, person=person, reason=reason, now=now)
    send_invitation(actor=actor, person=person, now=now)


def reset_sign_in(*, actor: Actor, person: Person, reason: str, now: datetime) -> None:
    """Throw away password, second factor and recovery codes, and end all sessions."""
    person.session_round += 1
    revoke_tokens(person_id=person.id)
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    db.session.execute(delete(Credential).where(Credential.person_id == person.id))
    accounts.write_record(actor, person, SignInReset(person_id=person.id), now, reason=reason)


def give_role(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    area: Area,
    organisation_id: int | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    reason: str | None = None,
    now: datetime,
) -> RoleAssignment:
    """Give a role on an area and everything below it.

    :param valid_from: first day, today when absent; ``valid_until``: first day it is over.
    :raises NotFoundError, InvalidInputError: person, dates or organisation do not fit.
    :raises ConflictError: held already, or excluded by a role held on an overlapping area (W7).
    """
    require(actor, Action.MANAGE_PEOPLE, areas.subject_of(area))
    _lock(area.municipality_id, person.id)
    wanted = RoleAssignment(
        person_id=person.id,
        role=role,
        area_id=area.id,
        organisation_id=organisation_id,
        valid_from=valid_from or now.date(),
        valid_until=valid_until,
    )
    _check_wanted(wanted, area)
    return accounts.insert_role(
        actor=actor,
        person=person,
        role=role,
        area_id=area.id,
        organisation_id=organisation_id,
        valid_from=wanted.valid_from,
        valid_until=valid_until,
        reason=reason,
        now=now,
    )


def _lock(municipality_id: int, person_id: int) -> Person:
    # Two roles given at the same moment must see each other.
    person = queries.lock_person(municipality_id, person_id)
    if person is None:
        raise NotFoundError("person_unknown")
    return person


def _check_wanted(wanted: RoleAssignment, area: Area) -> None:
    if wanted.valid_until is not None and wanted.valid_until <= wanted.valid_from:
        raise InvalidInputError("validity_ends_before_start", field="valid_until")
    _check_organisation(area.municipality_id, wanted.role, wanted.organisation_id)
    held = [r for r in queries.all_roles_of(wanted.person_id) if _meet_in_time(r, wanted)]
    _refuse_twice(held, wanted)
    refuse_excluded(held, wanted.role, area)


def end_role(*, actor: Actor, assignment: RoleAssignment, reason: str, now: datetime) -> None:
    """End a role today.

    :raises InvalidInputError: no reason.
    :raises ConflictError: over already, or the town's last administrator.
    """
    subject = queries.subject_of_assignment(assignment)
    require(actor, Action.MANAGE_PEOPLE, subject)
    reason = accounts.require_reason(reason)
    person = _lock(subject.municipality_id, assignment.person_id)
    db.session.refresh(assignment)
    if assignment.valid_until is not None and assignment.valid_until <= now.date():
        raise ConflictError("role_is_over")
    if assignment.role is Role.MUNICIPALITY and len(subject.area_path) == 1:
        accounts.require_another_administrator(person=person, now=now)
    accounts.close_role(actor=actor, person=person, assignment=assignment, reason=reason, now=now)


def block_account(*, actor: Actor, person: Person, reason: str, now: datetime) -> None:
    """Make an account unusable at once; its past stays.

    :raises InvalidInputError: no reason.
    :raises ConflictError: one's own account, the last administrator's, or already blocked.
    """
    require(actor, Action.MANAGE_PEOPLE, queries.subject_of(person))
    reason = accounts.require_reason(reason)
    if person.id == actor.person_id:
        raise ConflictError("cannot_block_yourself")
    if person.state is PersonState.BLOCKED:
        raise ConflictError("account_is_blocked")
    accounts.require_another_administrator(person=person, now=now)
    person.state = PersonState.BLOCKED
    person.session_round += 1
    revoke_tokens(person_id=person.id)
    accounts.write_record(actor, person, AccountBlocked(person_id=person.id), now, reason=reason)


def unblock_account(*, actor: Actor, person: Person, reason: str, now: datetime) -> None:
    """Make a blocked account usable again.

    :raises InvalidInputError: no reason.
    :raises ConflictError: it is not blocked.
    """
    require(actor, Action.MANAGE_PEOPLE, queries.subject_of(person))
    reason = accounts.require_reason(reason)
    if person.state is not PersonState.BLOCKED:
        raise ConflictError("account_is_not_blocked")
    person.state = PersonState.ACTIVE
    accounts.write_record(actor, person, AccountUnblocked(person_id=person.id), now, reason=reason)


def refuse_excluded(held: list[RoleAssignment], role: Role, area: Area) -> None:
    """Keep apart who runs the vote and who runs what is voted on (VOTING.md, W7).

    :raises ConflictError: a role in ``held`` excludes ``role`` on an overlapping area.
    """
    for other in held:
        pair = {role, other.role}
        if Role.COMMISSION_MEMBER not in pair or not pair & _EXCLUDED_BY_COMMISSION:
            continue
        other_area = areas.find_area(area.municipality_id, other.area_id)
        overlap = other_area is not None and (
            area.id in other_area.path or other_area.id in area.path
        )
        if overlap:
            raise ConflictError("roles_exclude_each_other", field="role")


def _refuse_twice(held: list[RoleAssignment], wanted: RoleAssignment) -> None:
    for other in held:
        same = (other.role, other.area_id, other.organisation_id) == (
            wanted.role,
            wanted.area_id,
            wanted.organisation_id,
        )
        if same:
            raise ConflictError("role_held_already", field="role")


def _meet_in_time(one: RoleAssignment, other: RoleAssignment) -> bool:
    begins_before_end = one.valid_until is None or other.valid_from < one.valid_until
    ends_after_begin = other.valid_until is None or one.valid_from < other.valid_until
    return begins_before_end and ends_after_begin and not _is_empty(one)


def _is_empty(assignment: RoleAssignment) -> bool:
    # Given and ended on the same day: it never counts.
    return assignment.valid_until is not None and assignment.valid_until <= assignment.valid_from


def _check_organisation(municipality_id: int, role: Role, organisation_id: int | None) -> None:
    if role is not Role.EXECUTOR_MEMBER:
        if organisation_id is not None:
            raise InvalidInputError("organisation_not_wanted", field="organisation")
        return
    if organisation_id is None:
        raise InvalidInputError("organisation_missing", field="organisation")
    if organisations.find_organisation(municipality_id, organisation_id) is None:
        raise InvalidInputError("organisation_unknown", field="organisation")


STAFF_ROLE_CHOICES = tuple(role for role in Role if role in STAFF_ROLES)
