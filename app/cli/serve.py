"""``buurtbeslist serve``: the web pages, by granian."""

from __future__ import annotations

import click
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from app.cli.application import require_fit_database


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, help="Processes.")
@click.option("--threads", default=4, show_default=True, help="Threads of each process.")
@click.option("--access-log/--no-access-log", default=False, help="Print a line a request.")
def serve(host: str, port: int, workers: int, threads: int, access_log: bool) -> None:
    """Serve the web pages until told to stop; behind nginx in production."""
    require_fit_database()
    Granian(
        "app:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        websockets=False,
        log_level=LogLevels.info,
        log_access=access_log,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
    ).serve()
