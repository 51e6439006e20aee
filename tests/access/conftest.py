"""The application on a database of its own, with a town full of everything and one beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace

import psycopg
import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url

from app import create_app
from app.schema import create_schema
from config import Settings
from database import db, engine_url
from tests.access.asking import Caller, Door, caller_of, undone
from tests.access.matrix import VISITOR
from tests.access.towns import Town, build_bystanders, build_town, person
from tests.conftest import let_ids_of_tables_differ


@dataclass(frozen=True)
class House:
    """The application, the town that is asked for, and the one whose people look over the wall."""

    app: Flask
    here: Town
    there: Town

    def caller(self, who: int | None, *, town: Town | None = None, staff: bool = True) -> Caller:
        """The browser of an account of ``town`` (default: here); a visitor's without one."""
        slug = (town or self.here).slug
        with self.app.app_context():
            account = person(who) if who is not None else None
            return caller_of(self.app, slug, account, second_factor=staff)

    def as_(self, actor: str) -> Caller:
        """The browser of whoever holds a role here."""
        return self.caller(None if actor == VISITOR else self.here.holders[actor])

    def path(self, endpoint: str, **changes: object) -> str:
        """An endpoint's address with what stands in this town."""
        rule = next(self.app.url_map.iter_rules(endpoint))
        values = self.here.path_values(endpoint, rule.arguments)
        return self.app.url_map.bind("localhost").build(endpoint, {**values, **changes})


@pytest.fixture(scope="session")
def house(worker_id: str, settings: Settings) -> Iterator[House]:
    """Built once a worker; every request's writes are undone."""
    server = make_url(os.environ["TEST_DATABASE_URL"])
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    name = f"access_{os.getpid()}_{worker_id}"
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    url = server.set(database=name).render_as_string(hide_password=False)
    engine = create_engine(engine_url(url))
    with engine.begin() as opened:
        create_schema(opened)
        let_ids_of_tables_differ(opened)
    engine.dispose()
    app = create_app(replace(settings, database_url=url))
    app.config["TESTING"] = True
    with app.app_context():
        folder = settings.pepper_dir.parent
        here, there = build_town(folder, "lindestad"), build_bystanders(folder, "rodenberg")
        db.session.remove()
    yield House(app, here, there)
    with app.app_context():
        db.engine.dispose()
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def door(house: House) -> Iterator[Door]:
    """Where requests go in."""
    with undone(house.app) as opened:
        yield opened
