"""Steps that several use cases on accounts share. Whoever calls them has checked who may."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from database import db
from participation import history
from participation.areas import queries as areas
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.history import Fact
from participation.notices.services import queue_notice
from participation.people import queries
from participation.people.models import Person, PersonState, RoleAssignment, TokenPurpose
from participation.people.names import clean_email, clean_name
from participation.people.records import AccountOpened, RoleEnded, RoleGiven
from participation.people.tokens import LIFETIMES, issue_token
from participation.permissions import Actor, Role


def self_of(person: Person) -> Actor:
    """The person as author of what they do to their own account; without any role."""
    return Actor(person_id=person.id, municipality_id=person.municipality_id)


def require_self(actor: Actor, person: Person) -> None:
    """Refuse to touch somebody else's account.

    :raises NotAllowedError: the account is not the actor's.
    """
    if actor.person_id != person.id:
        raise NotAllowedError("not_allowed", action="own_account")


def require_reason(reason: str) -> str:
    """The reason without needless space.

    :raises InvalidInputError: there is none.
    """
    if not reason.strip():
        raise InvalidInputError("person_reason_missing", field="reason")
    return reason.strip()


def require_another_administrator(*, person: Person, now: datetime) -> None:
    """Refuse to take a town its last account that can give roles.

    :raises ConflictError: this person holds it.
    """
    root = areas.root_area(person.municipality_id)
    on = now.date()
    holds_it = any(
        role.role is Role.MUNICIPALITY and role.area_id == root.id
        for role in queries.roles_of(person.id, on=on)
    )
    if holds_it and queries.other_administrators(root.id, than=person.id, on=on) == 0:
        raise ConflictError("last_administrator")


def open_account(
    *,
    actor: Actor | None,
    municipality_id: int,
    email: str,
    name: str,
    shown: str | None = None,
    language: str,
    now: datetime,
) -> tuple[Person, bool]:
    """The account with this address; opened if there is none, even when others try just now.

    :param actor: who opens it; ``None`` when it is the person's own doing.
    :param shown: what others see of the name; the whole name when absent.
    :returns: the account and whether it is new.
    :raises InvalidInputError: name or address cannot be.
    """
    email, name = clean_email(email), clean_name(name)
    inserted = _insert_person(
        municipality_id=municipality_id,
        email=email,
        name=name,
        shown_name=name if shown is None else shown,
        language=language,
        created_at=now,
    )
    if inserted is None:
        found = queries.person_by_email(municipality_id, email)
        if found is None:
            raise ConflictError("email_taken")
        return found, False
    opener, personal = actor or self_of(inserted), {"name": name, "email": email}
    write_record(opener, inserted, AccountOpened(person_id=inserted.id), now, personal=personal)
    return inserted, True


def _insert_person(**columns: Any) -> Person | None:
    """The new row; nothing when the address was taken, also by another transaction just now."""
    return db.session.scalar(
        insert(Person)
        .values(**columns, state=PersonState.ACTIVE, session_round=0)
        .on_conflict_do_nothing(index_elements=[Person.municipality_id, func.lower(Person.email)])
        .returning(Person)
    )


def take_email(person: Person, email: str) -> bool:
    """Give the account another address, unless another one has it or gets it just now."""
    try:
        with db.session.begin_nested():
            person.email = email
    except IntegrityError:
        return False
    return True


def insert_role(
    *,
    actor: Actor,
    person: Person,
    role: Role,
    area_id: int,
    organisation_id: int | None = None,
    valid_from: date | None = None,
    valid_until: date | None = None,
    reason: str | None = None,
    now: datetime,
) -> RoleAssignment:
    """Write a role down, with its record."""
    assignment = RoleAssignment(
        person_id=person.id,
        role=role,
        area_id=area_id,
        organisation_id=organisation_id,
        valid_from=valid_from or now.date(),
        valid_until=valid_until,
    )
    db.session.add(assignment)
    db.session.flush()  # the next check of the same transaction must see it
    write_record(
        actor,
        person,
        RoleGiven(
            person_id=person.id,
            role=role.value,
            area_id=area_id,
            organisation_id=organisation_id,
            valid_from=assignment.valid_from.isoformat(),
            valid_until=valid_until.isoformat() if valid_until else None,
        ),
        now,
        reason=reason,
    )
    return assignment


def close_role(
    *,
    actor: Actor,
    person: Person,
    assignment: RoleAssignment,
    reason: str | None = None,
    now: datetime,
) -> None:
    """End a role today, with its record."""
    assignment.valid_until = now.date()
    write_record(
        actor,
        person,
        RoleEnded(person_id=person.id, role=assignment.role.value, area_id=assignment.area_id),
        now,
        reason=reason,
    )


def send_link(
    *,
    municipality_id: int,
    purpose: TokenPurpose,
    kind: str,
    person: Person | None,
    email: str,
    language: str,
    details: dict[str, Any],
    now: datetime,
) -> str:
    """Issue a link and queue the message that carries it.

    :returns: the token, for the one place that prints it (the command line).
    """
    token = issue_token(
        municipality_id=municipality_id,
        purpose=purpose,
        person_id=person.id if person else None,
        details=details,
        now=now,
    )
    lifetime = LIFETIMES[purpose]
    queue_notice(
        municipality_id=municipality_id,
        kind=kind,
        email=email,
        language=language,
        params={
            "token": token,
            "name": person.name if person else details.get("name", ""),
            "minutes": int(lifetime.total_seconds()) // 60,
            "days": lifetime.days,
        },
        now=now,
    )
    return token


def write_record(
    actor: Actor,
    person: Person,
    fact: Fact,
    now: datetime,
    *,
    reason: str | None = None,
    personal: Mapping[str, str] | None = None,
) -> None:
    """Append to the journal of the person's municipality."""
    history.record(
        actor=actor,
        chain=history.municipality_chain(person.municipality_id),
        fact=fact,
        reason=reason,
        personal=personal,
        now=now,
    )
