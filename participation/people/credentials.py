"""Use cases of signing in with password and second factor, and of keeping both."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from database import db
from participation.areas import queries as areas
from participation.errors import ConflictError, InvalidInputError
from participation.people import accounts, queries
from participation.people.models import (
    Credential,
    Person,
    PersonState,
    RecoveryCode,
    SignInToken,
    TokenPurpose,
)
from participation.people.names import clean_email
from participation.people.passwords import (
    check_password,
    digest_password,
    is_outdated,
    password_matches,
)
from participation.people.records import (
    PasswordSet,
    RecoveryCodesMade,
    RecoveryCodeUsed,
    SecondFactorEnrolled,
)
from participation.people.second_factor import (
    digest_recovery_code,
    matching_step,
    new_recovery_codes,
    new_secret,
    open_secret,
    seal_secret,
)
from participation.people.services import send_no_account
from participation.people.tokens import revoke_tokens, use_token
from participation.permissions import Actor

NEW_PASSWORD_PURPOSES = (TokenPurpose.INVITATION, TokenPurpose.RESET)


def check_sign_in(*, municipality_id: int, email: str, password: str) -> Person:
    """The person whom address and password belong to. The second factor is still to come.

    :raises InvalidInputError: one refusal for every reason, after the same amount of work.
    """
    person = queries.person_by_email(municipality_id, email)
    credential = queries.find_credential(person.id) if person is not None else None
    matches = password_matches(credential.password_digest if credential else None, password)
    if person is None or credential is None or not matches:
        raise InvalidInputError("sign_in_wrong", field="password")
    if person.state is not PersonState.ACTIVE:
        raise InvalidInputError("sign_in_wrong", field="password")
    if is_outdated(credential.password_digest):
        credential.password_digest = digest_password(password)
    return person


def request_password_reset(
    *, municipality_id: int, email: str, language: str, now: datetime
) -> None:
    """Send a link that sets a new password; to other addresses a message that helps on.

    :raises InvalidInputError: nobody could have this address.
    """
    email = clean_email(email)
    person = queries.person_by_email(municipality_id, email)
    if person is None or person.state is not PersonState.ACTIVE:
        send_no_account(municipality_id=municipality_id, email=email, language=language, now=now)
        return
    has_password = queries.find_credential(person.id) is not None
    accounts.send_link(
        municipality_id=municipality_id,
        purpose=TokenPurpose.RESET if has_password else TokenPurpose.SIGN_IN,
        kind="password_reset" if has_password else "sign_in_link",
        person=person,
        email=person.email,
        language=language,
        details={} if has_password else {"next": None},
        now=now,
    )


def set_password_by_link(
    *, municipality_id: int, token: str, password: str, now: datetime
) -> Person:
    """Use an invitation or a reset link up and set the password. The second factor stays.

    :raises ConflictError: the link works no longer.
    :raises InvalidInputError: the password is refused; the caller's rollback keeps the link.
    """
    used = use_token(
        municipality_id=municipality_id, purposes=NEW_PASSWORD_PURPOSES, token=token, now=now
    )
    person = _person_behind(used)
    _set_password(person, password, now)
    return person


def change_password(
    *, actor: Actor, person: Person, old_password: str, password: str, now: datetime
) -> None:
    """Change one's own password, knowing the old one. All other sessions end.

    :raises InvalidInputError: the old password is wrong or the new one is refused.
    """
    accounts.require_self(actor, person)
    credential = queries.find_credential(person.id)
    if credential is None or not password_matches(credential.password_digest, old_password):
        raise InvalidInputError("old_password_wrong", field="old_password")
    _set_password(person, password, now)


def begin_second_factor(*, person: Person, key: bytes) -> str:
    """The secret for the authenticator app; the same until it is confirmed with a code.

    :raises ConflictError: a second factor is in use already, or there is no password yet.
    """
    credential = queries.lock_credential(person.id)
    if credential is None:
        raise ConflictError("password_first")
    if credential.enrolled_at is not None:
        raise ConflictError("second_factor_exists")
    if credential.sealed_secret is None:
        secret = new_secret()
        credential.sealed_secret = seal_secret(secret, person_id=person.id, key=key)
        db.session.flush()
    return open_secret(credential.sealed_secret, person_id=person.id, key=key)


def finish_second_factor(*, person: Person, code: str, key: bytes, now: datetime) -> list[str]:
    """Confirm the secret with a first code.

    :returns: ten recovery codes, to be shown this once.
    :raises ConflictError: not begun, or in use already.
    :raises InvalidInputError: the code is not the one the app shows now.
    """
    credential = queries.lock_credential(person.id)
    if credential is None or credential.sealed_secret is None:
        raise ConflictError("password_first")
    if credential.enrolled_at is not None:
        raise ConflictError("second_factor_exists")
    _use_step(credential, code, key, now)
    credential.enrolled_at = now
    accounts.write_record(
        accounts.self_of(person), person, SecondFactorEnrolled(person_id=person.id), now
    )
    return _replace_recovery_codes(person, key)


def pass_second_factor(*, person: Person, code: str, key: bytes, now: datetime) -> None:
    """Accept a code of the app once, or a recovery code once.

    :raises InvalidInputError: wrong, used before, or too old.
    """
    credential = queries.lock_credential(person.id)
    if credential is None or credential.enrolled_at is None:
        raise InvalidInputError("code_wrong", field="code")
    typed = "".join(code.split())
    if typed.isdecimal() and len(typed) == 6:
        _use_step(credential, typed, key, now)
    else:
        _use_recovery_code(person, typed, key, now)


def renew_recovery_codes(
    *, actor: Actor, person: Person, code: str, key: bytes, now: datetime
) -> list[str]:
    """Ten new recovery codes; the old ones stop working.

    :raises InvalidInputError: ``code`` is not the one the app shows now.
    """
    accounts.require_self(actor, person)
    credential = queries.lock_credential(person.id)
    if credential is None or credential.enrolled_at is None:
        raise ConflictError("password_first")
    _use_step(credential, code, key, now)
    accounts.write_record(actor, person, RecoveryCodesMade(person_id=person.id), now)
    return _replace_recovery_codes(person, key)


def _person_behind(used: SignInToken) -> Person:
    person = queries.lock_person(used.municipality_id, used.person_id or 0)
    if person is None or person.state is not PersonState.ACTIVE:
        raise ConflictError("link_used_up")
    return person


def _set_password(person: Person, password: str, now: datetime) -> None:
    town = areas.root_area(person.municipality_id).name
    check_password(password, own_words=(person.name, person.email, town))
    write_password(person, password, now)
    person.session_round += 1
    revoke_tokens(person_id=person.id)
    accounts.write_record(accounts.self_of(person), person, PasswordSet(person_id=person.id), now)


def write_password(person: Person, password: str, now: datetime) -> Credential:
    """Store the password's digest. The caller has checked the password and who may."""
    return write_password_digest(person, digest_password(password), now)


