"""Starts a real installation for one journey, and leaves nothing of it behind.

Database, queue, mail server, web and worker are all its own; everything is done by the commands a
municipality uses.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import psycopg
from aiosmtpd.controller import Controller
from redis import Redis
from sqlalchemy.engine import make_url

from config import PROJECT_DIR
from tests.journeys.installation import Installation, Mailbox, wait_for

STOPPING_SECONDS = 15
ADMIN_EMAIL = "bestuur@gemeente.example"


@dataclass(frozen=True)
class Town:
    """What ``setup`` is told, and which of the queue's databases the journey takes."""

    language: str
    country: str
    time_zone: str
    name: str
    neighbourhood: str
    admin_name: str
    queue_number: int


TOWNS = {
    "nl": Town("nl", "NL", "Europe/Amsterdam", "Beukenhaven", "Havenkwartier", "Anneke Vos", 13),
    "de": Town("de", "DE", "Europe/Berlin", "Buchenhafen", "Hafenviertel", "Annika Vogt", 14),
}


@contextmanager
def installation(town: Town, folder: Path) -> Iterator[Installation]:
    """The town, empty, on a running installation."""
    with ExitStack() as everything:
        database = everything.enter_context(_database(f"journey_{os.getpid()}_{town.language}"))
        queue = everything.enter_context(_queue(town.queue_number))
        mailbox, smtp_url = everything.enter_context(_mail_server())
        port = _free_port()
        url = f"http://127.0.0.1:{port}"
        environment = os.environ | {
            "BUURTBESLIST_ENV": "demo",
            "DATABASE_URL": database,
            "REDIS_URL": queue,
            "SECRET_KEY": "journey-secret-key-that-is-only-for-tests",
            "INSTANCE_DIR": str(folder / "instance"),
            "PUBLIC_URL": url,
            "SMTP_URL": smtp_url,
        }
        zone = ZoneInfo(town.time_zone)
        slug = town.name.lower()
        house = Installation(town.language, slug, zone, url, environment, mailbox)
        house.run("upgrade")
        _set_up(house, town)
        serving = ("serve", "--port", str(port), "--workers", "1", "--threads", "4")
        for arguments in (serving, ("worker",)):
            everything.enter_context(_process(house, folder, *arguments))
        wait_for(lambda: _answers(f"{url}/healthz"), "the web pages")
        yield house


def _set_up(house: Installation, town: Town) -> None:
    told = {
        "--name": town.name,
        "--country": town.country,
        "--language": town.language,
        "--time-zone": town.time_zone,
        "--contact-email": "buurt@gemeente.example",
        "--neighbourhoods": town.neighbourhood,
        "--admin-name": town.admin_name,
        "--admin-email": ADMIN_EMAIL,
    }
    house.run("setup", *(word for option in told.items() for word in option))


@contextmanager
def _database(name: str) -> Iterator[str]:
    server = make_url(os.environ["TEST_DATABASE_URL"])
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        with psycopg.connect(plain, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def _queue(number: int) -> Iterator[str]:
    server = os.environ["TEST_REDIS_URL"]
    if server.startswith("unix:"):
        url = f"{server.partition('?')[0]}?db={number}"
    else:
        url = urlsplit(server)._replace(path=f"/{number}").geturl()
    with Redis.from_url(url) as redis:
        redis.flushdb()
        yield url
        redis.flushdb()


@contextmanager
def _mail_server() -> Iterator[tuple[Mailbox, str]]:
    box, port = Mailbox(), _free_port()
    setattr(box, "handle_DATA", box.take_in)  # noqa: B010  the name aiosmtpd calls
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, f"smtp://127.0.0.1:{port}"
    controller.stop()


@contextmanager
def _process(house: Installation, folder: Path, *arguments: str) -> Iterator[None]:
    with (folder / f"{arguments[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", *arguments],
            env=house.environment,
            cwd=PROJECT_DIR,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask it to stop, as a supervisor does; whatever is left of its session is ended."""
    group = process.pid
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOPPING_SECONDS)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)
        process.wait()


def _answers(url: str) -> bool | None:
    try:
        with urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200) or None
    except (URLError, OSError):
        return None


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
