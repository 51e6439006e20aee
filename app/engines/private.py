"""The private engines of one folder, for as long as a block lasts."""

from __future__ import annotations

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.engines.errors import EngineError
from app.engines.postgres import start_postgres
from app.engines.processes import ProcessGroup, end_left_over
from app.engines.redis import start_redis

# The longest address of a socket that every system takes, and the longest name we put in a folder.
SOCKET_ADDRESS_BYTES = 100
LONGEST_SOCKET_NAME = "/.s.PGSQL.5432.lock"


@dataclass(frozen=True)
class EngineAddresses:
    """Where the engines listen, in the form of ``DATABASE_URL`` and ``REDIS_URL``.

    ``processes`` are those that run here, for watching.
    """

    database_url: str
    redis_url: str
    processes: ProcessGroup | None = None


@contextmanager
def private_engines(
    folder: Path, *, durable: bool, given: EngineAddresses | None = None
) -> Iterator[EngineAddresses]:
    """Run engines on data below ``folder`` and stop them at the end of the block.

    An engine whose address is ``given`` is not started. ``durable`` decides whether a commit waits
    for the disk; tests alone may do without.

    :raises EngineError: when they do not start, or another process runs them in this folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(held_by_us(folder))
        database_url = given.database_url if given else ""
        redis_url = given.redis_url if given else ""
        sockets = [stack.enter_context(socket_folder(folder, name)) for name in ("pg", "rd")]
        group = stack.enter_context(ProcessGroup(folder / "processes.json", folder / "log"))
        if not database_url:
            database_url = start_postgres(group, folder / "postgres", sockets[0], durable=durable)
        if not redis_url:
            redis_url = start_redis(group, folder / "redis", sockets[1], durable=durable)
        yield EngineAddresses(database_url, redis_url, group)


@contextmanager
def held_by_us(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; the system lets go of it however the process ends.

    :raises EngineError: when another process holds it.
    """
    with (folder / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EngineError(
                f"The product already runs from {folder}: stop it there with ctrl-C first."
            ) from error
        yield


@contextmanager
def socket_folder(folder: Path, name: str) -> Iterator[Path]:
    """A private folder for one engine's socket, elsewhere when the address would be too long."""
    near = folder.resolve() / name
    if len(f"{near}{LONGEST_SOCKET_NAME}".encode()) <= SOCKET_ADDRESS_BYTES:
        near.mkdir(mode=0o700, exist_ok=True)
        yield near
        return
    temporary = tempfile.gettempdir()
    short = temporary if len(temporary) < SOCKET_ADDRESS_BYTES // 2 else "/tmp"  # noqa: S108
    elsewhere = Path(tempfile.mkdtemp(prefix="bb-", dir=short))
    try:
        yield elsewhere
    finally:
        shutil.rmtree(elsewhere, ignore_errors=True)


def sweep(folder: Path, pattern: str) -> None:
    """Remove folders of engines whose owner was killed, ending what still runs in them."""
    for left in folder.glob(pattern):
        with suppress(EngineError, FileNotFoundError), held_by_us(left):
            end_left_over(left / "processes.json")
            shutil.rmtree(left, ignore_errors=True)
