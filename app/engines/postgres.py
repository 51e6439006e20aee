"""The private PostgreSQL: made once, started on a socket that only its owner can reach."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from app.engines.account import Account, account_for
from app.engines.errors import EngineError
from app.engines.processes import ProcessGroup, Running
from app.engines.programs import postgres_programs

DATABASE = "buurtbeslist"
STARTING_SECONDS = 60.0
SETTINGS = {
    "listen_addresses": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # No values of rows: a failed write names its table, not the person.
    "log_error_verbosity": "terse",
    "jit": "off",
    "max_connections": "100",
}
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
# For tests that lose nothing when the machine stops: no waiting for the disk.
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "400",
    "max_wal_size": "4GB",
}


def start_postgres(
    group: ProcessGroup, data: Path, sockets: Path, *, durable: bool, name: str = "postgres"
) -> str:
    """Start the server on ``data``, made first where it is missing; the address of its database.

    :raises EngineError: with a sentence, when it cannot be made or does not start.
    """
    programs = postgres_programs()
    account = account_for(programs, data.parent.resolve(), sockets.resolve())
    account.own(sockets)
    _make_cluster(programs, data, account, durable=durable)
    running = group.start(
        name,
        [*account.prefix, programs / "postgres", *_arguments(data, sockets, durable=durable)],
        user=account.user,
        group=account.group,
        stop_signal=signal.SIGINT,
    )
    _wait_until_ready(running, data)
    _make_database(sockets)
    return f"postgresql://postgres@/{DATABASE}?host={quote(str(sockets), safe='')}"


def _arguments(data: Path, sockets: Path, *, durable: bool) -> list[str | Path]:
    settings = {**SETTINGS, **(DURABLE if durable else FORGETFUL)}
    settings["unix_socket_directories"] = str(sockets)
    flags = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    return ["-D", data, *flags]


def _make_cluster(programs: Path, data: Path, account: Account, *, durable: bool) -> None:
    """Make the data folder under another name and rename it, so that half of one never counts."""
    if (data / "PG_VERSION").exists():
        if not os.access(data, os.W_OK | os.X_OK):
            raise EngineError(
                f"The database in {data} belongs to another user: start as that user, or remove "
                "the folder to begin anew."
            )
        return
    fresh = data.with_name(f"{data.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    account.own(fresh)
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8"]
    options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
    options += [] if durable else ["--no-sync"]
    done = subprocess.run(
        [*account.prefix, str(programs / "initdb"), *options, "-D", str(fresh)],
        user=account.user,
        group=account.group,
        extra_groups=None if account.user is None else [],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise EngineError(f"The database could not be made: {_reason(done.stderr)}")
    fresh.rename(data)


def _reason(output: str) -> str:
    if "No space left on device" in output:
        return "the disk is full. Free at least 2 GB and try again."
    lines = [line for line in output.splitlines() if "error" in line or "fatal" in line.lower()]
    return lines[0] if lines else output.strip()


def _wait_until_ready(running: Running, data: Path) -> None:
    """Wait until the server itself writes that it is ready: the eighth line of its lock file."""
    deadline = time.monotonic() + STARTING_SECONDS
    lock = data / "postmaster.pid"
    while time.monotonic() < deadline:
        if running.has_ended():
            raise EngineError(f"The database did not start: {_reason(running.last_line())}")
        try:
            lines = lock.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            lines = []
        if len(lines) >= 8 and lines[7].strip() == "ready" and int(lines[0]) == _pid(running):
            return
        time.sleep(0.02)
    raise EngineError(f"The database did not start within a minute: see {running.log}.")


def _pid(running: Running) -> int:
    return running.process.pid  # setpriv becomes the server: it keeps its number


def _make_database(sockets: Path) -> None:
    with psycopg.connect(
        host=str(sockets), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [DATABASE]).fetchone() is None:
            connection.execute(f'CREATE DATABASE "{DATABASE}"')


def empty_database(database_url: str) -> None:
    """Make a private database empty again."""
    address = database_url.replace(f"/{DATABASE}?", "/postgres?")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{DATABASE}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{DATABASE}"')
