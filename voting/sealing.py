"""Sealing and signing of ballots. Pure mathematics on bytes.

Owns the formats: how a voting code becomes a ballot key, how a ballot is padded and sealed to the
tally key, what a receipt is and what a ballot key signs. Signing is Ed25519, sealing is libsodium's
sealed box (X25519 with a fresh ephemeral key for each ballot).
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from enum import StrEnum

from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from voting.codes import encode
from voting.peppers import Pepper, derive

SEAL_BYTES = 48
"""What sealing adds to a padded ballot: ephemeral key and authentication tag."""

RECEIPT_BYTES = 32
_PADDING_STEP = 64
_END_OF_BALLOT = b"\x80"
_RECEIPT_SHOWN = 20


class BallotKind(StrEnum):
    """What a row of the box holds. Paper and revoked are final; unused was never touched."""

    UNUSED = "unused"
    ONLINE = "online"
    PAPER = "paper"
    REVOKED = "revoked"


class UnsealError(Exception):
    """A sealed ballot cannot be opened or was not padded as it should be."""


@dataclass(frozen=True)
class BallotKey:
    """The key pair behind one voting code. Only ``public`` is ever stored."""

    seed: bytes = field(repr=False)

    @property
    def public(self) -> bytes:
        return bytes(SigningKey(self.seed).verify_key)


@dataclass(frozen=True)
class SealedBallot:
    """What the box stores of a ballot; nothing in it tells the choice."""

    ciphertext: bytes = field(repr=False)
    receipt: bytes = field(repr=False)
    signature: bytes = field(repr=False)


def ballot_key(code: str, *, salt: bytes, pepper: Pepper) -> BallotKey:
    """Derive the ballot key from a normalised code, the election's salt and its pepper."""
    secret = pepper.subkey("ballot-key") + code.encode()
    return BallotKey(derive(secret, salt=salt, info=b"buurtbeslist/ballot-key/1"))


def padded_length(longest: int) -> int:
    """Fixed length in bytes of padded ballots, given the longest possible one."""
    return (longest // _PADDING_STEP + 1) * _PADDING_STEP


def pad(content: bytes, length: int) -> bytes:
    """Fill up to ``length`` bytes (ISO/IEC 7816-4: one 0x80, then zeros)."""
    if len(content) >= length:
        raise ValueError("this ballot is longer than any possible one")
    return (content + _END_OF_BALLOT).ljust(length, b"\x00")


def unpad(padded: bytes) -> bytes:
    """Take the filling off again.

    :raises UnsealError: when there is none.
    """
    content = padded.rstrip(b"\x00")
    if not content.endswith(_END_OF_BALLOT):
        raise UnsealError
    return content[:-1]


def seal(content: bytes, *, length: int, tally_public: bytes) -> bytes:
    """Pad to ``length`` and seal to the tally key; ``length + SEAL_BYTES`` bytes."""
    return SealedBox(PublicKey(tally_public)).encrypt(pad(content, length))


def unseal(ciphertext: bytes, tally_private: PrivateKey) -> bytes:
    """Open a sealed ballot.

    :raises UnsealError: when it was not sealed to this key, or altered.
    """
    try:
        return unpad(SealedBox(tally_private).decrypt(ciphertext))
    except (CryptoError, ValueError, TypeError) as error:
        raise UnsealError from error


def dummy_ciphertext(length: int) -> bytes:
    """Random bytes that look like a sealed ballot, for paper and revoked rows."""
    return secrets.token_bytes(length + SEAL_BYTES)


def receipt_of(ciphertext: bytes, opening_digest: str) -> bytes:
    """Digest of a sealed ballot; says nothing about the choice."""
    head = b"buurtbeslist/receipt/1\x00" + bytes.fromhex(opening_digest)
    return hashlib.sha256(head + ciphertext).digest()


def receipt_text(receipt: bytes) -> str:
    """A receipt as it is shown and printed: 20 symbols (100 bits) in groups of four."""
    symbols = encode(receipt)[:_RECEIPT_SHOWN]
    return "-".join(symbols[start : start + 4] for start in range(0, _RECEIPT_SHOWN, 4))


def signed_message(
    *, opening_digest: str, public_key: bytes, kind: BallotKind, revision: int, receipt: bytes
) -> bytes:
    """The bytes that a ballot key signs."""
    return b"".join(
        (
            b"buurtbeslist/ballot/1\x00",
            bytes.fromhex(opening_digest),
            public_key,
            kind.value.encode().ljust(8, b"\x00"),
            revision.to_bytes(4),
            receipt,
        )
    )


def sign(key: BallotKey, message: bytes) -> bytes:
    """Ed25519 signature, 64 bytes."""
    return SigningKey(key.seed).sign(message).signature


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether ``public_key`` signed the message."""
    try:
        VerifyKey(public_key).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def seal_ballot(
    content: bytes,
    *,
    key: BallotKey,
    kind: BallotKind,
    revision: int,
    opening_digest: str,
    length: int,
    tally_public: bytes | None,
) -> SealedBallot:
    """Seal, make the receipt and sign.

    :param revision: the number the row will have with this ballot, from 1.
    :param tally_public: ``None`` for paper and revoked rows, which carry a dummy.
    """
    ciphertext = (
        dummy_ciphertext(length)
        if tally_public is None
        else seal(content, length=length, tally_public=tally_public)
    )
    receipt = receipt_of(ciphertext, opening_digest)
    message = signed_message(
        opening_digest=opening_digest,
        public_key=key.public,
        kind=kind,
        revision=revision,
        receipt=receipt,
    )
    return SealedBallot(ciphertext, receipt, sign(key, message))
