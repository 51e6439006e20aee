"""Where ``make`` keeps what it makes, and the questions asked of the machine before it starts."""

from __future__ import annotations

import fcntl
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from setup.problems import SetupError

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
INSTANCE = ROOT / "instance"
LOGS = BUILD / "log"
NODE_MODULES = ROOT / "node_modules"
STATIC = ROOT / "app" / "static"
DIST = STATIC / "dist"
VENV_BIN = VENV / "bin"
VENV_PYTHON = VENV_BIN / "python"

SPACE_FOR_SETUP = 2_000_000_000
SPACE_FOR_RUNNING = 200_000_000


def require_space(needed: int, free: int | None = None, folder: Path = ROOT) -> None:
    """Refuse to begin on a disk that is nearly full; both amounts in bytes.

    :raises SetupError: says how much is free and how much is needed.
    """
    if free is None:
        free = shutil.disk_usage(folder).free
    if free < needed:
        raise SetupError(
            f"Only {free / 1e9:.1f} GB is free on the disk of {folder}, and {needed / 1e9:.1f} GB "
            "is needed: free some space and try again."
        )


def require_free_port(port: int) -> None:
    """Refuse to begin when another program listens on the port.

    :raises SetupError: says which port, and how to choose another.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise SetupError(
                f"Port {port} cannot be used ({error.strerror}); the product may already be "
                f"running. Stop that program, or choose another port: make run PORT={port + 1}"
            ) from error


@contextmanager
def one_setup_at_a_time() -> Iterator[None]:
    """Wait for another ``make`` that sets up the same folder."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.stdout.write("Another make is setting up this folder; waiting for it.\n")
            sys.stdout.flush()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def not_running() -> Iterator[None]:
    """Make sure that the product does not run from this folder while something is done to it.

    :raises SetupError: when it does.
    """
    INSTANCE.mkdir(exist_ok=True)
    with (INSTANCE / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupError("The product is running: stop it with ctrl-C first.") from error
        yield
