"""The database of a test run: one per worker, on the real engine, each test in a savepoint.

``make test`` sets TEST_DATABASE_URL and TEST_REDIS_URL. By hand:
``buurtbeslist with-engines --tests -- pytest tests/…``
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import psycopg
import pytest
from flask import Flask
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.engine import make_url

from app import create_app
from app.schema import create_schema
from config import Environment, Settings
from database import Base, db, engine_url
from tests.reporting import FOLDER_VARIABLE, counted

SECRET_KEY = "test-secret-key-that-is-only-for-tests"


def pytest_configure(config: pytest.Config) -> None:
    """Give all workers of this run one folder for what they count."""
    if not hasattr(config, "workerinput"):
        os.environ[FOLDER_VARIABLE] = tempfile.mkdtemp(prefix="counts-")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted: pages looked at, requests made."""
    if hasattr(terminalreporter.config, "workerinput"):
        return  # a worker that ends first must not take the others' counts away
    folder = Path(os.environ[FOLDER_VARIABLE])
    lines = counted(folder)
    if lines:
        terminalreporter.section("counted")
        for line in lines:
            terminalreporter.write_line(line)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def database_url(worker_id: str) -> Iterator[str]:
    """A database of this worker's own, made from the models and removed afterwards."""
    server = os.environ.get("TEST_DATABASE_URL")
    if not server:
        pytest.exit(
            "TEST_DATABASE_URL is not set. Run: buurtbeslist with-engines --tests -- pytest", 4
        )
    name = f"test_{os.getpid()}_{worker_id}"
    with psycopg.connect(_libpq(server), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(_libpq(server), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a test installation."""
    folder: Path = tmp_path_factory.mktemp("instance")
    return Settings(
        environment=Environment.TEST,
        database_url=database_url,
        redis_url=os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/15"),
        secret_key=SECRET_KEY,
        public_url="http://localhost",
        instance_dir=folder,
        pepper_dir=folder / "peppers",
        smtp_url="",
        mail_from="test@localhost",
        trusted_proxies=0,
    )


@pytest.fixture(scope="session")
def schema(database_url: str) -> str:
    """The database with all tables and functions."""
    engine = create_engine(engine_url(database_url))
    with engine.begin() as connection:
        create_schema(connection)
        let_ids_of_tables_differ(connection)
    engine.dispose()
    return database_url


@pytest.fixture(scope="session")
def bare_app(schema: str) -> Iterator[Flask]:
    """Only the database, for tests of the domain: it must not need the web."""
    application = Flask("domain")
    application.config["SQLALCHEMY_DATABASE_URI"] = engine_url(schema)
    application.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"pool_size": 80}
    db.init_app(application)
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def app(schema: str, settings: Settings) -> Iterator[Flask]:
    """The real application on this worker's database."""
    application = create_app(settings)
    application.config["TESTING"] = True
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture
def session(bare_app: Flask) -> Iterator[None]:
    """One test in one transaction that is rolled back; commits inside become savepoints."""
    with bare_app.app_context():
        # Flask-SQLAlchemy asks its list of engines, whatever a session was bound to.
        engines = cast(dict[str | None, Engine | Connection], db.engines)
        engine = db.engine
        db.session.remove()
        db.session.configure(join_transaction_mode="create_savepoint")
        with engine.connect() as connection:
            outer = connection.begin()
            engines[None] = connection
            try:
                yield
            finally:
                db.session.remove()
                engines[None] = engine
                db.session.configure(join_transaction_mode="conditional_savepoint")
                outer.rollback()


@pytest.fixture
def committed(bare_app: Flask) -> Iterator[None]:
    """For threads and real requests: commits stay until the test ends, then all tables empty."""
    with bare_app.app_context():
        yield
        db.session.remove()
        empty_tables()


def empty_tables() -> None:
    """Empty every table at once; the journal's guard is lifted for that moment."""
    names = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
    with db.engine.begin() as connection:
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
        connection.execute(text("SET session_replication_role = DEFAULT"))


@pytest.fixture
def now() -> datetime:
    """A fixed moment, a Tuesday in the year before the plan year 2027."""
    return datetime(2026, 6, 2, 10, 0, tzinfo=UTC)


def let_ids_of_tables_differ(connection: Connection) -> None:
    """Start each table's ids elsewhere, so that a test cannot pass by mixing up two ids."""
    rows = connection.execute(
        text("SELECT sequencename FROM pg_sequences WHERE schemaname = 'public'")
    ).scalars()
    for number, name in enumerate(sorted(rows), start=1):
        connection.execute(text(f'ALTER SEQUENCE "{name}" START WITH {number * 1000} RESTART'))


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
