"""Passwords: what is accepted and how they are kept. Pure.

Parameters of Argon2id after the OWASP Password Storage Cheat Sheet (19 MiB, two passes); length
instead of composition rules after NIST SP 800-63B, section 5.1.1.2.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from participation.errors import InvalidInputError

MIN_LENGTH = 12
# Longer input only makes the server work.
MAX_LENGTH = 200
# What must remain of a password once the person's own words are taken out.
MIN_FOREIGN = 6
MIN_DIFFERENT = 5
_WORD = re.compile(r"\w{3,}")

_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def check_password(password: str, *, own_words: Iterable[str]) -> None:
    """Refuse a password somebody who knows the person would try.

    :param own_words: name, e-mail address, town: none of them may make up the password.
    :raises InvalidInputError: too short, too long, of few characters, or made of own words.
    """
    plain = _normal(password)
    if len(plain) < MIN_LENGTH:
        raise InvalidInputError("password_too_short", field="password", limit=MIN_LENGTH)
    if len(plain) > MAX_LENGTH:
        raise InvalidInputError("password_too_long", field="password", limit=MAX_LENGTH)
    folded = plain.casefold()
    if len(set(folded)) < MIN_DIFFERENT:
        raise InvalidInputError("password_monotonous", field="password")
    words = {word for text in own_words for word in _WORD.findall(text.casefold())}
    for word in sorted(words, key=len, reverse=True):
        folded = folded.replace(word, "")
    if len(folded) < MIN_FOREIGN:
        raise InvalidInputError("password_personal", field="password")


def digest_password(password: str) -> str:
    """The Argon2id digest that is stored."""
    return _hasher.hash(_normal(password))


def password_matches(digest: str | None, password: str) -> bool:
    """Whether ``password`` belongs to ``digest``. Takes as long when there is no digest."""
    try:
        matches = _hasher.verify(digest or _nobodys_digest(), _normal(password[:MAX_LENGTH]))
    except (VerifyMismatchError, InvalidHashError):
        return False
    return matches and digest is not None


def is_outdated(digest: str) -> bool:
    """Whether the digest was made with other parameters than today's."""
    return _hasher.check_needs_rehash(digest)


def _normal(password: str) -> str:
    # The same letters typed on different keyboards must give the same digest.
    return unicodedata.normalize("NFKC", password)


@lru_cache(maxsize=1)
def _nobodys_digest() -> str:
    return _hasher.hash("nobody has this password")
