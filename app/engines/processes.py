"""The processes of one start: each in its own session, written down, stopped in reverse.

In a session of its own a process does not get the terminal's ctrl-C: we choose the order.
What is written down lets the next start end what a killed start left running.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import psutil

from app.engines.errors import EngineError

STOPPING_SECONDS = 10.0


@dataclass(frozen=True)
class Recorded:
    """A process as written down; its start (seconds since 1970) tells it from a later namesake."""

    name: str
    pid: int
    started: float
    stop_signal: int


@dataclass
class Running:
    """A process that we started, and where its output goes."""

    record: Recorded
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def name(self) -> str:
        return self.record.name

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def last_line(self) -> str:
        """The last line it printed, which often says why it ended."""
        try:
            lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return ""
        return next((line.strip() for line in reversed(lines) if line.strip()), "")


class ProcessGroup:
    """All processes of one start. Leaving the block stops them, the last started first."""

    def __init__(self, record_file: Path, log_folder: Path) -> None:
        self._record_file = record_file
        self._log_folder = log_folder
        self._running: list[Running] = []

    def __enter__(self) -> Self:
        end_left_over(self._record_file)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop_all()

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        user: int | None = None,
        group: int | None = None,
        stop_signal: int = signal.SIGTERM,
    ) -> Running:
        """Start a program; its output goes to ``<name>.log``, its input is empty.

        :raises EngineError: when the program cannot be started at all.
        """
        self._log_folder.mkdir(parents=True, exist_ok=True)
        log = self._log_folder / f"{name}.log"
        with log.open("wb") as output:
            process = _spawn(name, command, output, owner=(user, group))
        record = Recorded(name, process.pid, _started(process.pid), int(stop_signal))
        running = Running(record, process, log)
        self._running.append(running)
        self._write_down()
        return running

    def ended(self) -> Running | None:
        """The first process that has ended although nobody stopped it."""
        return next((each for each in self._running if each.has_ended()), None)

    def stop_all(self) -> None:
        """Stop every process, the last started first; one that will not stop is killed."""
        while self._running:
            running = self._running[-1]
            _stop(running.process, running.record.stop_signal)
            self._running.pop()
            self._write_down()
        self._record_file.unlink(missing_ok=True)

    def kill_all(self) -> None:
        """End every process at once, without waiting for it to finish its work."""
        for running in reversed(self._running):
            _signal_group(running.record.pid, signal.SIGKILL)

    def _write_down(self) -> None:
        self._record_file.parent.mkdir(parents=True, exist_ok=True)
        lines = json.dumps([asdict(each.record) for each in self._running])
        fresh = self._record_file.with_suffix(".new")
        fresh.write_text(lines, encoding="utf-8")
        fresh.replace(self._record_file)


def end_left_over(record_file: Path) -> list[str]:
    """End what an earlier start wrote down and left running; the names of what was ended."""
    ended = []
    for record in reversed(_read_records(record_file)):
        if abs(_started(record.pid) - record.started) > 1:
            continue
        _signal_group(record.pid, record.stop_signal)
        deadline = time.monotonic() + STOPPING_SECONDS
        while _started(record.pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        _signal_group(record.pid, signal.SIGKILL)
        ended.append(record.name)
    record_file.unlink(missing_ok=True)
    return ended


def end_with_descendants(pid: int) -> None:
    """End a process and all that it started; one that will not end is killed."""
    with suppress(psutil.NoSuchProcess):
        leader = psutil.Process(pid)
        family = [leader, *leader.children(recursive=True)]
        for process in family:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        _, staying = psutil.wait_procs(family, timeout=STOPPING_SECONDS)
        for process in staying:
            with suppress(psutil.NoSuchProcess):
                process.kill()


def _spawn(
    name: str,
    command: Sequence[str | Path],
    output: IO[bytes],
    *,
    owner: tuple[int | None, int | None],
) -> subprocess.Popen[bytes]:
    user, group = owner
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            user=user,
            group=group,
            extra_groups=None if user is None else [],
            start_new_session=True,
        )
    except OSError as error:
        raise EngineError(f"{name} could not be started: {error}.") from error


def _stop(process: subprocess.Popen[bytes], stop_signal: int) -> None:
    if process.poll() is None:
        process.send_signal(stop_signal)
        deadline = time.monotonic() + STOPPING_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
    _signal_group(process.pid, signal.SIGKILL)
    process.wait()


def _signal_group(pid: int, number: int) -> None:
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return


def _started(pid: int) -> float:
    try:
        process = psutil.Process(pid)
        return 0.0 if process.status() == psutil.STATUS_ZOMBIE else process.create_time()
    except psutil.NoSuchProcess:
        return 0.0


def _read_records(record_file: Path) -> list[Recorded]:
    try:
        return [Recorded(**each) for each in json.loads(record_file.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError):
        return []
