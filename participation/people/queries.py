"""Reads of people, their roles and how they sign in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select

from database import db
from participation.areas import queries as areas
from participation.people.models import (
    Credential,
    Person,
    PersonState,
    RecoveryCode,
    RoleAssignment,
    SignInToken,
    TokenPurpose,
)
from participation.people.tokens import digest_of
from participation.permissions import STAFF_ROLES, VISITOR, Actor, Grant, Role, Subject


def find_person(municipality_id: int, person_id: int) -> Person | None:
    """An account of this municipality."""
    return db.session.scalar(
        select(Person).where(Person.municipality_id == municipality_id, Person.id == person_id)
    )


def lock_person(municipality_id: int, person_id: int) -> Person | None:
    """The account as it is now, locked for this transaction."""
    return db.session.scalar(
        select(Person)
        .where(Person.municipality_id == municipality_id, Person.id == person_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def person_by_email(municipality_id: int, email: str) -> Person | None:
    """The account with this e-mail address, whatever its case."""
    return db.session.scalar(
        select(Person).where(
            Person.municipality_id == municipality_id,
            func.lower(Person.email) == email.strip().lower(),
        )
    )


def list_people(
    municipality_id: int, *, words: str = "", offset: int = 0, limit: int = 50
) -> Sequence[Person]:
    """Accounts whose name or address holds ``words``, by name."""
    return db.session.scalars(
        _people(municipality_id, words)
        .order_by(func.lower(Person.name), Person.id)
        .offset(offset)
        .limit(limit)
    ).all()


def count_people(municipality_id: int, *, words: str = "") -> int:
    """How many accounts ``list_people`` would go through."""
    found = select(func.count()).select_from(_people(municipality_id, words).subquery())
    return db.session.scalar(found) or 0


def _people(municipality_id: int, words: str) -> Select[Any]:
    query = select(Person).where(Person.municipality_id == municipality_id)
    if words.strip():
        wanted = words.strip()
        query = query.where(
            or_(
                Person.name.icontains(wanted, autoescape=True),
                Person.email.icontains(wanted, autoescape=True),
            )
        )
    return query


def _counts_on(day: date) -> tuple[ColumnElement[bool], ...]:
    return (
        RoleAssignment.valid_from <= day,
        or_(RoleAssignment.valid_until.is_(None), RoleAssignment.valid_until > day),
    )


def roles_of(person_id: int, *, on: date) -> Sequence[RoleAssignment]:
    """Roles held on a day."""
    return db.session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.person_id == person_id, *_counts_on(on))
        .order_by(RoleAssignment.id)
    ).all()


def all_roles_of(person_id: int) -> Sequence[RoleAssignment]:
    """Every role a person holds, held or will hold, newest first."""
    return db.session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.person_id == person_id)
        .order_by(RoleAssignment.valid_from.desc(), RoleAssignment.id.desc())
    ).all()


def roles_by_person(
    person_ids: Iterable[int], *, on: date
) -> Mapping[int, Sequence[RoleAssignment]]:
    """Roles held on a day by each of several people, in one read."""
    held: dict[int, list[RoleAssignment]] = defaultdict(list)
    for assignment in db.session.scalars(
        select(RoleAssignment)
        .where(RoleAssignment.person_id.in_(set(person_ids)), *_counts_on(on))
        .order_by(RoleAssignment.id)
    ):
        held[assignment.person_id].append(assignment)
    return held


def find_assignment(municipality_id: int, assignment_id: int) -> RoleAssignment | None:
    """A role given in this municipality."""
    return db.session.scalar(
        select(RoleAssignment)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(Person.municipality_id == municipality_id, RoleAssignment.id == assignment_id)
    )


def holds_staff_role(person_id: int, *, on: date) -> bool:
    """Whether the account must sign in with password and second factor to use all its roles."""
    return any(assignment.role in STAFF_ROLES for assignment in roles_of(person_id, on=on))


def other_administrators(root_area_id: int, *, than: int, on: date) -> int:
    """How many other usable accounts hold the municipality's role for the whole town."""
    return (
        db.session.scalar(
            select(func.count(Person.id.distinct()))
            .join(RoleAssignment, RoleAssignment.person_id == Person.id)
            .where(
                RoleAssignment.role == Role.MUNICIPALITY,
                RoleAssignment.area_id == root_area_id,
                *_counts_on(on),
                Person.state == PersonState.ACTIVE,
                Person.id != than,
            )
        )
        or 0
    )


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
    holders = select(RoleAssignment.person_id).where(
        RoleAssignment.role == role, RoleAssignment.area_id.in_(area_path), *_counts_on(on)
    )
    return db.session.scalars(
        select(Person).where(Person.id.in_(holders)).order_by(Person.name, Person.id)
    ).all()


