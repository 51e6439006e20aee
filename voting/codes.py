"""Symbols that people type: voting codes and the secrets on key cards.

Owns the alphabet (Crockford's base32: no I, L, O, U), the check symbol and the forgiving reading of
what somebody typed. A code *is* the right to vote: it is never logged and never stored.
"""

from __future__ import annotations

import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_SYMBOLS = 15
"""Random symbols of a voting code: 75 bits. One check symbol follows."""

CARD_SYMBOLS = 24
"""Random symbols of a key card: 120 bits. One check symbol follows."""

_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_IGNORED = str.maketrans("", "", " -\u00a0\u2010\u2011\u2013\t\r\n")
_LONGEST_INPUT = 200


class MistypedError(ValueError):
    """Wrong length, a symbol outside the alphabet, or a check symbol that does not fit."""


def new_symbols(count: int) -> str:
    """Random symbols from the system's generator, without check symbol."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def new_code() -> str:
    """A fresh voting code: 15 random symbols and the check symbol."""
    return with_check_symbol(new_symbols(CODE_SYMBOLS))


def with_check_symbol(symbols: str) -> str:
    return symbols + check_symbol(symbols)


def check_symbol(symbols: str) -> str:
    """One symbol that catches every single wrong symbol and every swap of two neighbours.

    A polynomial checksum over the field of 32 elements: each symbol's value is multiplied by a
    different power of the generator, so no single error and no adjacent swap cancels out.
    """
    total = 0
    for symbol in symbols:
        total = _times_generator(total ^ _VALUE[symbol])
    return ALPHABET[total]


def read_symbols(typed: str, count: int) -> str:
    """What was meant by typed text: ``count`` symbols with their check symbol, normalised.

    Spaces, hyphens and lower case are accepted; O is read as 0, I and L as 1.

    :raises MistypedError: when it cannot have been typed correctly.
    """
    if len(typed) > _LONGEST_INPUT:
        raise MistypedError("far too long")
    symbols = typed.upper().translate(_IGNORED).translate(_READ_AS)
    if len(symbols) != count + 1 or any(symbol not in _VALUE for symbol in symbols):
        raise MistypedError("wrong length or a symbol that is never used")
    if not hmac.compare_digest(check_symbol(symbols[:-1]), symbols[-1]):
        raise MistypedError("the check symbol does not fit")
    return symbols


def read_code(typed: str) -> str:
    """A voting code as typed or scanned, normalised to 16 symbols.

    :raises MistypedError: when it cannot have been typed correctly.
    """
    return read_symbols(typed, CODE_SYMBOLS)


def grouped(symbols: str, separator: str = "-") -> str:
    """Groups of four, as people read them."""
    return separator.join(symbols[start : start + 4] for start in range(0, len(symbols), 4))


def to_bytes(symbols: str) -> bytes:
    """The bits of symbols without check symbol, most significant first, padded with zeros."""
    number = 0
    for symbol in symbols:
        number = number << 5 | _VALUE[symbol]
    length = (len(symbols) * 5 + 7) // 8
    return (number << (length * 8 - len(symbols) * 5)).to_bytes(length)


def encode(data: bytes) -> str:
    """Bytes as symbols, five bits each, the last padded with zeros."""
    count = (len(data) * 8 + 4) // 5
    number = int.from_bytes(data) << (count * 5 - len(data) * 8)
    return "".join(ALPHABET[number >> shift & 31] for shift in range((count - 1) * 5, -1, -5))


def _times_generator(value: int) -> int:
    """Multiply by x in GF(2^5) with the primitive polynomial x^5 + x^2 + 1."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
