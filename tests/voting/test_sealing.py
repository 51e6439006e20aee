"""Sealed ballots: equal length, openable by the tally key only, bound to key and record."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from voting import sealing
from voting.peppers import Pepper
from voting.sealing import BallotKind, UnsealError, ballot_key

DIGEST = "ab" * 32
PEPPER = Pepper(b"p" * 32)
SALT = b"s" * 32
TALLY = PrivateKey(b"t" * 32)


@given(content=st.binary(max_size=63))
def test_ballot_survives_padding_and_sealing_at_equal_length(content: bytes) -> None:
    """S2: fixed-length ciphertext."""
    ciphertext = sealing.seal(content, length=64, tally_public=bytes(TALLY.public_key))

    assert len(ciphertext) == 64 + sealing.SEAL_BYTES
    assert sealing.unseal(ciphertext, TALLY) == content


def test_same_ballot_is_sealed_differently_each_time() -> None:
    sealed = {
        sealing.seal(b"same", length=64, tally_public=bytes(TALLY.public_key)) for _ in range(20)
    }

    assert len(sealed) == 20


def test_another_key_does_not_open_a_ballot() -> None:
    ciphertext = sealing.seal(b"x", length=64, tally_public=bytes(TALLY.public_key))

    with pytest.raises(UnsealError):
        sealing.unseal(ciphertext, PrivateKey(b"u" * 32))


def test_altered_ballot_does_not_open() -> None:
    ciphertext = bytearray(sealing.seal(b"x", length=64, tally_public=bytes(TALLY.public_key)))
    ciphertext[-1] ^= 1

    with pytest.raises(UnsealError):
        sealing.unseal(bytes(ciphertext), TALLY)


def test_ballot_key_depends_on_code_salt_and_pepper() -> None:
    keys = {
        ballot_key("0" * 16, salt=SALT, pepper=PEPPER).public,
        ballot_key("1" * 16, salt=SALT, pepper=PEPPER).public,
        ballot_key("0" * 16, salt=b"z" * 32, pepper=PEPPER).public,
        ballot_key("0" * 16, salt=SALT, pepper=Pepper(b"q" * 32)).public,
    }

    assert len(keys) == 4
    assert ballot_key("0" * 16, salt=SALT, pepper=PEPPER).public in keys


@pytest.mark.parametrize(
    "changed",
    [
        {"opening_digest": "cd" * 32},
        {"kind": BallotKind.PAPER},
        {"revision": 2},
        {"receipt": b"r" * 32},
        {"public_key": b"k" * 32},
    ],
)
def test_signature_holds_for_one_record_key_kind_revision_and_receipt(
    changed: dict[str, Any],
) -> None:
    key = ballot_key("0" * 16, salt=SALT, pepper=PEPPER)
    sealed = sealing.seal_ballot(
        b"x",
        key=key,
        kind=BallotKind.ONLINE,
        revision=1,
        opening_digest=DIGEST,
        length=64,
        tally_public=bytes(TALLY.public_key),
    )
    signed: dict[str, Any] = {
        "opening_digest": DIGEST,
        "public_key": key.public,
        "kind": BallotKind.ONLINE,
        "revision": 1,
        "receipt": sealed.receipt,
    }

    true_message = sealing.signed_message(**signed)
    other_message = sealing.signed_message(**(signed | changed))

    assert sealing.is_signed(key.public, true_message, sealed.signature)
    assert not sealing.is_signed(key.public, other_message, sealed.signature)


def test_secrets_do_not_show_when_printed() -> None:
    """S3: no code, key or receipt in any log."""
    key = ballot_key("0" * 16, salt=SALT, pepper=PEPPER)

    assert repr(key.seed) not in repr(key)
    assert repr(PEPPER.secret) not in repr(PEPPER)
    assert str(PEPPER) == "Pepper()"
