"""What is committed about third-party code: exact versions and hashes, and no address."""

from __future__ import annotations

import json
import re

import pytest

from config import PROJECT_DIR
from setup.environment import LOCKS

LOCK_NAMES = [name for name, _ in LOCKS]


@pytest.mark.parametrize("name", LOCK_NAMES)
def test_lock_pins_and_hashes_every_package(name: str) -> None:
    text = (PROJECT_DIR / name).read_text(encoding="utf-8")
    packages = re.findall(
        r"^([a-z0-9][\w.-]*)(.*?)(?=^[a-z0-9]|\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert packages
    for package, rest in packages:
        assert re.match(r"(\[[\w,-]+\])?==\S+", rest), f"{package} is not pinned"
        assert "--hash=sha256:" in rest, f"{package} has no hash"


@pytest.mark.parametrize("name", [*LOCK_NAMES, ".npmrc", "pyproject.toml"])
def test_no_address_of_a_registry_is_committed(name: str) -> None:
    text = (PROJECT_DIR / name).read_text(encoding="utf-8")
    assert "://" not in text


def test_npm_lock_names_no_download_address() -> None:
    lock = json.loads((PROJECT_DIR / "package-lock.json").read_text(encoding="utf-8"))
    for name, package in lock["packages"].items():
        assert "resolved" not in package, name
        assert not name or "integrity" in package, name
