"""Headers and checks that every answer and every request gets.

Nonce-based content security policy, no third party anywhere, no framing, same-origin writes.
"""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request

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
    """Bind both to every request."""
    app.before_request(refuse_foreign_origin)
    app.after_request(add_headers)
