"""The command line: every command is there, and asking for help loads no web."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from app.cli import COMMANDS, main
from config import PROJECT_DIR


def test_help_lists_every_command() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for name, entry in COMMANDS.items():
        assert f"  {name} " in result.output
        assert entry.summary in result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_loaded(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert isinstance(command, click.Command)
    assert command.help


def test_unknown_command_is_refused() -> None:
    result = CliRunner().invoke(main, ["cuont"])
    assert result.exit_code == 2
    assert "No such command" in result.output


def test_help_loads_neither_web_nor_database() -> None:
    code = "import sys, app.cli; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT_DIR, capture_output=True, text=True, check=True
    )
    assert not {"flask", "sqlalchemy", "redis", "psycopg"} & set(done.stdout.split())


def test_missing_setting_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    result = CliRunner().invoke(main, ["upgrade"])
    assert result.exit_code == 1
    assert "DATABASE_URL is not set" in result.output
