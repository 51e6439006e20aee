"""Migrations lead an empty database to exactly what the models say."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from flask_migrate import upgrade
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.engine import make_url

from app import create_app
from app.schema import create_schema
from config import Settings
from database import db, engine_url

# What a database consists of, as PostgreSQL itself spells it.
PARTS = {
    "columns": "SELECT table_name, column_name, data_type, udt_name, is_nullable,"
    " character_maximum_length, replace(column_default, 'public.', '')"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "functions": "SELECT proname, pg_get_functiondef(oid) FROM pg_proc"
    " WHERE pronamespace = 'public'::regnamespace",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)"
    " FROM pg_trigger WHERE NOT tgisinternal",
}


@pytest.fixture
def empty_databases(worker_id: str) -> Iterator[tuple[str, str]]:
    """Two empty databases: one to migrate, one to create from the models."""
    server = make_url(os.environ["TEST_DATABASE_URL"])
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    migrated, created = (f"{kind}_{os.getpid()}_{worker_id}" for kind in ("migrated", "created"))
    with psycopg.connect(plain, autocommit=True) as connection:
        for name in (migrated, created):
            connection.execute(f'CREATE DATABASE "{name}"')
        yield (
            server.set(database=migrated).render_as_string(hide_password=False),
            server.set(database=created).render_as_string(hide_password=False),
        )
        for name in (migrated, created):
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_migrations_equal_the_models(empty_databases: tuple[str, str], settings: Settings) -> None:
    migrated_url, created_url = empty_databases
    app = create_app(replace(settings, database_url=migrated_url))
    with app.app_context():
        upgrade()
        with db.engine.connect() as connection:
            migrated = parts_of(connection)
        db.engine.dispose()
    engine = create_engine(engine_url(created_url))
    with engine.begin() as connection:
        create_schema(connection)
        created = parts_of(connection)
    engine.dispose()
    for part in PARTS:
        assert migrated[part] - created[part] == set(), part
        assert created[part] - migrated[part] == set(), part


def parts_of(connection: Connection) -> dict[str, set[tuple[object, ...]]]:
    """Every part of the schema, but for Alembic's own table."""
    return {
        name: {
            tuple(row)
            for row in connection.execute(text(query))
            if "alembic_version" not in str(row)
        }
        for name, query in PARTS.items()
    }
