"""The private Redis (Valkey): queue and rate limits, on a socket that only its owner can reach."""

from __future__ import annotations

import time
from pathlib import Path

import redis

from app.engines.errors import EngineError
from app.engines.processes import ProcessGroup
from app.engines.programs import queue_program

STARTING_SECONDS = 30.0


def start_redis(
    group: ProcessGroup, data: Path, sockets: Path, *, durable: bool, name: str = "redis"
) -> str:
    """Start the server on ``data``; its address.

    :raises EngineError: with a sentence, when it does not start.
    """
    data.mkdir(parents=True, exist_ok=True)
    sockets.chmod(0o700)
    socket = sockets / "redis.sock"
    socket.unlink(missing_ok=True)
    options: list[str | Path] = [
        "--port",
        "0",
        "--unixsocket",
        socket,
        "--unixsocketperm",
        "700",
        "--dir",
        data,
    ]
    options += ["--save", "", "--appendonly", "yes" if durable else "no"]
    running = group.start(name, [queue_program(), *options])
    deadline = time.monotonic() + STARTING_SECONDS
    with redis.Redis(unix_socket_path=str(socket)) as client:
        while time.monotonic() < deadline:
            if running.has_ended():
                raise EngineError(f"The queue did not start: {running.last_line()}")
            try:
                client.ping()
            except redis.RedisError:
                time.sleep(0.02)
            else:
                return f"unix://{socket}?db=0"
    raise EngineError(f"The queue did not start within {STARTING_SECONDS:.0f} s: {running.log}.")
