"""How everybody may sign in to an example town: one published password, one published secret.

``participation.people.founding`` refuses both for a real town.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.auth.keys import account_key
from app.sentences.people import ROLE_NAMES
from participation.areas.models import Municipality
from participation.people import queries as people
from participation.people.models import Credential
from participation.people.second_factor import code_at, open_secret
from participation.permissions import STAFF_ROLES

DEMO_PASSWORD = "samen beslist de straat"  # noqa: S105 — published on purpose
DEMO_SECRET = "BUURTBESLISTDEMOSAMENBESLISTSTRA"  # noqa: S105 — published on purpose


@dataclass(frozen=True)
class DemoAccount:
    """One account to try."""

    email: str
    roles: list[str]


@dataclass(frozen=True)
class DemoSignIn:
    """What the mailbox shows and ``make run`` prints."""

    password: str
    code: str
    accounts: list[DemoAccount]


def demo_sign_in(town: Municipality, *, now: datetime) -> DemoSignIn | None:
    """Accounts of an example town with password and present code; nothing for a real town."""
    if not town.is_example:
        return None
    staff = people.people_holding(STAFF_ROLES, town.id, on=now.date(), limit=40)
    roles = people.roles_by_person([person.id for person in staff], on=now.date())
    credentials = people.credentials_of([person.id for person in staff])
    accounts = [
        DemoAccount(
            email=person.email,
            roles=sorted({str(ROLE_NAMES[role.role]) for role in roles[person.id]}),
        )
        for person in staff
        if _has_published_secret(credentials.get(person.id))
    ]
    return DemoSignIn(password=DEMO_PASSWORD, code=code_at(DEMO_SECRET, now), accounts=accounts)


def _has_published_secret(credential: Credential | None) -> bool:
    if credential is None or credential.sealed_secret is None:
        return False
    secret = open_secret(
        credential.sealed_secret, person_id=credential.person_id, key=account_key()
    )
    return secret == DEMO_SECRET
