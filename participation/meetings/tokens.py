"""Secret links of those who signed up. Pure: only a link's digest is ever stored."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A link's secret part, 128 bits."""
    return secrets.token_urlsafe(16)


def digest_of(token: str) -> bytes:
    """What is stored of it; a random token needs no salt."""
    return hashlib.sha256(token.encode()).digest()
