"""``buurtbeslist with-engines``: run a program beside a private database and queue.

The program finds them in ``DATABASE_URL`` and ``REDIS_URL``; with ``--tests`` in
``TEST_DATABASE_URL`` and ``TEST_REDIS_URL``, on engines that are made new, do not wait for the
disk and are removed afterwards.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.cli.application import require_engines
from app.cli.stopping import StopRequested, stop_signals
from config import export, read_local_choices


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--tests", is_flag=True, help="Fast, empty engines that are removed afterwards.")
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
def with_engines(tests: bool, command: tuple[str, ...]) -> None:
    """Run COMMAND with a private database and queue."""
    require_engines()
    from app.engines import EngineError

    code = 130
    try:
        with stop_signals(), _engines(tests=tests) as variables:
            export(variables, replace=True)
            code = _run(command)
    except EngineError as error:
        raise click.ClickException(str(error)) from error
    except StopRequested:
        pass
    sys.exit(code)


@contextmanager
def _engines(*, tests: bool) -> Iterator[dict[str, str]]:
    from app.engines import private_engines, sweep

    instance = read_local_choices().instance_dir
    if not tests:
        with private_engines(instance, durable=True) as at:
            yield {"DATABASE_URL": at.database_url, "REDIS_URL": at.redis_url}
        return
    sweep(instance, "test-*")
    folder = instance / f"test-{os.getpid()}"
    try:
        with private_engines(folder, durable=False) as at:
            yield {"TEST_DATABASE_URL": at.database_url, "TEST_REDIS_URL": at.redis_url}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(command: tuple[str, ...]) -> int:
    from app.engines.processes import end_with_descendants

    with subprocess.Popen(command) as process:
        try:
            return process.wait()
        except BaseException:
            end_with_descendants(process.pid)
            raise
