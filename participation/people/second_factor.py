"""Second factor: time-based codes (RFC 6238) and recovery codes. Pure; keys come as arguments."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime

import pyotp
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP_SECONDS = 30
# A phone's clock may be half a minute off, before or behind.
DRIFT_STEPS = (0, -1, 1)
RECOVERY_CODES = 10
_NONCE_BYTES = 12
# Without letters that are mistaken for others on paper; 12 of these carry 59 bits.
_ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_GROUPS, _GROUP_LENGTH = 3, 4


def derive_key(secret_key: str) -> bytes:
    """32 bytes for sealing secrets and digesting codes, from the installation's secret (HKDF)."""
    return HKDF(
        algorithm=SHA256(), length=32, salt=None, info=b"buurtbeslist second factor v1"
    ).derive(secret_key.encode())


def new_secret() -> str:
    """A fresh secret of 160 bits in Base32, as authenticator apps take it."""
    return pyotp.random_base32()


def seal_secret(secret: str, *, person_id: int, key: bytes) -> bytes:
    """The secret encrypted; bound to the person, so rows cannot be swapped."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + ChaCha20Poly1305(key).encrypt(nonce, secret.encode(), _context(person_id))


def open_secret(sealed: bytes, *, person_id: int, key: bytes) -> str:
    """The secret again.

    :raises cryptography.exceptions.InvalidTag: another key, another person, or altered.
    """
    nonce, body = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    return ChaCha20Poly1305(key).decrypt(nonce, body, _context(person_id)).decode()


def provisioning_uri(secret: str, *, account: str, issuer: str) -> str:
    """The ``otpauth:`` address a QR code carries."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def code_at(secret: str, now: datetime) -> str:
    """The code an authenticator app shows at ``now``."""
    return pyotp.TOTP(secret).generate_otp(_step(now))


def matching_step(secret: str, code: str, *, now: datetime) -> int | None:
    """The thirty-second step ``code`` belongs to, if it is near ``now``."""
    typed = "".join(code.split())
    generator, step = pyotp.TOTP(secret), _step(now)
    found = None
    for drift in DRIFT_STEPS:
        expected = generator.generate_otp(step + drift)
        if hmac.compare_digest(expected.encode(), typed.encode()):
            found = step + drift
    return found


def new_recovery_codes() -> list[str]:
    """Ten codes to print and keep, e.g. ``"K7QP-2MXD-9RTB"``."""
    return [
        "-".join(
            "".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS)
        )
        for _ in range(RECOVERY_CODES)
    ]


def digest_recovery_code(code: str, *, person_id: int, key: bytes) -> bytes:
    """What is stored of a recovery code, however it was typed."""
    typed = "".join(c for c in code.upper() if c.isalnum())
    own_key = hmac.digest(key, b"recovery codes", hashlib.sha256)
    return hmac.digest(own_key, _context(person_id) + b":" + typed.encode(), hashlib.sha256)


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def _context(person_id: int) -> bytes:
    return f"person:{person_id}".encode()
