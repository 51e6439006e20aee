"""What the booth carries from page to page: encrypted and authenticated, never readable.

Owns the form of the booth's cookie and of the form's hidden field. The key comes from the
application's secret; nothing is stored on the server.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import struct
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from voting.errors import InputRefusedError, Reason
from voting.peppers import derive
from voting.sealing import BallotKey

STAY = timedelta(minutes=30)
"""How long a booth stays usable after its last page."""

SUBMISSION_BYTES = 16
_ACCESS = struct.Struct(">q32sq")
_FORM = struct.Struct(">q32s16sq")
_LONGEST_TOKEN = 400


@dataclass(frozen=True)
class BoothAccess:
    """The right to vote of who entered a valid code, for one election."""

    election_id: int
    key: BallotKey


@dataclass(frozen=True)
class BallotForm:
    """One rendered ballot form: what it was made for, and a number that makes a retry known."""

    election_id: int
    public_key: bytes = field(repr=False)
    submission: bytes = field(repr=False)
    revision: int

    def belongs_to(self, access: BoothAccess) -> bool:
        """Whether the form was made for this voter, not for the one before in this browser."""
        same_key = hmac.compare_digest(self.public_key, access.key.public)
        return same_key and self.election_id == access.election_id


def seal_access(access: BoothAccess, *, secret: bytes, now: datetime) -> str:
    """The value of the booth's cookie, good for ``STAY`` from now."""
    expires = int((now + STAY).timestamp())
    packed = _ACCESS.pack(access.election_id, access.key.seed, expires)
    return _seal(packed, secret, b"booth-cookie")


def read_access(token: str, *, secret: bytes, now: datetime) -> BoothAccess:
    """Who is in the booth.

    :raises InputRefusedError: ``booth_expired`` when the cookie is old, altered or absent.
    """
    packed = _open(token, secret, b"booth-cookie")
    if packed is None or len(packed) != _ACCESS.size:
        raise InputRefusedError(Reason.BOOTH_EXPIRED)
    election_id, seed, expires = _ACCESS.unpack(packed)
    if now.timestamp() >= expires:
        raise InputRefusedError(Reason.BOOTH_EXPIRED)
    return BoothAccess(election_id, BallotKey(seed))


def seal_form(access: BoothAccess, *, revision: int, secret: bytes) -> str:
    """The hidden field of a freshly rendered ballot form."""
    submission = secrets.token_bytes(SUBMISSION_BYTES)
    packed = _FORM.pack(access.election_id, access.key.public, submission, revision)
    return _seal(packed, secret, b"ballot-form")


def read_form(token: str, *, secret: bytes) -> BallotForm:
    """The form a ballot was posted with.

    :raises InputRefusedError: ``form_broken``.
    """
    packed = _open(token, secret, b"ballot-form")
    if packed is None or len(packed) != _FORM.size:
        raise InputRefusedError(Reason.FORM_BROKEN)
    election_id, public_key, submission, revision = _FORM.unpack(packed)
    return BallotForm(election_id, public_key, submission, revision)


def _seal(packed: bytes, secret: bytes, purpose: bytes) -> str:
    return base64.urlsafe_b64encode(SecretBox(_key(secret, purpose)).encrypt(packed)).decode()


def _open(token: str, secret: bytes, purpose: bytes) -> bytes | None:
    if len(token) > _LONGEST_TOKEN:
        return None
    try:
        sealed = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        return SecretBox(_key(secret, purpose)).decrypt(sealed)
    except (binascii.Error, UnicodeEncodeError, CryptoError, ValueError):
        return None


def _key(secret: bytes, purpose: bytes) -> bytes:
    return derive(secret, salt=b"", info=b"buurtbeslist/" + purpose + b"/1")
