"""Migrations lead an empty database to exactly what the models say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import upgrade
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from app import create_app
from app.schema import complete_metadata, create_schema
from config import Settings
from database import db, engine_url

FUNCTIONS = text(
    "SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p"
    " JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'"
)
TRIGGERS = text("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal")


@pytest.fixture
def empty_databases(worker_id: str) -> Iterator[tuple[str, str]]:
    """Two empty databases: one to migrate, one to create from the models."""
    server = make_url(os.environ["TEST_DATABASE_URL"])
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    names = tuple(f"{kind}_{os.getpid()}_{worker_id}" for kind in ("migrated", "created"))
    with psycopg.connect(plain, autocommit=True) as connection:
        for name in names:
            connection.execute(f'CREATE DATABASE "{name}"')
        yield tuple(  # type: ignore[misc]
            server.set(database=name).render_as_string(hide_password=False) for name in names
        )
        for name in names:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_migrations_equal_the_models(
    empty_databases: tuple[str, str], settings: Settings
) -> None:
    migrated_url, created_url = empty_databases
    app = create_app(replace(settings, database_url=migrated_url))
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            context = MigrationContext.configure(
                connection, opts={"compare_type": True, "compare_server_default": True}
            )
            assert compare_metadata(context, complete_metadata()) == []
            functions = set(connection.execute(FUNCTIONS).tuples())
            triggers = set(connection.execute(TRIGGERS).tuples())
        db.engine.dispose()
    engine = create_engine(engine_url(created_url))
    with engine.begin() as connection:
        create_schema(connection)
        assert functions == set(connection.execute(FUNCTIONS).tuples())
        assert triggers == set(connection.execute(TRIGGERS).tuples())
    engine.dispose()