def write_password_digest(person: Person, digest: str, now: datetime) -> Credential:
    """Store a digest that ``passwords.digest_password`` made."""
    credential = queries.lock_credential(person.id)
    if credential is None:
        credential = Credential(person_id=person.id, password_digest=digest, password_set_at=now)
        db.session.add(credential)
    else:
        credential.password_digest, credential.password_set_at = digest, now
    db.session.flush()
    return credential


def _use_step(credential: Credential, code: str, key: bytes, now: datetime) -> None:
    if credential.sealed_secret is None:
        raise InvalidInputError("code_wrong", field="code")
    secret = open_secret(credential.sealed_secret, person_id=credential.person_id, key=key)
    step = matching_step(secret, code, now=now)
    if step is None:
        raise InvalidInputError("code_wrong", field="code")
    if credential.last_step is not None and step <= credential.last_step:
        raise InvalidInputError("code_used", field="code")
    credential.last_step = step


def _use_recovery_code(person: Person, code: str, key: bytes, now: datetime) -> None:
    used = db.session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.digest == digest_recovery_code(code, person_id=person.id, key=key),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.id)
    ).scalar_one_or_none()
    if used is None:
        raise InvalidInputError("code_wrong", field="code")
    left = queries.recovery_codes_left(person.id)
    accounts.write_record(
        accounts.self_of(person), person, RecoveryCodeUsed(person_id=person.id, left=left), now
    )


def _replace_recovery_codes(person: Person, key: bytes) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    codes = new_recovery_codes()
    db.session.add_all(
        RecoveryCode(
            person_id=person.id, digest=digest_recovery_code(code, person_id=person.id, key=key)
        )
        for code in codes
    )
    db.session.flush()
    return codes
