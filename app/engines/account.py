"""As whom PostgreSQL runs: it refuses to run as root, so root lends it the account ``nobody``.

Where folders above are closed to others (such as ``/root``), it is given the one right to pass
them instead of the folders being opened.
"""

from __future__ import annotations

import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path

from app.engines.errors import EngineError

ACCOUNT = "nobody"
# Linux capabilities, by their bit: read and pass any folder; the same and write.
PASSING_RIGHTS = ((2, "dac_read_search"), (1, "dac_override"))


@dataclass(frozen=True)
class Account:
    """User and group by number, and the words put before a command that this account runs."""

    user: int | None = None
    group: int | None = None
    prefix: tuple[str, ...] = ()

    def own(self, folder: Path) -> None:
        """Make the folder private to this account."""
        folder.chmod(0o700)
        if self.owner is not None:
            os.chown(folder, *self.owner)

    @property
    def owner(self) -> tuple[int, int] | None:
        """Number of user and group that own the files; None for the person who started us."""
        if not self.prefix:
            return None if self.user is None or self.group is None else (self.user, self.group)
        entry = pwd.getpwnam(ACCOUNT)
        return entry.pw_uid, entry.pw_gid


def account_for(*folders: Path) -> Account:
    """The account to run an engine as, which can reach all these folders.

    :raises EngineError: as root, in a place that no other account can be let into.
    """
    if os.geteuid() != 0:
        return Account()
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        raise EngineError(
            "PostgreSQL does not run as root, and there is no account nobody on this machine: "
            "start as an ordinary user."
        ) from None
    closed = first_closed(*folders)
    if closed is None:
        return Account(entry.pw_uid, entry.pw_gid)
    right = _passing_right()
    if right is None:
        raise EngineError(
            f"PostgreSQL does not run as root, and other accounts cannot enter {closed}: move this "
            "folder to a place such as /opt, or start as an ordinary user."
        )
    return Account(prefix=_prefix(entry, right))


def first_closed(*folders: Path) -> Path | None:
    """The first folder on the way down that accounts other than its owner may not enter."""
    for folder in folders:
        for step in (*reversed(folder.parents), folder):
            if step.is_dir() and not step.stat().st_mode & stat.S_IXOTH:
                return step
    return None


def _passing_right() -> str | None:
    if shutil.which("setpriv") is None:
        return None
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    held = next((int(line.split()[1], 16) for line in lines if line.startswith("CapEff:")), 0)
    return next((name for bit, name in PASSING_RIGHTS if held >> bit & 1), None)


def _prefix(entry: pwd.struct_passwd, right: str) -> tuple[str, ...]:
    account = (f"--reuid={entry.pw_uid}", f"--regid={entry.pw_gid}", "--clear-groups")
    return ("setpriv", *account, f"--inh-caps=+{right}", f"--ambient-caps=+{right}", "--")
