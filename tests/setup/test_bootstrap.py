"""What somebody with the wrong machine is told: one sentence, never a traceback."""

from __future__ import annotations

import ast
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bootstrap import version_problem
from config import PROJECT_DIR

NOWHERE = "http://127.0.0.1:9"
NEEDED = ("bootstrap.py", "setup", "requirements-uv.txt", "package.json", "package-lock.json")


@pytest.fixture
def bare_copy(tmp_path: Path) -> Path:
    """What a first ``make`` reads, in an empty folder, with nothing installed."""
    for name in NEEDED:
        source = PROJECT_DIR / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / name)
    for kind in ("dev", "embedded"):
        shutil.copy(PROJECT_DIR / f"requirements-{kind}.txt", tmp_path)
    style = tmp_path / "app" / "static" / "css" / "main.css"
    style.parent.mkdir(parents=True)
    style.write_text("body { margin: 0 }", encoding="utf-8")
    return tmp_path


def bootstrap(folder: Path, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "bootstrap.py", *arguments],
        cwd=folder,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.mark.parametrize("version", [(3, 6), (3, 9), (3, 10)])
def test_old_python_is_told_which_one_is_needed(version: tuple[int, int]) -> None:
    sentence = version_problem(version)
    assert "3.11" in sentence
    assert ".".join(map(str, version)) in sentence


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 14), (4, 0)])
def test_new_python_is_accepted(version: tuple[int, int]) -> None:
    assert version_problem(version) == ""


def test_an_old_python_can_read_the_file_that_tells_it() -> None:
    source = (PROJECT_DIR / "bootstrap.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 4))
    assert "\nfrom __future__" not in source


def test_no_network_is_one_sentence(bare_copy: Path) -> None:
    done = bootstrap(
        bare_copy,
        "setup",
        PIP_INDEX_URL=NOWHERE,
        PIP_EXTRA_INDEX_URL="",
        PIP_FIND_LINKS="",
        PIP_NO_CACHE_DIR="1",
        PIP_CONFIG_FILE=os.devnull,
        UV_DEFAULT_INDEX=NOWHERE,
        UV_NO_CACHE="1",
        UV_HTTP_RETRIES="0",
        npm_config_registry=NOWHERE,
        npm_config_cache=str(bare_copy / "npm-cache"),
    )
    assert done.returncode == 1
    assert "could not be reached" in done.stderr
    assert "Check the network" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_port_in_use_names_the_port_and_another(bare_copy: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = bootstrap(bare_copy, "run", str(port))
    assert done.returncode == 1
    assert f"Port {port} cannot be used" in done.stderr
    assert f"make run PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr


def test_port_that_is_no_number_is_refused(bare_copy: Path) -> None:
    done = bootstrap(bare_copy, "run", "eighty")
    assert done.returncode == 1
    assert "PORT is 'eighty'" in done.stderr


def test_unknown_target_lists_the_targets(bare_copy: Path) -> None:
    done = bootstrap(bare_copy, "rnu")
    assert done.returncode == 2
    assert "run, test" in done.stdout
