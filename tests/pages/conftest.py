"""The demo towns in a database of their own, served to a real browser."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from werkzeug.serving import make_server

from app import create_app
from app.cli.demo import building, facts
from app.schema import create_schema
from app.transactions import transaction
from config import Environment, Settings
from database import database_now, db, engine_url
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.meetings import motions
from participation.meetings import queries as meetings
from participation.meetings.content import MeetingKind
from participation.people import queries as people
from participation.permissions import Role
from participation.phases import Phase

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TOWNS = ("lindestad", "lindenstadt")


@dataclass(frozen=True)
class Site:
    """The application with the demo in it, and where a browser finds it."""

    app: Flask
    base_url: str


@pytest.fixture(scope="session")
def demo_app(worker_id: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The real application on a database with the two demo towns."""
    server = make_url(os.environ["TEST_DATABASE_URL"])
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"pages_{os.getpid()}_{worker_id}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = server.set(database=name).render_as_string(hide_password=False)
    folder: Path = tmp_path_factory.mktemp("pages")
    application = create_app(_settings(url, folder))
    _build(application, url)
    yield application
    with application.app_context():
        db.engine.dispose()
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def site(demo_app: Flask) -> Iterator[Site]:
    """The demo, served on a free port."""
    server = make_server("127.0.0.1", 0, demo_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(demo_app, f"http://127.0.0.1:{server.port}")
    server.shutdown()
    thread.join()


# Not for the session: one process cannot drive two of them, and the journeys have their own.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """One Chromium for these tests."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None, args=list(CHROMIUM_FLAGS)
        )
        yield browser
        browser.close()


def _settings(url: str, folder: Path) -> Settings:
    return Settings(
        environment=Environment.DEMO,
        database_url=url,
        redis_url=os.environ["TEST_REDIS_URL"],
        secret_key="pages-secret-key-that-is-only-for-tests",
        public_url="http://127.0.0.1",
        instance_dir=folder,
        pepper_dir=folder / "peppers",
        smtp_url="",
        mail_from="test@localhost",
        trusted_proxies=0,
    )


def _build(application: Flask, url: str) -> None:
    engine = create_engine(engine_url(url))
    with engine.begin() as connection:
        create_schema(connection)
    engine.dispose()
    with application.app_context():
        installation = building.installation_of(application.config["SETTINGS"])
        for town in facts.towns():
            if town.id in TOWNS:
                building.build_town(town, installation, lambda _done, _total: None)
                _put_plan_to_the_vote(town.id)
        db.session.remove()


def _put_plan_to_the_vote(slug: str) -> None:
    """A motion that runs, so that the page on which two tellers count can be seen."""
    town = areas.municipality_by_slug(slug)
    assert town is not None
    cycle = next(c for c in cycles.list_current_cycles(town.id) if c.phase is Phase.ADOPT)
    meeting = next(
        m for m in meetings.meetings_of_cycle(cycle.id) if m.kind is MeetingKind.ADOPTION_MEETING
    )
    now = database_now()
    teller, second = (
        min(people.people_with_role(cycle.area_path, role, on=now.date()), key=lambda p: p.id)
        for role in (Role.FACILITATOR, Role.BOARD_MEMBER)
    )
    with transaction():
        motions.move_motion(
            actor=people.load_actor(teller, with_staff_roles=True, on=now.date()),
            meeting=meeting,
            cycle=cycle,
            second_teller_id=second.id,
            now=now,
        )
