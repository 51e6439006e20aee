"""Links sent by e-mail: made, used once, forgotten. Only a digest is stored."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from database import db
from participation.errors import ConflictError
from participation.people.models import SignInToken, TokenPurpose

_TOKEN_BYTES = 32
# How long each kind of link works. An invitation may lie over a holiday weekend.
LIFETIMES = {
    TokenPurpose.SIGN_UP: timedelta(minutes=30),
    TokenPurpose.SIGN_IN: timedelta(minutes=30),
    TokenPurpose.INVITATION: timedelta(days=7),
    TokenPurpose.RESET: timedelta(minutes=30),
    TokenPurpose.CONFIRM_EMAIL: timedelta(minutes=30),
}
# Used and expired links are kept this long, then nothing of them remains.
KEPT_AFTER_EXPIRY = timedelta(days=1)


def digest_of(token: str) -> bytes:
    """What is stored of a token; it carries 256 random bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode()).digest()


def issue_token(
    *,
    municipality_id: int,
    purpose: TokenPurpose,
    person_id: int | None,
    details: dict[str, Any],
    now: datetime,
) -> str:
    """Make a link good for ``purpose``.

    :returns: the token itself; only the message that carries it keeps it, until it is sent.
    """
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    db.session.add(
        SignInToken(
            municipality_id=municipality_id,
            person_id=person_id,
            purpose=purpose,
            digest=digest_of(token),
            details=details,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
            used_at=None,
        )
    )
    return token


def use_token(
    *, municipality_id: int, purposes: Iterable[TokenPurpose], token: str, now: datetime
) -> SignInToken:
    """Use a link up. Of any number at the same moment one succeeds: the row decides.

    :returns: the row with its details still readable; they are gone from the database.
    :raises ConflictError: used before, too old, of another town or purpose, or never issued.
    """
    used: SignInToken | None = db.session.scalar(
        update(SignInToken)
        .where(
            SignInToken.municipality_id == municipality_id,
            SignInToken.purpose.in_(list(purposes)),
            SignInToken.digest == digest_of(token),
            SignInToken.used_at.is_(None),
            SignInToken.expires_at > now,
        )
        .values(used_at=now)
        .returning(SignInToken),
        execution_options={"synchronize_session": False, "populate_existing": True},
    )
    if used is None:
        raise ConflictError("link_used_up")
    db.session.expunge(used)
    db.session.execute(update(SignInToken).where(SignInToken.id == used.id).values(details={}))
    return used


def revoke_tokens(*, person_id: int, purposes: Iterable[TokenPurpose] = TokenPurpose) -> None:
    """Make unused links of a person worthless: the address or password they rest on changed."""
    db.session.execute(
        delete(SignInToken).where(
            SignInToken.person_id == person_id,
            SignInToken.purpose.in_(list(purposes)),
            SignInToken.used_at.is_(None),
        )
    )


def forget_old_tokens(*, now: datetime) -> int:
    """Delete links that ended a day ago; the schedule calls this.

    :returns: how many.
    """
    gone = db.session.execute(
        delete(SignInToken)
        .where(SignInToken.expires_at < now - KEPT_AFTER_EXPIRY)
        .returning(SignInToken.id)
    )
    return len(gone.all())
