"""What a start needs to know before it loads the web: newest tables, any town."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from alembic.script import ScriptDirectory
from sqlalchemy.engine import make_url

from app.cli.readiness import has_newest_tables, has_town, newest_revision
from config import PROJECT_DIR


@pytest.fixture
def empty_database(database_url: str) -> str:
    """An address of the empty maintenance database beside the tests' own."""
    return make_url(database_url).set(database="postgres").render_as_string(hide_password=False)


def test_newest_revision_is_the_head_of_the_migrations() -> None:
    assert newest_revision() == ScriptDirectory(str(PROJECT_DIR / "migrations")).get_current_head()


def test_number_and_not_the_order_of_files_decides(tmp_path: Path) -> None:
    for number in ("0002", "0010", "0009"):
        (tmp_path / f"{number}_x.py").write_text(f'revision = "{number}"\n', encoding="utf-8")
    (tmp_path / "notes.py").write_text("", encoding="utf-8")
    assert newest_revision(tmp_path) == "0010"


def test_empty_database_has_neither_tables_nor_town(empty_database: str) -> None:
    assert not has_newest_tables(empty_database)
    assert not has_town(empty_database)


def test_town_is_seen_as_soon_as_it_is_there(schema: str) -> None:
    address = schema.replace("postgresql://", "postgresql+psycopg://", 1)
    assert not has_town(address)


def test_older_tables_are_noticed(empty_database: str) -> None:
    with psycopg.connect(empty_database) as connection:
        name = "test_readiness_versions"
        connection.execute(f"CREATE SCHEMA {name}")
        connection.execute(f"CREATE TABLE {name}.alembic_version AS SELECT '0001' AS version_num")
        connection.commit()
    separator = "&" if "?" in empty_database else "?"
    older = f"{empty_database}{separator}options=-csearch_path%3D{name}"
    try:
        assert not has_newest_tables(older)
        with psycopg.connect(older) as connection:
            connection.execute("UPDATE alembic_version SET version_num = %s", [newest_revision()])
        assert has_newest_tables(older)
    finally:
        with psycopg.connect(empty_database) as connection:
            connection.execute(f"DROP SCHEMA {name} CASCADE")