def people_holding(
    roles: Iterable[Role], municipality_id: int, *, on: date, limit: int
) -> Sequence[Person]:
    """Usable accounts that hold any of the roles anywhere in the municipality, by name."""
    holders = select(RoleAssignment.person_id).where(
        RoleAssignment.role.in_(list(roles)), *_counts_on(on)
    )
    return db.session.scalars(
        select(Person)
        .where(
            Person.municipality_id == municipality_id,
            Person.state == PersonState.ACTIVE,
            Person.id.in_(holders),
        )
        .order_by(Person.name, Person.id)
        .limit(limit)
    ).all()


def shown_names(person_ids: Iterable[int | None]) -> Mapping[int, str]:
    """What others may read as the name of each person; missing and hidden ones are left out."""
    wanted = {person_id for person_id in person_ids if person_id is not None}
    rows = db.session.execute(
        select(Person.id, Person.shown_name).where(Person.id.in_(wanted), Person.shown_name != "")
    )
    return {row.id: row.shown_name for row in rows}


def subject_of(person: Person) -> Subject:
    """An account as permissions see it: it belongs to the whole municipality."""
    root = areas.root_area(person.municipality_id)
    return Subject(
        municipality_id=person.municipality_id, area_path=tuple(root.path), owner_id=person.id
    )


def subject_of_assignment(assignment: RoleAssignment) -> Subject:
    """A role as permissions see it: it belongs to its area."""
    person = db.session.get_one(Person, assignment.person_id)
    area = areas.find_area(person.municipality_id, assignment.area_id)
    path = tuple(area.path) if area is not None else ()
    return Subject(municipality_id=person.municipality_id, area_path=path, owner_id=person.id)


def find_credential(person_id: int) -> Credential | None:
    """Password and second factor of a person, if there are any."""
    return db.session.get(Credential, person_id)


def credentials_of(person_ids: Iterable[int]) -> Mapping[int, Credential]:
    """Password and second factor of each of several people, in one read."""
    found = db.session.scalars(select(Credential).where(Credential.person_id.in_(set(person_ids))))
    return {credential.person_id: credential for credential in found}


def lock_credential(person_id: int) -> Credential | None:
    """The same, as it is now, locked for this transaction."""
    return db.session.get(Credential, person_id, with_for_update=True, populate_existing=True)


def recovery_codes_left(person_id: int) -> int:
    """How many recovery codes are still unused."""
    return (
        db.session.scalar(
            select(func.count(RecoveryCode.id)).where(
                RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
            )
        )
        or 0
    )


def find_open_token(
    municipality_id: int, purposes: Iterable[TokenPurpose], token: str, *, now: datetime
) -> SignInToken | None:
    """The link behind ``token`` while it still works in this municipality."""
    return db.session.scalar(
        select(SignInToken).where(
            SignInToken.municipality_id == municipality_id,
            SignInToken.purpose.in_(list(purposes)),
            SignInToken.digest == digest_of(token),
            SignInToken.used_at.is_(None),
            SignInToken.expires_at > now,
        )
    )
