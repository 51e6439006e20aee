"""``buurtbeslist up``: everything on one machine, for the demo and for trying it out.

Owns the order of starting and stopping. In production the parts run apart: ``serve``, ``worker``,
``upgrade``.
"""

from __future__ import annotations

import http.client
import os
import secrets
import shutil
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
import psycopg

from app.cli.application import require_engines
from app.cli.progress import console, step
from app.cli.readiness import has_newest_tables, has_town
from app.cli.running import known_as_running
from app.cli.stopping import StopRequested, stop_signals
from config import Environment, LocalChoices, export, read_local_choices

if TYPE_CHECKING:
    from app.engines import EngineAddresses
    from app.engines.processes import ProcessGroup, Running

STARTING_SECONDS = 90.0
COMMAND = (sys.executable, "-m", "app.cli")


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port to serve at.")
@click.option("--demo/--no-demo", default=True, help="Build the demo towns where there is no town.")
@click.option("--stop-with-parent", is_flag=True, hidden=True, help="Stop when make is gone.")
@click.pass_context
def up(ctx: click.Context, port: int, demo: bool, stop_with_parent: bool) -> None:
    """Start database, queue, web and worker on this machine; ctrl-C stops them all."""
    require_engines()
    from app.engines import EngineError

    parent = os.getppid() if stop_with_parent else None
    try:
        with stop_signals():
            run_everything(ctx, read_local_choices(), port, with_demo=demo, parent=parent)
    except StopRequested:
        with suppress(OSError):  # the terminal may be gone
            console.print("Stopped; nothing is left running.")
    except EngineError as error:
        raise click.ClickException(str(error)) from error
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise click.ClickException(f"The database could not be reached: {reason}") from error


def run_everything(
    ctx: click.Context, choices: LocalChoices, port: int, *, with_demo: bool, parent: int | None
) -> None:
    """Start each part in order, wait, and stop them in the opposite order on the way out."""
    from app.engines import EngineAddresses, private_engines
    from app.engines.processes import ProcessGroup

    instance = choices.instance_dir
    given = EngineAddresses(choices.database_url, choices.redis_url)
    with ExitStack() as stack:
        with step("Database and queue"):
            at = stack.enter_context(private_engines(instance, durable=True, given=given))
        group = stack.enter_context(ProcessGroup(instance / "programs.json", instance / "log"))
        require_free_port(port)  # after what an earlier start left there has been ended
        settings = export_settings(instance, at, port)
        stack.enter_context(known_as_running(instance, settings))
        with step("Tables"):
            is_private = not choices.database_url
            prepare_tables(ctx, instance, at.database_url, is_private=is_private)
        is_new = with_demo and not has_town(at.database_url)
        if is_new:
            with step("Demo towns", shows_itself=True):
                build_demo(ctx, instance)
        groups = [group, *([at.processes] if at.processes else [])]
        with step("Web and worker"):
            web = group.start("web", [*COMMAND, "serve", "--port", str(port)])
            wait_for_web(web, groups, port)
            group.start("worker", [*COMMAND, "worker"])  # second: pages come first
        if not is_new:  # the demo has just said it itself
            show_sign_ins(instance)
        show_address(port)
        watch(groups, parent)


def require_free_port(port: int) -> None:
    """Refuse to go on when another program listens on the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} cannot be used ({error.strerror}): stop the program that uses it "
                f"(perhaps an earlier start), or choose another: make run PORT={port + 1}"
            ) from error


def export_settings(instance: Path, at: EngineAddresses, port: int) -> dict[str, str]:
    """The settings of a private installation; those already set stay, but for the engines.

    :returns: what another command needs to join it.
    """
    defaults = {
        "BUURTBESLIST_ENV": Environment.DEMO.value,
        "SECRET_KEY": secret_key(instance / "secret_key"),
        "PUBLIC_URL": f"http://127.0.0.1:{port}",
        "INSTANCE_DIR": str(instance),
    }
    export(defaults, replace=False)
    engines = {"DATABASE_URL": at.database_url, "REDIS_URL": at.redis_url}
    export(engines, replace=True)
    return {**defaults, **engines}


def secret_key(file: Path) -> str:
    """The installation's key, made at the first start and readable by its owner alone."""
    with suppress(FileExistsError):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as fresh:
            fresh.write(secrets.token_urlsafe(48))
    return file.read_text(encoding="ascii")


def prepare_tables(
    ctx: click.Context, instance: Path, database_url: str, *, is_private: bool
) -> None:
    """The newest tables; a private database that holds half a demo begins anew."""
    from app.engines.postgres import empty_database

    if is_private and unfinished_demo(instance).exists():
        empty_database(database_url)
        shutil.rmtree(instance / "peppers", ignore_errors=True)  # secrets of elections now gone
    if not has_newest_tables(database_url):
        from app.cli.upgrade import upgrade

        ctx.invoke(upgrade)


def build_demo(ctx: click.Context, instance: Path) -> None:
    """The demo towns, with a mark that stands as long as they are not complete."""
    from app.cli.demo import demo

    unfinished_demo(instance).touch()
    ctx.invoke(demo)
    unfinished_demo(instance).unlink()


def unfinished_demo(instance: Path) -> Path:
    """The mark of a demo that was begun and not completed."""
    return instance / "demo.unfinished"


def wait_for_web(web: Running, groups: Sequence[ProcessGroup], port: int) -> None:
    """Wait until the web answers on ``/healthz``: granian listens before it can answer."""
    deadline = time.monotonic() + STARTING_SECONDS
    while time.monotonic() < deadline:
        refuse_ended(groups)
        if answers(port):
            return
        time.sleep(0.1)
    raise click.ClickException(f"The web did not answer within a minute and a half: see {web.log}.")


def answers(port: int) -> bool:
    """Whether the web is up and reaches its database."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        try:
            connection.request("GET", "/healthz")
            with connection.getresponse() as response:
                return response.status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False


def show_sign_ins(instance: Path) -> None:
    """How to get into the demo, as it was told when it was built."""
    sign_ins = instance / "demo_sign_ins.txt"
    if sign_ins.exists():
        console.print(f"\n{sign_ins.read_text(encoding='utf-8').strip()}", markup=False)


def show_address(port: int) -> None:
    """Where to look, and how to stop."""
    console.print(f"\nOpen [bold]http://127.0.0.1:{port}/[/bold]\n")
    console.print("Ctrl-C stops everything.")


def watch(groups: Sequence[ProcessGroup], parent: int | None) -> None:
    """Wait until something ends: a signal, ``parent`` or our terminal gone end it well.

    :raises click.ClickException: names the program that ended by itself.
    """
    has_terminal = os.isatty(0)
    while (parent is None or os.getppid() == parent) and os.isatty(0) == has_terminal:
        refuse_ended(groups)
        time.sleep(0.5)
    raise StopRequested


def refuse_ended(groups: Sequence[ProcessGroup]) -> None:
    """Complain about a program that ended although nobody stopped it."""
    ended = next(filter(None, (group.ended() for group in groups)), None)
    if ended is not None:
        raise click.ClickException(
            f"The {ended.name} stopped by itself: {ended.last_line() or 'no output'} "
            f"(details: {ended.log})"
        )
