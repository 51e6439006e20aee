"""Peppers: one secret file an election, kept outside the database and its backups.

Owns the files and the keys derived from them. Without the pepper a copy of the database cannot
try codes, and without it nobody can sign an opening record.
"""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from voting.errors import IntegrityRefusedError, Reason

PEPPER_BYTES = 32
_NAME = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Pepper:
    """The secret of one election. Never printed, never logged."""

    secret: bytes = field(repr=False)

    def subkey(self, purpose: str) -> bytes:
        """32 bytes for one purpose only."""
        return derive(self.secret, salt=b"", info=f"buurtbeslist/pepper/1/{purpose}".encode())


def derive(secret: bytes, *, salt: bytes, info: bytes, length: int = 32) -> bytes:
    """HKDF-SHA256 (RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


class PepperStore:
    """A directory with one file a pepper, readable by the application only.

    A pepper is found by a random name that the election row holds. Preparing again makes a new
    file and leaves the old one, so that an undone transaction loses nothing.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._known: dict[str, Pepper] = {}

    def create(self) -> tuple[str, Pepper]:
        """Write a fresh pepper to disk; returns its name and the pepper."""
        self._directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        pepper = Pepper(secrets.token_bytes(PEPPER_BYTES))
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(self._path(name), flags, 0o600), "wb") as stream:
            stream.write(pepper.secret)
            stream.flush()
            os.fsync(stream.fileno())
        self._known[name] = pepper
        return name, pepper

    def read(self, name: str) -> Pepper:
        """The pepper of that name.

        :raises IntegrityRefusedError: ``pepper_missing`` when the file is gone or too short.
        """
        known = self._known.get(name)
        if known is not None:
            return known
        try:
            secret = self._path(name).read_bytes()
        except OSError:
            secret = b""
        if len(secret) != PEPPER_BYTES:
            raise IntegrityRefusedError(Reason.PEPPER_MISSING)
        self._known[name] = pepper = Pepper(secret)
        return pepper

    def delete(self, name: str) -> None:
        """Remove a pepper for good, on the retention date."""
        self._known.pop(name, None)
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise IntegrityRefusedError(Reason.PEPPER_MISSING)
        return self._directory / f"{name}.pepper"
