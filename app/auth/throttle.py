"""Slows guessing down without letting strangers lock anybody out.

Tries are counted by the network they come from and by the account they aim at. A browser that has
signed in to the account before carries a signed cookie and is counted apart, so that a stranger's
tries never use up those of the person (after the OWASP note "Device Cookies").
"""

from __future__ import annotations

import hashlib
import ipaddress
import secrets

from flask import Response, current_app, request
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeTimedSerializer
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from redis.exceptions import RedisError

from app.extensions import limiter
from app.forms import Form
from app.towns import current_town

# A hall of fifty shares one network; a whole school may.
PER_NETWORK = "150 per 15 minutes"
PER_ACCOUNT_AND_NETWORK = "10 per 15 minutes"
PER_ACCOUNT_FROM_STRANGERS = "40 per hour"
PER_KNOWN_DEVICE = "20 per 15 minutes"

_COOKIE = "known-device"
_COOKIE_SECONDS = 180 * 24 * 3600

# When the queue's store is away, each process counts for itself.
_fallback = FixedWindowRateLimiter(MemoryStorage())


def may_try(what: str, email: str) -> bool:
    """Count one try at ``what`` for the account of ``email``; whether it may go on.

    The answer does not depend on whether the account exists.
    """
    if not limiter.enabled:
        return True
    account, network = _account(email), network_of(request.remote_addr or "")
    device = _known_device(account)
    if device is not None:
        return _count(PER_KNOWN_DEVICE, what, account, device)
    # Every count is made, also after a refusal: a refused try is a try.
    counts = [
        _count(PER_NETWORK, what, network),
        _count(PER_ACCOUNT_AND_NETWORK, what, account, network),
        _count(PER_ACCOUNT_FROM_STRANGERS, what, account),
    ]
    return all(counts)


def may_submit(form: Form, what: str, email: str) -> bool:
    """The same for a form, which then says why it goes no further."""
    if may_try(what, email):
        return True
    sentence = gettext(
        "That was very often in a short time. Wait a quarter of an hour and try again."
    )
    form.form_errors = [*form.form_errors, sentence]
    return False


def remember_device(response: Response, email: str) -> Response:
    """Let this browser be counted apart from strangers for half a year."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        _cookie_name(),
        _serializer().dumps([_account(email), secrets.token_urlsafe(9)]),
        max_age=_COOKIE_SECONDS,
        secure=secure,
        httponly=True,
        samesite="Lax",
    )
    return response


def network_of(address: str) -> str:
    """The network an address belongs to: /24 of version 4, /56 of version 6."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is not None:
        found = found.ipv4_mapped
    bits = 24 if found.version == 4 else 56
    return str(ipaddress.ip_network((found, bits), strict=False))


def _count(limit: str, *who: str) -> bool:
    item = parse(limit)
    try:
        return bool(limiter.limiter.hit(item, *who))
    except (RedisError, OSError):
        return _fallback.hit(item, *who)


def _account(email: str) -> str:
    # Addresses are not written into the store.
    text = f"{current_town().id}:{email.strip().lower()}"
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _known_device(account: str) -> str | None:
    cookie = request.cookies.get(_cookie_name(), "")
    try:
        owner, device = _serializer().loads(cookie, max_age=_COOKIE_SECONDS)
    except (BadSignature, ValueError):
        return None
    return str(device) if owner == account else None


def _cookie_name() -> str:
    return f"__Host-{_COOKIE}" if current_app.config["SESSION_COOKIE_SECURE"] else _COOKIE


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.config["SECRET_KEY"]), salt=_COOKIE)
