"""Canonical JSON and the hash chain that journals are made of.

Owns how a record becomes bytes and how one record's digest seals the one before it. Stores
nothing and reads nothing: the vote's journal and the year's history both build on it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any

GENESIS = "0" * 64
"""What the first record of a chain names as its predecessor."""

_DOMAIN = b"buurtbeslist/chain/1\x00"


def canonical_json(value: Any) -> bytes:
    """The one byte form of a value: sorted keys, no spaces, UTF-8.

    Moments and dates become ISO 8601 text, fractions ``a/b`` and enums their value.

    :raises TypeError: for a float or anything else that has no exact form.
    """
    return json.dumps(
        _exact(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(value: Any) -> str:
    """SHA-256 over the canonical form, 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def link_digest(previous: str, record: Mapping[str, Any]) -> str:
    """The digest that seals ``record`` and, through ``previous``, all before it.

    :param previous: the digest of the record before, ``GENESIS`` for the first.
    """
    body = canonical_json(record)
    return hashlib.sha256(_DOMAIN + bytes.fromhex(previous) + body).hexdigest()


def first_broken_link(links: Iterable[tuple[Mapping[str, Any], str]]) -> int | None:
    """Position (from 0) of the first record whose stored digest does not follow, else ``None``.

    :param links: pairs of record and stored digest, in the order of the chain.
    """
    previous = GENESIS
    for position, (record, stored) in enumerate(links):
        if not hmac.compare_digest(link_digest(previous, record), stored):
            return position
        previous = stored
    return None


def payload_digest(salt: bytes, payload: Mapping[str, Any]) -> str:
    """Salted digest of a personal payload kept apart from its chain, so that it can be erased."""
    return hmac.new(salt, canonical_json(payload), hashlib.sha256).hexdigest()


def _exact(value: Any) -> Any:
    if isinstance(value, Enum):
        return _exact(value.value)
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Mapping):
        return {_key(key): _exact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    return _exact_scalar(value)


def _exact_scalar(value: Any) -> str:
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError("a moment needs a time zone to have one byte form")
        return value.isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no exact form for a {type(value).__name__}")


def _key(key: Any) -> str:
    if isinstance(key, str):
        return key
    raise TypeError(f"keys are text, not {type(key).__name__}")
