"""What ``make`` can be asked: each target's steps in order, each failure as one sentence."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence

from setup import assets, browser, catalogues, checks, environment
from setup.places import (
    BUILD,
    DIST,
    INSTANCE,
    NODE_MODULES,
    SPACE_FOR_RUNNING,
    SPACE_FOR_SETUP,
    VENV,
    VENV_BIN,
    VENV_PYTHON,
    not_running,
    one_setup_at_a_time,
    require_free_port,
    require_space,
)
from setup.problems import SetupError, problem_of_system
from setup.steps import Command, run_logged, say, side_by_side, step


def main(arguments: Sequence[str]) -> int:
    """Carry out one target; the exit code for ``make``."""
    name, *rest = arguments or ["help"]
    target = TARGETS.get(name)
    if target is None:
        say(f"There is no target {name}. Choose from: {', '.join(TARGETS)}.")
        return 2
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)  # all three end what was started
    os.umask(0o022)  # as root, the database runs as another user who must read what is installed
    try:
        return target(rest)
    except SetupError as problem:
        sys.stderr.write(f"\n{problem}\n")
    except OSError as error:
        sys.stderr.write(f"\n{problem_of_system(error)}\n")
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return 1


def run(arguments: Sequence[str]) -> int:
    """Set up what is missing, then become ``buurtbeslist up``."""
    port = _port(arguments)
    if not is_ready(environment.EMBEDDED):
        require_free_port(port)  # later starts learn it soon enough from `up`
    set_up(environment.EMBEDDED)
    os.execv(
        VENV_PYTHON,
        [str(VENV_PYTHON), "-m", "app.cli", "up", "--port", str(port), "--stop-with-parent"],
    )


def test(arguments: Sequence[str]) -> int:
    """Set up what is missing, then run every check and every test."""
    set_up(environment.DEV)
    return checks.run_checks(browser.provide_chromium(), arguments)


def set_up(lock: str) -> None:
    """Environment, front end and catalogues; the first two at the same time where npm is there."""
    ready = is_ready(lock)
    require_space(SPACE_FOR_RUNNING if ready else SPACE_FOR_SETUP)
    with one_setup_at_a_time():
        if not ready:
            say("Setting up; the first time this takes a minute or so.")
        if assets.has_npm():
            side_by_side(lambda: environment.install(lock), _front_end)
        else:
            environment.install(lock)
            _front_end()
        catalogues.compile_catalogues()


def is_ready(lock: str) -> bool:
    """Whether nothing has to be fetched before the product can start."""
    return environment.is_installed(lock) and assets.is_fetched()


def _front_end() -> None:
    assets.fetch_packages()
    assets.build()


def _only_set_up(_arguments: Sequence[str]) -> int:
    set_up(environment.DEV)
    return 0


def _install(_arguments: Sequence[str]) -> int:
    set_up(environment.PRODUCTION)
    return 0


def _lock(arguments: Sequence[str]) -> int:
    environment.compile_locks(upgrade="upgrade" in arguments)
    with step("package-lock.json"):
        verb = "update" if "upgrade" in arguments else "install"
        command: Command = ["npm", verb, "--package-lock-only", "--ignore-scripts"]
        run_logged("package-lock.json", command, log_name="npm")
    return 0


def _translations(_arguments: Sequence[str]) -> int:
    set_up(environment.DEV)
    catalogues.renew_catalogues()
    return 0


def _format(_arguments: Sequence[str]) -> int:
    set_up(environment.DEV)
    for title, command in (
        ("Imports and simple faults", ["ruff", "check", "--fix", "--exit-zero", "."]),
        ("Form", ["ruff", "format", "."]),
    ):
        with step(title):
            run_logged(title, [VENV_BIN / command[0], *command[1:]], log_name="format")
    return 0


def _clean(_arguments: Sequence[str]) -> int:
    with step("Environment, packages and built files removed; instance/ kept"):
        for folder in (VENV, NODE_MODULES, DIST, BUILD):
            shutil.rmtree(folder, ignore_errors=True)
    return 0


def _reset(_arguments: Sequence[str]) -> int:
    with step("Private data removed; the next start makes the demo anew"), not_running():
        shutil.rmtree(INSTANCE, ignore_errors=True)
    return 0


def _port(arguments: Sequence[str]) -> int:
    text = arguments[0] if arguments else "8000"
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise SetupError(
            f"PORT is {text!r}: choose a number from 1024 to 65535, such as PORT=8001."
        )
    return int(text)


TARGETS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "setup": _only_set_up,
    "install": _install,
    "lock": _lock,
    "translations": _translations,
    "fmt": _format,
    "clean": _clean,
    "reset": _reset,
}
