"""The environment: pip's settings are passed on, and a half-finished one is replaced."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import PROJECT_DIR
from setup.environment import uv_settings
from setup.stamps import fingerprint, is_current, write_stamp

MIRROR = "https://mirror.example/simple"


def test_index_of_pip_is_passed_on_to_uv() -> None:
    listing = f"global.index-url='{MIRROR}'\nglobal.cert='/etc/own.crt'\nglobal.timeout='60'"
    assert uv_settings(listing, {}) == {"UV_DEFAULT_INDEX": MIRROR, "SSL_CERT_FILE": "/etc/own.crt"}


def test_several_further_indexes_are_all_searched() -> None:
    listing = r"global.extra-index-url='\nfile:///a/simple\nfile:///b/simple'"
    assert uv_settings(listing, {}) == {
        "UV_INDEX": "file:///a/simple file:///b/simple",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
    }


def test_folders_of_wheels_are_separated_as_uv_wants() -> None:
    assert uv_settings(":env:.find-links='/a /b'", {}) == {"UV_FIND_LINKS": "/a,/b"}


def test_what_is_set_for_uv_itself_wins() -> None:
    listing = f"global.index-url='{MIRROR}'"
    assert uv_settings(listing, {"UV_DEFAULT_INDEX": "https://own.example"}) == {}


@pytest.mark.parametrize("state", ["half-finished", "python gone", "not an environment"])
def test_broken_environment_is_replaced(tmp_path: Path, state: str) -> None:
    shutil.copytree(PROJECT_DIR / "setup", tmp_path / "setup")
    shutil.copy(PROJECT_DIR / "requirements-uv.txt", tmp_path)
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    if state == "half-finished":
        (venv / ".unfinished").touch()
    if state == "python gone":
        (venv / "bin" / "python").symlink_to(tmp_path / "nowhere")
    uv = shutil.which("uv") or PROJECT_DIR / "build" / "uv" / "bin" / "uv"
    code = (
        f"from pathlib import Path; from setup import environment as e; e._make_venv(Path('{uv}'))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)
    asked = [venv / "bin" / "python", "-c", "import sys; print(sys.prefix)"]
    done = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(venv)
    assert not (venv / ".unfinished").exists()


def test_stamp_holds_until_an_input_changes(tmp_path: Path) -> None:
    lock, stamp = tmp_path / "lock.txt", tmp_path / "deep" / ".stamp"
    lock.write_text("one==1", encoding="utf-8")
    before = fingerprint([lock], "3.11")
    assert not is_current(stamp, before)
    write_stamp(stamp, before)
    assert is_current(stamp, before)
    assert not is_current(stamp, fingerprint([lock], "3.12"))
    lock.write_text("one==2", encoding="utf-8")
    assert not is_current(stamp, fingerprint([lock], "3.11"))
