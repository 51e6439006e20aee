"""A program beside private engines: it finds them, and nothing of either is left afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from config import PROJECT_DIR

ASKS = "import os; print(*(name for name in {names} if os.environ.get(name)))"
STAYS = """
import subprocess, sys
with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(99)"]):
    print("started", flush=True)
"""


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "app.cli", "with-engines", *arguments],
        cwd=PROJECT_DIR,
        env={**os.environ, "INSTANCE_DIR": str(folder)},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ((), ("DATABASE_URL", "REDIS_URL")),
        (("--tests",), ("TEST_DATABASE_URL", "TEST_REDIS_URL")),
    ],
)
def test_program_finds_the_engines(
    tmp_path: Path, options: tuple[str, ...], names: tuple[str, ...]
) -> None:
    code = ASKS.format(names=names)
    with start(tmp_path, *options, "--", sys.executable, "-c", code) as process:
        output, _ = process.communicate(timeout=60)
    assert output.split() == list(names)


def test_exit_code_is_the_programs_own(tmp_path: Path) -> None:
    with start(tmp_path, "--tests", "--", sys.executable, "-c", "raise SystemExit(7)") as process:
        process.communicate(timeout=60)
    assert process.returncode == 7
    assert list(tmp_path.glob("test-*")) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_ends_the_program_and_all_it_started(
    tmp_path: Path, number: signal.Signals
) -> None:
    with start(tmp_path, "--tests", "--", sys.executable, "-c", STAYS) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        family = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(number)
        process.communicate(timeout=60)
    assert process.returncode == 130
    assert len(family) >= 4  # both engines, the program and what it started
    assert [each for each in family if each.is_running()] == []
    assert list(tmp_path.glob("test-*")) == []
