"""Use cases of people on their own accounts: signing up and in by e-mail link, profile, address.

Staff's acts on others are in ``administration``, passwords and second factors in ``credentials``,
first accounts in ``founding``.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from participation.areas import queries as areas
from participation.errors import ConflictError, InvalidInputError
from participation.notices.services import queue_notice
from participation.people import accounts, queries
from participation.people.models import Person, PersonState, TokenPurpose
from participation.people.names import NameDisplay, clean_email, clean_name, shown_name
from participation.people.records import EmailChanged, ProfileChanged
from participation.people.tokens import revoke_tokens, use_token
from participation.permissions import Actor, Role

LINK_PURPOSES = (TokenPurpose.SIGN_IN, TokenPurpose.SIGN_UP)


@dataclass(frozen=True)
class SignUp:
    """What a resident fills in to get an account."""

    email: str
    name: str
    display: NameDisplay
    area_id: int
    language: str


@dataclass(frozen=True)
class SignedIn:
    """Whose link was used, and the page they were on their way to."""

    person: Person
    next_page: str | None


def request_sign_up(
    *, municipality_id: int, sign_up: SignUp, next_page: str | None = None, now: datetime
) -> None:
    """Send a link that opens the account; to an address that has one, a link that signs in.

    What the caller sees is the same in both cases, so nobody learns who has an account.

    :raises InvalidInputError: name, address or area cannot be.
    """
    email, name = clean_email(sign_up.email), clean_name(sign_up.name)
    _check_plan_area(municipality_id, sign_up.area_id, now)
    person = queries.person_by_email(municipality_id, email)
    details = {**asdict(sign_up), "email": email, "name": name, "next": next_page}
    accounts.send_link(
        municipality_id=municipality_id,
        purpose=TokenPurpose.SIGN_IN if person else TokenPurpose.SIGN_UP,
        kind="sign_in_link" if person else "sign_up_link",
        person=person,
        email=email,
        language=sign_up.language,
        details={"next": next_page} if person else details,
        now=now,
    )


def request_sign_in(
    *, municipality_id: int, email: str, language: str, next_page: str | None = None, now: datetime
) -> None:
    """Send a link that signs in; to an unknown address, a message that there is no account.

    :raises InvalidInputError: nobody could have this address.
    """
    email = clean_email(email)
    person = queries.person_by_email(municipality_id, email)
    if person is None or person.state is not PersonState.ACTIVE:
        send_no_account(municipality_id=municipality_id, email=email, language=language, now=now)
        return
    accounts.send_link(
        municipality_id=municipality_id,
        purpose=TokenPurpose.SIGN_IN,
        kind="sign_in_link",
        person=person,
        email=person.email,
        language=language,
        details={"next": next_page},
        now=now,
    )


def send_no_account(*, municipality_id: int, email: str, language: str, now: datetime) -> None:
    """Tell an address that it has no account here."""
    queue_notice(
        municipality_id=municipality_id,
        kind="no_account",
        email=email,
        language=language,
        params={"email": email},
        now=now,
    )


def confirm_link(*, municipality_id: int, token: str, now: datetime) -> SignedIn:
    """Use a sign-up or sign-in link; the first opens the account.

    :raises ConflictError: the link was used, is too old or belongs elsewhere; account blocked.
    """
    used = use_token(municipality_id=municipality_id, purposes=LINK_PURPOSES, token=token, now=now)
    next_page = used.details.get("next")
    if used.purpose is TokenPurpose.SIGN_UP:
        wanted = {k: v for k, v in used.details.items() if k != "next"}
        sign_up = SignUp(**{**wanted, "display": NameDisplay(wanted["display"])})
        person: Person | None = open_resident_account(
            municipality_id=municipality_id, sign_up=sign_up, now=now
        )
    else:
        person = queries.find_person(municipality_id, used.person_id or 0)
    if person is None or person.state is not PersonState.ACTIVE:
        raise ConflictError("link_used_up")
    return SignedIn(person=person, next_page=next_page)


def open_resident_account(*, municipality_id: int, sign_up: SignUp, now: datetime) -> Person:
    """Open the account of somebody who proved the address, with the resident's role.

    An account that was opened in the meantime stays as it is.

    :raises InvalidInputError: name, address or area cannot be.
    """
    name = clean_name(sign_up.name)
    _check_plan_area(municipality_id, sign_up.area_id, now)
    person, is_new = accounts.open_account(
        actor=None,
        municipality_id=municipality_id,
        email=sign_up.email,
        name=name,
        shown=shown_name(name, sign_up.display),
        language=sign_up.language,
        now=now,
    )
    if is_new:
        accounts.insert_role(
            actor=accounts.self_of(person),
            person=person,
            role=Role.RESIDENT,
            area_id=sign_up.area_id,
            now=now,
        )
    return person


def change_profile(
    *,
    actor: Actor,
    person: Person,
    name: str,
    display: NameDisplay,
    language: str,
    now: datetime,
) -> None:
    """Change one's own name, what others see of it, and the language of messages.

    :raises NotAllowedError: the account is somebody else's.
    """
    accounts.require_self(actor, person)
    person.name = clean_name(name)
    person.shown_name = shown_name(person.name, display)
    person.language = language
    accounts.write_record(
        actor, person, ProfileChanged(person_id=person.id), now, personal={"name": person.name}
    )


def move_to_area(*, actor: Actor, person: Person, area_id: int, now: datetime) -> None:
    """Become a resident of another neighbourhood; the role in the old one ends.

    :raises InvalidInputError: there is no such neighbourhood here today.
    """
    accounts.require_self(actor, person)
    _check_plan_area(person.municipality_id, area_id, now)
    queries.lock_person(person.municipality_id, person.id)
    held = [r for r in queries.roles_of(person.id, on=now.date()) if r.role is Role.RESIDENT]
    if any(assignment.area_id == area_id for assignment in held):
        return
    for assignment in held:
        accounts.close_role(actor=actor, person=person, assignment=assignment, now=now)
    accounts.insert_role(actor=actor, person=person, role=Role.RESIDENT, area_id=area_id, now=now)


def request_email_change(*, actor: Actor, person: Person, email: str, now: datetime) -> None:
    """Send a link to the new address; nothing changes before it is used.

    :raises InvalidInputError: nobody could have this address, or it is the present one.
    """
    accounts.require_self(actor, person)
    email = clean_email(email)
    if email.lower() == person.email.lower():
        raise InvalidInputError("email_unchanged", field="email")
    if queries.person_by_email(person.municipality_id, email) is not None:
        queue_notice(
            municipality_id=person.municipality_id,
            kind="email_in_use",
            email=email,
            language=person.language,
            params={"email": email},
            now=now,
        )
        return
    accounts.send_link(
        municipality_id=person.municipality_id,
        purpose=TokenPurpose.CONFIRM_EMAIL,
        kind="confirm_email",
        person=person,
        email=email,
        language=person.language,
        details={"email": email},
        now=now,
    )


def confirm_email_change(*, municipality_id: int, token: str, now: datetime) -> Person:
    """Take the new address over, tell the old one, and end all sessions.

    :raises ConflictError: the link works no longer, or the address was taken meanwhile.
    """
    used = use_token(
        municipality_id=municipality_id,
        purposes=(TokenPurpose.CONFIRM_EMAIL,),
        token=token,
        now=now,
    )
    person = queries.lock_person(municipality_id, used.person_id or 0)
    if person is None or person.state is not PersonState.ACTIVE:
        raise ConflictError("link_used_up")
    email, old_email = used.details["email"], person.email
    if not accounts.take_email(person, email):
        raise ConflictError("email_taken")
    person.session_round += 1
    revoke_tokens(person_id=person.id)
    queue_notice(
        municipality_id=municipality_id,
        kind="email_changed",
        email=old_email,
        language=person.language,
        params={"name": person.name},
        now=now,
    )
    accounts.write_record(
        accounts.self_of(person), person, EmailChanged(person_id=person.id), now,
        personal={"old": old_email, "new": email},
    )  # fmt: skip
    return person


def _check_plan_area(municipality_id: int, area_id: int, now: datetime) -> None:
    found = areas.list_plan_areas(municipality_id, on=now.date())
    if all(area.id != area_id for area in found):
        raise InvalidInputError("neighbourhood_unknown", field="area")
