"""First accounts, made without anybody signed in: for the command line only.

No view may import this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from participation.areas import queries as areas
from participation.errors import ConflictError, NotAllowedError
from participation.people import accounts, queries
from participation.people.administration import (
    needs_invitation,
    refuse_excluded,
    reset_sign_in,
    send_invitation,
)
from participation.people.credentials import write_password_digest
from participation.people.models import Person, PersonState
from participation.people.passwords import digest_password
from participation.people.records import AdministratorAppointed
from participation.people.second_factor import seal_secret
from participation.permissions import VISITOR, Role


@dataclass(frozen=True)
class Appointed:
    """An administrator, and the invitation to print unless they can sign in already."""

    person: Person
    invitation: str | None


def appoint_administrator_from_command_line(
    *,
    municipality_id: int,
    email: str,
    name: str,
    language: str,
    renew: bool = False,
    now: datetime,
) -> Appointed:
    """Give an account the municipality's role for the whole town, without an actor.

    :param renew: throw away the account's password and second factor, for a town locked out.
    :raises InvalidInputError: name or address cannot be.
    :raises ConflictError: another role of the account excludes it (W7), or it is blocked.
    """
    root = areas.root_area(municipality_id)
    person, _is_new = accounts.open_account(
        actor=VISITOR,
        municipality_id=municipality_id,
        email=email,
        name=name,
        language=language,
        now=now,
    )
    if person.state is PersonState.BLOCKED:
        raise ConflictError("account_is_blocked")
    held = list(queries.roles_of(person.id, on=now.date()))
    if not any(r.role is Role.MUNICIPALITY and r.area_id == root.id for r in held):
        refuse_excluded(held, Role.MUNICIPALITY, root)
        accounts.insert_role(
            actor=VISITOR, person=person, role=Role.MUNICIPALITY, area_id=root.id, now=now
        )
    accounts.write_record(VISITOR, person, AdministratorAppointed(person_id=person.id), now)
    if renew:
        reset_sign_in(actor=VISITOR, person=person, reason="command line", now=now)
    invitation = None
    if needs_invitation(person, on=now.date()):
        invitation = send_invitation(actor=VISITOR, person=person, now=now)
    return Appointed(person=person, invitation=invitation)


def open_account_from_command_line(
    *, municipality_id: int, email: str, name: str, language: str, now: datetime
) -> Person:
    """An account without roles, opened if there is none, without an actor.

    :raises InvalidInputError: name or address cannot be.
    """
    person, _is_new = accounts.open_account(
        actor=VISITOR,
        municipality_id=municipality_id,
        email=email,
        name=name,
        language=language,
        now=now,
    )
    return person


def set_known_sign_in_of_example(
    *, person: Person, password: str, secret: str, key: bytes, now: datetime
) -> None:
    """Give an example town's account a password and a second factor that everybody may know.

    :raises NotAllowedError: the town is a real one.
    """
    if not areas.root_area(person.municipality_id).municipality.is_example:
        raise NotAllowedError("example_towns_only")
    credential = write_password_digest(person, _digest_of_known(password), now)
    credential.sealed_secret = seal_secret(secret, person_id=person.id, key=key)
    credential.enrolled_at = now
    credential.last_step = None


@lru_cache(maxsize=1)
def _digest_of_known(password: str) -> str:
    # Everybody knows it, so nothing is lost when all accounts share the salt.
    return digest_password(password)
