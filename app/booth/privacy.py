"""What sets the booth apart from every other page: no account, no cache, cookies of its own.

The booth's cookie holds the right to vote, sealed by ``voting.box.tokens``. It is dropped with the
cast; from then on the device knows only the receipt, for a few minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app, g, request, session
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from app.booth import blueprint
from app.extensions import login_manager
from app.peppers import application_secret
from voting.box.tokens import STAY, BoothAccess, read_access, seal_access

RECEIPT_SECONDS = int(STAY.total_seconds())


@dataclass(frozen=True)
class CastReceipt:
    """What the device still knows after the cast."""

    election_id: int
    receipt: str
    cast_at: datetime


@blueprint.before_request
def forget_the_account() -> None:
    """Nobody is signed in here: the account of this browser is not even looked up."""
    # The one place where Flask-Login keeps what it has found for this request.
    setattr(g, "_login_user", login_manager.anonymous_user())  # noqa: B010


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """No cache keeps a page of the booth, no other site learns of it.

    Not ``no-referrer``: with it browsers send ``Origin: null``, and the check that a ballot was
    posted from our own page would be lost. The code never is in an address, so no referrer has it.
    """
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def read_booth_access(now: datetime) -> BoothAccess:
    """Who is in the booth.

    :raises InputRefusedError: ``booth_expired``.
    """
    token = request.cookies.get(_name("booth"), "")
    return read_access(token, secret=application_secret(), now=now)


def let_in(response: Response, access: BoothAccess, now: datetime) -> None:
    """Give or renew the booth's cookie."""
    _set(response, "booth", seal_access(access, secret=application_secret(), now=now))


def begin_anew() -> None:
    """A new voter gets new form tokens; the one before cannot post in their name."""
    session.pop("csrf_token", None)


def hand_receipt(response: Response, election_id: int, receipt: str, now: datetime) -> None:
    """After the cast: the right to vote leaves the device, the receipt stays a while."""
    _drop(response, "booth")
    _set(response, "receipt", _serializer().dumps([election_id, receipt, now.timestamp()]))


def read_receipt() -> CastReceipt | None:
    """The receipt of the last cast on this device, if it was not long ago."""
    token = request.cookies.get(_name("receipt"), "")
    try:
        election_id, receipt, cast_at = _serializer().loads(token, max_age=RECEIPT_SECONDS)
    except BadData:
        return None
    return CastReceipt(election_id, receipt, datetime.fromtimestamp(cast_at, UTC))


def clear(response: Response) -> None:
    """The next voter finds nothing."""
    _drop(response, "booth")
    _drop(response, "receipt")


def drop_receipt(response: Response) -> None:
    """Who enters a code does not see the receipt of the voter before."""
    _drop(response, "receipt")


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(application_secret(), salt="buurtbeslist/booth-receipt/1")


def _is_secure() -> bool:
    return bool(current_app.config["SESSION_COOKIE_SECURE"])


def _name(name: str) -> str:
    return f"__Host-{name}" if _is_secure() else name


def _set(response: Response, name: str, value: str) -> None:
    response.set_cookie(
        _name(name), value, secure=_is_secure(), httponly=True, samesite="Strict", path="/"
    )


def _drop(response: Response, name: str) -> None:
    response.delete_cookie(
        _name(name), secure=_is_secure(), httponly=True, samesite="Strict", path="/"
    )
