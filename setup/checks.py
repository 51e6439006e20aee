"""The stages of ``make test``: style, types, imports, translations, then every test.

All stages run, whatever fails. The closing line of the output is pytest's own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import IO

from setup.places import ROOT, VENV_BIN
from setup.steps import Command, run_quietly, say


@dataclass(frozen=True)
class Stage:
    """One check: what it is called and the program of ``.venv`` that makes it."""

    title: str
    command: tuple[str, ...]


STAGES = (
    Stage("Types (mypy)", ("mypy",)),
    Stage("Style (ruff check)", ("ruff", "check", ".")),
    Stage("Form (ruff format)", ("ruff", "format", "--check", ".")),
    Stage("Imports (import-linter)", ("lint-imports", "--no-logo")),
    Stage("Dependencies (deptry)", ("deptry", ".")),
    Stage("Templates (djlint)", ("djlint", "templates", "--lint", "--quiet")),
)


def run_checks(environ: Mapping[str, str], pytest_arguments: Sequence[str]) -> int:
    """Run every stage, then the tests; 0 when all went well."""
    failed = run_stages(STAGES)
    say("  · Tests (pytest) …")
    began = time.monotonic()
    code, closing = _run_pytest(environ, pytest_arguments)
    if code != 0:
        failed.append("Tests (pytest)")
    say(f"  {'✗' if code else '✓'} Tests (pytest)  {time.monotonic() - began:.1f} s")
    if failed:
        say(f"Failed: {', '.join(failed)}")
    say(closing)
    return code or (1 if failed else 0)


def run_stages(stages: Iterable[Stage]) -> list[str]:
    """Run stages two at a time, show each with its time, and return the titles that failed."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_run_stage, stages))
    return [title for title, passed in results if not passed]


def _run_stage(stage: Stage) -> tuple[str, bool]:
    began = time.monotonic()
    program, *arguments = stage.command
    code, output = run_quietly([VENV_BIN / program, *arguments])
    took = f"{time.monotonic() - began:.1f} s"
    if code == 0:
        say(f"  ✓ {stage.title}  {took}")
    else:
        say(f"{output.rstrip()}\n  ✗ {stage.title}  {took}")
    return stage.title, code == 0


def _run_pytest(environ: Mapping[str, str], arguments: Sequence[str]) -> tuple[int, str]:
    """Run the tests on private engines; their exit code, and their last line, held back."""
    command: Command = [VENV_BIN / "python", "-m", "app.cli", "with-engines", "--tests", "--"]
    command += [
        VENV_BIN / "pytest",
        "--durations=10",
        "-n",
        os.environ.get("TEST_WORKERS", "2"),
        *arguments,
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environ, "PYTHONUNBUFFERED": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        try:
            closing = _show_all_but_last_line(process.stdout)
            code = process.wait()
        except BaseException:
            process.terminate()  # it stops the engines, and we wait for it
            raise
    return code, closing


def _show_all_but_last_line(source: IO[bytes] | None) -> str:
    """Copy a program's output as it comes, save its last whole line, which is returned."""
    held = b""
    while source is not None and (chunk := os.read(source.fileno(), 65536)):
        held += chunk
        shown, held = _split_before_last_line(held)
        sys.stdout.buffer.write(shown)
        sys.stdout.buffer.flush()
    return held.decode("utf-8", errors="replace").strip("\n")


def _split_before_last_line(text: bytes) -> tuple[bytes, bytes]:
    """Part the text where its last line begins; progress on a line still growing is shown.

    pytest's closing line begins with ``=``, or with a colour, and may come in pieces.
    """
    end = len(text) - 1 if text.endswith(b"\n") else len(text)
    start = text.rfind(b"\n", 0, end) + 1
    is_progress = end == len(text) and not text[start:].startswith((b"=", b"\x1b"))
    return (text, b"") if is_progress else (text[:start], text[start:])
