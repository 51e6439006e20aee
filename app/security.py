"""Headers and checks that every answer and every request gets.

Nonce-based content security policy, no third party anywhere, no framing, same-origin writes.
Text that PostgreSQL cannot hold goes no further than here, nor more than a form can hold.
"""

from __future__ import annotations

import secrets
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Response, abort, g, request, session

# A register's list, and the same list on its way back (see ``commission.roll_file``); only
# somebody who is signed in may make the server read that much.
_LISTS = frozenset({"commission.prepare", "commission.confirm_preparation"})
LONGEST_FORM_BYTES = 1024 * 1024

_UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def csp_nonce() -> str:
    """This answer's nonce for the few inline elements a layout needs."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    nonce: str = g.csp_nonce
    return nonce


def refuse_foreign_origin() -> None:
    """A write whose ``Origin`` is another site's is refused, whatever token it carries."""
    if request.method not in _UNSAFE:
        return
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).netloc != request.host:
        abort(400)


def limit_body(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Forms are short: what is longer is not read."""
    if endpoint not in _LISTS or "_user_id" not in session:
        request.max_content_length = LONGEST_FORM_BYTES


def refuse_null_bytes(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """No text of ours holds U+0000, and PostgreSQL cannot store it: not even looked up.

    Bound where the address's values are read, because the town is looked up there already.
    """
    if "\0" in request.path:
        abort(404)
    if b"\0" in unquote_to_bytes(request.query_string):
        abort(400)
    if request.method in _UNSAFE and any("\0" in text for text in _texts_of_form()):
        abort(400)


def _texts_of_form() -> list[str]:
    return [text for pair in request.form.items(multi=True) for text in pair]


def add_headers(response: Response) -> Response:
    """Security headers; a page that set one itself keeps it."""
    nonce = csp_nonce()
    policy = (
        "default-src 'none'; "
        f"script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
    headers = response.headers
    headers.setdefault("Content-Security-Policy", policy)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("X-Frame-Options", "DENY")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-cache, private")
    return response


def register_security(app: Flask) -> None:
    """Bind them to every request."""
    app.url_value_preprocessor(limit_body)
    app.url_value_preprocessor(refuse_null_bytes)
    app.before_request(refuse_foreign_origin)
    app.after_request(add_headers)
