"""Key cards: printed secrets of which any two of a role open that role's key.

Owns the form of a card and the wrapping of a key once for every pair. A private key exists only
wrapped; after opening, its public half must equal the one in the opening record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox
from nacl.signing import SigningKey

from voting.codes import (
    CARD_SYMBOLS,
    MistypedError,
    grouped,
    new_symbols,
    read_symbols,
    to_bytes,
    with_check_symbol,
)
from voting.peppers import derive


class KeyName(StrEnum):
    """The two keys of an election: the first opens ballots, the second the roll's links."""

    TALLY = "tally"
    REGISTRY = "registry"


_LETTER = {KeyName.TALLY: "T", KeyName.REGISTRY: "R"}
_BY_LETTER = {letter: name for name, letter in _LETTER.items()}

Pair = tuple[int, int]


class CardPairError(Exception):
    """Two cards that do not open this key together."""


@dataclass(frozen=True)
class KeyCard:
    """One member's printed secret: 24 random symbols (120 bits) and a check symbol."""

    role: KeyName
    number: int
    symbols: str = field(repr=False)

    @property
    def text(self) -> str:
        """As printed and typed: ``T1 XXXX XXXX …``."""
        return f"{_LETTER[self.role]}{self.number} {grouped(self.symbols, ' ')}"

    @property
    def qr(self) -> str:
        """What its QR code holds."""
        return f"{_LETTER[self.role]}{self.number}:{self.symbols}"

    @property
    def secret(self) -> bytes:
        return to_bytes(self.symbols[:-1])


def new_cards(role: KeyName, count: int) -> tuple[KeyCard, ...]:
    """Fresh cards of one role, numbered from 1."""
    return tuple(
        KeyCard(role, number, with_check_symbol(new_symbols(CARD_SYMBOLS)))
        for number in range(1, count + 1)
    )


def read_card(typed: str) -> KeyCard:
    """A card as typed or scanned.

    :raises MistypedError: when it cannot have been typed correctly.
    """
    text = typed.strip().upper()
    letter = text[:1]
    if letter not in _BY_LETTER:
        raise MistypedError("a card begins with T or R")
    head, separator, symbols = text[1:].replace(":", " ", 1).partition(" ")
    if not separator or not head.isascii() or not head.isdecimal() or len(head) > 3:
        raise MistypedError("a card begins with its letter and number")
    return KeyCard(_BY_LETTER[letter], int(head), read_symbols(symbols, CARD_SYMBOLS))


def wrap(
    secret: bytes, cards: Sequence[KeyCard], *, election_id: int, salt: bytes
) -> Mapping[Pair, bytes]:
    """Wrap a 32-byte secret once for every pair of these cards of one role."""
    return {
        (one.number, other.number): SecretBox(_pair_key(one, other, election_id, salt)).encrypt(
            secret
        )
        for one, other in combinations(sorted(cards, key=lambda card: card.number), 2)
    }


def unwrap(
    wrapped: Mapping[Pair, bytes], cards: Iterable[KeyCard], *, election_id: int, salt: bytes
) -> bytes:
    """Open a wrapped secret with two cards, in either order.

    :raises CardPairError: when they are not two different cards of this key.
    """
    one, other = sorted(cards, key=lambda card: card.number)
    box = wrapped.get((one.number, other.number))
    if box is None or one.role is not other.role:
        raise CardPairError
    try:
        return SecretBox(_pair_key(one, other, election_id, salt)).decrypt(box)
    except CryptoError as error:
        raise CardPairError from error


def _pair_key(one: KeyCard, other: KeyCard, election_id: int, salt: bytes) -> bytes:
    info = f"buurtbeslist/card/1|{election_id}|{one.role}|{one.number}|{other.number}"
    return derive(one.secret + other.secret, salt=salt, info=info.encode())


def sealing_public(secret: bytes) -> bytes:
    """The X25519 public key that belongs to an unwrapped secret."""
    return bytes(PrivateKey(secret).public_key)


def registry_signing_key(secret: bytes) -> SigningKey:
    """The Ed25519 key with which the registry signs revocations."""
    return SigningKey(derive(secret, salt=b"", info=b"buurtbeslist/registry-sign/1"))


def seal_link(public_key: bytes, registry_public: bytes) -> bytes:
    """Seal a roll entry's ballot key, so that only the registry's two cards find it again."""
    return SealedBox(PublicKey(registry_public)).encrypt(public_key)


def open_link(sealed: bytes, registry_secret: bytes) -> bytes:
    """The ballot key that a roll entry was given."""
    return SealedBox(PrivateKey(registry_secret)).decrypt(sealed)
