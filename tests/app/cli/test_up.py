"""Starting everything and stopping it: pages and worker answer, and nothing is left running."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg
import pytest

from config import PROJECT_DIR

ENGINE_VARIABLES = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PUBLIC_URL", "BUURTBESLIST_ENV")


@dataclass
class Installation:
    """A private installation in a folder of its own, at a port of its own."""

    folder: Path
    port: int
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self) -> subprocess.Popen[str]:
        environ = {k: v for k, v in os.environ.items() if k not in ENGINE_VARIABLES}
        process = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "up", "--no-demo", "--port", str(self.port)],
            cwd=PROJECT_DIR,
            env={**environ, "INSTANCE_DIR": str(self.folder)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def pid_of(self, name: str) -> int:
        """The process that runs a part, as written down by the start."""
        files = (self.folder / "programs.json", self.folder / "processes.json")
        records = [each for file in files for each in json.loads(file.read_text("utf-8"))]
        return int(next(each["pid"] for each in records if each["name"] == name))

    def processes(self) -> list[psutil.Process]:
        """Every process that belongs to this installation, by what its environment says."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("INSTANCE_DIR") == str(self.folder):
                    found.append(process)
            except psutil.Error:
                continue
        return [each for each in found if each.pid != os.getpid()]

    def health(self) -> int:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)) as connection:
            connection.request("GET", "/healthz")
            with connection.getresponse() as response:
                return response.status


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    installation = Installation(tmp_path, port)
    yield installation
    for process in (*installation.processes(), *installation.started):
        process.kill()
    for process in installation.started:
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def wait_until_served(process: subprocess.Popen[str]) -> list[str]:
    """Read what is shown until the last line of a good start."""
    assert process.stdout is not None
    shown = []
    for line in process.stdout:
        shown.append(line.rstrip())
        if "Ctrl-C stops everything" in line:
            return shown
    raise AssertionError("\n".join(shown))


def stop(process: subprocess.Popen[str], number: signal.Signals) -> str:
    process.send_signal(number)
    output, _ = process.communicate(timeout=60)
    return output


@pytest.mark.timeout(180)
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_stops_all_that_was_started(
    installation: Installation, number: signal.Signals
) -> None:
    process = installation.start()
    shown = wait_until_served(process)
    assert f"http://127.0.0.1:{installation.port}/" in "\n".join(shown)
    assert installation.health() == 200
    assert len(installation.processes()) >= 6
    assert "nothing is left running" in stop(process, number)
    assert process.returncode == 0
    assert installation.processes() == []


@pytest.mark.timeout(180)
def test_worker_keeps_the_schedule_and_does_the_jobs(installation: Installation) -> None:
    process = installation.start()
    wait_until_served(process)
    query = "SELECT count(*) FROM scheduled_run WHERE finished_at IS NOT NULL"
    address = f"postgresql://postgres@/buurtbeslist?host={installation.folder / 'pg'}"
    deadline = time.monotonic() + 60
    finished = 0
    while finished == 0 and time.monotonic() < deadline:
        with psycopg.connect(address) as connection:
            row = connection.execute(query).fetchone()
        finished = row[0] if row else 0
        time.sleep(0.5)
    stop(process, signal.SIGINT)
    assert finished >= 1


@pytest.mark.timeout(180)
def test_start_after_a_kill_finds_its_port_and_its_data(installation: Installation) -> None:
    killed = installation.start()
    wait_until_served(killed)
    killed.kill()
    killed.communicate()
    assert installation.processes() != []
    process = installation.start()
    wait_until_served(process)
    stop(process, signal.SIGINT)
    assert installation.processes() == []


@pytest.mark.timeout(180)
def test_second_start_and_taken_port_are_one_sentence(installation: Installation) -> None:
    with socket.create_server(("127.0.0.1", installation.port)):
        refused = installation.start()
        output, _ = refused.communicate(timeout=60)
    assert refused.returncode == 1
    assert re.search(
        rf"Port {installation.port} cannot be used .*PORT={installation.port + 1}", output
    )
    assert "Traceback" not in output
    assert installation.processes() == []


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", ["web", "worker", "postgres", "redis"])
def test_part_that_ends_by_itself_stops_the_rest(installation: Installation, name: str) -> None:
    process = installation.start()
    wait_until_served(process)
    os.kill(installation.pid_of(name), signal.SIGKILL)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"The {name} stopped by itself" in output
    assert "Traceback" not in output
    assert installation.processes() == []


def test_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    from app.cli.up import secret_key

    first = secret_key(tmp_path / "secret_key")
    assert len(first) >= 32
    assert secret_key(tmp_path / "secret_key") == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
