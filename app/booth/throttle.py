"""Slows down whoever tries codes, without ever locking a code or a hall.

Only well-formed codes that open nothing are counted; the check symbol catches honest typing
errors before that. A hall of 150 voters behind one address never comes near the limit.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from flask import Response, g, request

from app.extensions import limiter

WRONG_CODES = "600/hour"


def address_prefix() -> str:
    """The network the request comes from: /24 of an IPv4 address, /48 of an IPv6 address."""
    address = ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104  stands for "unknown"
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    bits = 24 if address.version == 4 else 48
    return str(ip_network((address, bits), strict=False))


def note_wrong_code() -> None:
    """Count this request against its network."""
    g.wrong_code = True


def _opened_nothing(_response: Response) -> bool:
    return bool(g.get("wrong_code"))


throttled = limiter.limit(
    WRONG_CODES, key_func=address_prefix, methods=["POST"], deduct_when=_opened_nothing
)
