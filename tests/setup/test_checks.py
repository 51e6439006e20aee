"""``make test``: every stage runs, each failure is named, and the closing line stays the last."""

from __future__ import annotations

import os
import threading
import time

import pytest

from setup.checks import Stage, _show_all_but_last_line, run_stages
from setup.places import VENV_BIN


def test_later_stages_run_after_a_failure(capfd: pytest.CaptureFixture[str]) -> None:
    stages = (
        Stage("First", ("python", "-c", "print('why it failed'); raise SystemExit(1)")),
        Stage("Second", ("python", "-c", "")),
        Stage("Third", ("no-such-program",)),
    )
    assert (VENV_BIN / "python").exists()
    assert run_stages(stages) == ["First", "Third"]
    shown = capfd.readouterr().out
    assert "why it failed" in shown
    assert "✓ Second" in shown


@pytest.mark.parametrize(
    ("shown", "closing"),
    [("....\n", "== 4 passed in 1s =="), ("", "one line"), ("two\nlines\n", "and the last")],
)
def test_closing_line_is_held_back(
    shown: str, closing: str, capfd: pytest.CaptureFixture[str]
) -> None:
    reading, writing = os.pipe()
    os.write(writing, f"{shown}{closing}\n".encode())
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        assert _show_all_but_last_line(source) == closing
    assert capfd.readouterr().out == shown


def test_closing_line_that_comes_in_pieces_is_held_back_whole(
    capfd: pytest.CaptureFixture[str],
) -> None:
    reading, writing = os.pipe()

    def write() -> None:
        for piece in ("..", ".. [100%]\n", "=== 4 passed", " in 1s ===", "\n"):
            os.write(writing, piece.encode())
            time.sleep(0.05)
        os.close(writing)

    writer = threading.Thread(target=write)
    writer.start()
    with os.fdopen(reading, "rb") as source:
        assert _show_all_but_last_line(source) == "=== 4 passed in 1s ==="
    writer.join()
    assert capfd.readouterr().out == ".... [100%]\n"
