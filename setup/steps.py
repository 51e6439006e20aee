"""One step of the setting up: shown with its time, its output kept in a log."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from setup.places import LOGS, ROOT
from setup.problems import problem_of_program

Command = list[str | Path]

_printing = threading.Lock()


def say(text: str = "") -> None:
    """Print one line at once, whole, whichever thread asks."""
    with _printing:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show that a step begins, and how long it took when it went well."""
    began = time.monotonic()
    say(f"  · {title} …")
    try:
        yield
    except BaseException:
        say(f"  ✗ {title}  {time.monotonic() - began:.1f} s")
        raise
    say(f"  ✓ {title}  {time.monotonic() - began:.1f} s")


def run_logged(
    step_name: str,
    command: Command,
    *,
    log_name: str,
    fetches: bool = False,
    environ: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> str:
    """Run a program, keep its output in ``build/log``, and return that output.

    ``fetches`` says that the program needs a network, so that its failure is judged by that.

    :raises SetupError: when it ends non-zero or is not there.
    """
    log = LOGS / f"{log_name}.log"
    code, output = run_quietly(command, environ=environ, folder=folder)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text(output, encoding="utf-8")
    if code != 0:
        raise problem_of_program(step_name, output, log, fetches=fetches)
    return output


def run_quietly(
    command: Command,
    *,
    environ: Mapping[str, str] | None = None,
    folder: Path = ROOT,
) -> tuple[int, str]:
    """Run a program without input; its exit code and all it printed."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=folder,
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except FileNotFoundError as error:
        return 127, f"{error.filename}: not found"
    return done.returncode, done.stdout.decode("utf-8", errors="replace")


def side_by_side(*tasks: Callable[[], None]) -> None:
    """Run tasks at the same time; the first error is raised once all have ended."""
    with ThreadPoolExecutor(max_workers=max(1, len(tasks))) as pool:
        futures = [pool.submit(task) for task in tasks]
    for future in futures:
        future.result()
