"""The whole schema in one place, for migrations and tests: every table, every SQL function."""

from __future__ import annotations

import importlib
import pkgutil

from sqlalchemy import Connection, MetaData, text

import participation
import voting
from database import DATABASE_NOW_SQL, Base
from participation.history import JOURNAL_APPEND_ONLY_SQL
from participation.money.models import SQL_FUNCTIONS as MONEY_SQL
from participation.plans.models import SQL_FUNCTIONS as PLANS_SQL
from voting.schema import SQL_FUNCTIONS as VOTING_SQL

SQL_FUNCTIONS: tuple[str, ...] = (
    DATABASE_NOW_SQL,
    JOURNAL_APPEND_ONLY_SQL,
    *MONEY_SQL,
    *PLANS_SQL,
    *VOTING_SQL,
)


def complete_metadata() -> MetaData:
    """The metadata after every module called ``models`` or ``history`` has been imported."""
    for package in (participation, voting):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.rpartition(".")[2] in {"models", "journal"}:
                importlib.import_module(module.name)
    importlib.import_module("app.schedule")
    return Base.metadata


def create_schema(connection: Connection) -> None:
    """Create all tables and functions in an empty database, as the migrations do."""
    complete_metadata().create_all(connection)
    for statement in SQL_FUNCTIONS:
        connection.execute(text(statement))
