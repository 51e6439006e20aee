"""Reads of people and their roles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import func, or_, select

from database import db
from participation.people.models import Person, PersonState, RoleAssignment
from participation.permissions import STAFF_ROLES, VISITOR, Actor, Grant, Role


def find_person(municipality_id: int, person_id: int) -> Person | None:
    """An account of this municipality."""
    return db.session.scalar(
        select(Person).where(Person.municipality_id == municipality_id, Person.id == person_id)
    )


def person_by_email(municipality_id: int, email: str) -> Person | None:
    """The account with this e-mail address, whatever its case."""
    return db.session.scalar(
        select(Person).where(
            Person.municipality_id == municipality_id,
            func.lower(Person.email) == email.strip().lower(),
        )
    )


def roles_of(person_id: int, *, on: date) -> Sequence[RoleAssignment]:
    """Roles held on a day."""
    return db.session.scalars(
        select(RoleAssignment)
        .where(
            RoleAssignment.person_id == person_id,
            RoleAssignment.valid_from <= on,
            or_(RoleAssignment.valid_until.is_(None), RoleAssignment.valid_until > on),
        )
        .order_by(RoleAssignment.id)
    ).all()


def holds_staff_role(person_id: int, *, on: date) -> bool:
    """Whether the account must sign in with password and second factor to use all its roles."""
    return any(assignment.role in STAFF_ROLES for assignment in roles_of(person_id, on=on))


def load_actor(person: Person | None, *, with_staff_roles: bool, on: date) -> Actor:
    """The person as permissions see them.

    :param with_staff_roles: true only when this session passed the second factor.
    """
    if person is None or person.state is not PersonState.ACTIVE:
        return VISITOR
    grants = tuple(
        Grant(role=a.role, area_id=a.area_id, organisation_id=a.organisation_id)
        for a in roles_of(person.id, on=on)
        if with_staff_roles or a.role is Role.RESIDENT
    )
    return Actor(person_id=person.id, municipality_id=person.municipality_id, grants=grants)


def people_with_role(area_path: Sequence[int], role: Role, *, on: date) -> Sequence[Person]:
    """Who holds a role that reaches the area at the end of ``area_path``, by name."""
    return db.session.scalars(
        select(Person)
        .join(RoleAssignment, RoleAssignment.person_id == Person.id)
        .where(
            RoleAssignment.role == role,
            RoleAssignment.area_id.in_(area_path),
            RoleAssignment.valid_from <= on,
            or_(RoleAssignment.valid_until.is_(None), RoleAssignment.valid_until > on),
        )
        .distinct()
        .order_by(Person.name, Person.id)
    ).all()


def shown_names(person_ids: Iterable[int | None]) -> Mapping[int, str]:
    """What others may read as the name of each person; missing and hidden ones are left out."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    rows = db.session.execute(
        select(Person.id, Person.shown_name).where(Person.id.in_(wanted), Person.shown_name != "")
    )
    return {row.id: row.shown_name for row in rows}
