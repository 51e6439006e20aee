"""Chromium for the browser tests: found on the machine, or installed in the way that works here."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from setup.places import VENV_PYTHON
from setup.problems import SetupError
from setup.steps import Command, run_logged, step

# The tests read this: the program to drive. Unset, they drive Playwright's own Chromium.
VARIABLE = "CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BUNDLES = (
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
)
SORRY = (
    "The browser tests need Chromium, and it could not be installed: install it (on Debian and "
    "Ubuntu: sudo apt-get install chromium), or set CHROMIUM to the program, and try again."
)


def provide_chromium() -> dict[str, str]:
    """Environment variables that tell the tests which Chromium to drive.

    :raises SetupError: when there is none and none can be installed.
    """
    found = find_chromium()
    if found is None and _can_use_apt():
        _install_with_apt()
        found = find_chromium()
    if found is not None:
        return {VARIABLE: str(found)}
    _install_with_playwright()
    return {}


def find_chromium() -> Path | None:
    """The Chromium of this machine: the one named in ``CHROMIUM``, else one on the path.

    :raises SetupError: when ``CHROMIUM`` names a program that is not there.
    """
    named = os.environ.get(VARIABLE)
    if named:
        if shutil.which(named) is None:
            raise SetupError(f"CHROMIUM is {named}, and that is no program: correct or unset it.")
        return Path(named)
    on_path = next(filter(None, map(shutil.which, NAMES)), None)
    if on_path is not None:
        return Path(on_path)
    return next((bundle for bundle in BUNDLES if bundle.exists()), None)


def _can_use_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install_with_apt() -> None:
    try:
        with step("Chromium, with apt-get"):
            _apt("update")
            _apt("install", "--yes", "--no-install-recommends", "chromium")
    except SetupError as problem:
        raise SetupError(f"{SORRY} ({problem})") from problem


def _apt(*arguments: str) -> None:
    environ = {"DEBIAN_FRONTEND": "noninteractive"}
    command: Command = ["apt-get", *arguments]
    run_logged("Chromium", command, log_name="apt", fetches=True, environ=environ)


def _install_with_playwright() -> None:
    try:
        with step("Chromium, with Playwright"):
            command: Command = [VENV_PYTHON, "-m", "playwright", "install", "chromium"]
            run_logged("Chromium", command, log_name="playwright", fetches=True)
    except SetupError as problem:
        raise SetupError(f"{SORRY} ({problem})") from problem
