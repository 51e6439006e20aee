"""Whether a database still needs its tables or a town, asked without loading the web.

The second start is quick because of it: the product is loaded once, by the processes that serve.
"""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
from psycopg.errors import UndefinedTable

from config import PROJECT_DIR

MIGRATIONS = PROJECT_DIR / "migrations" / "versions"
REVISION = re.compile(r'^revision = "(\w+)"', re.MULTILINE)


def has_newest_tables(database_url: str) -> bool:
    """Whether the last migration has been applied."""
    return _first(database_url, "SELECT version_num FROM alembic_version") == newest_revision()


def has_town(database_url: str) -> bool:
    """Whether anybody has set up a municipality yet."""
    return bool(_first(database_url, "SELECT EXISTS (SELECT FROM municipality)"))


def newest_revision(folder: Path = MIGRATIONS) -> str:
    """The last migration; they are numbered, and each follows the one before."""
    files = folder.glob("*.py")
    return max(found[1] for file in files if (found := REVISION.search(file.read_text("utf-8"))))


def _first(database_url: str, query: str) -> object:
    address = database_url.replace("postgresql+psycopg://", "postgresql://", 1)
    with psycopg.connect(address) as connection:
        try:
            row = connection.execute(query.encode()).fetchone()
        except UndefinedTable:
            return None
    return row[0] if row else None
