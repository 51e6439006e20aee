"""Peppers: readable by the application only, never overwritten, never guessed from a name."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from voting.errors import IntegrityRefusedError
from voting.peppers import PepperStore


def test_pepper_is_found_again_by_another_process(tmp_path: Path) -> None:
    name, pepper = PepperStore(tmp_path / "peppers").create()

    assert PepperStore(tmp_path / "peppers").read(name) == pepper


def test_pepper_is_for_its_owner_only(tmp_path: Path) -> None:
    name, _ = PepperStore(tmp_path / "peppers").create()

    assert stat.S_IMODE((tmp_path / "peppers").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "peppers" / f"{name}.pepper").stat().st_mode) == 0o600


def test_two_peppers_differ_and_so_do_the_keys_from_one(tmp_path: Path) -> None:
    store = PepperStore(tmp_path)
    (_, one), (_, other) = store.create(), store.create()

    assert len({one.subkey("a"), one.subkey("b"), other.subkey("a")}) == 3


def test_deleted_pepper_is_missing(tmp_path: Path) -> None:
    store = PepperStore(tmp_path)
    name, _ = store.create()
    store.delete(name)

    with pytest.raises(IntegrityRefusedError):
        store.read(name)


@pytest.mark.parametrize("name", ["", "../secret", "a" * 31, "g" * 32, "A" * 32])
def test_name_that_is_no_pepper_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(IntegrityRefusedError):
        PepperStore(tmp_path).read(name)


def test_cut_off_pepper_is_refused(tmp_path: Path) -> None:
    store = PepperStore(tmp_path)
    name, _ = store.create()
    (tmp_path / f"{name}.pepper").write_bytes(b"short")

    with pytest.raises(IntegrityRefusedError):
        PepperStore(tmp_path).read(name)
