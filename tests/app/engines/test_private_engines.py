"""The private engines: real ones, durable, reachable by their owner alone, and gone afterwards."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from app.engines import EngineAddresses, EngineError, private_engines, sweep

HOLDER = """
import sys, time
from pathlib import Path
from app.engines import private_engines
with private_engines(Path(sys.argv[1]), durable=False):
    print("ready", flush=True)
    time.sleep(60)
"""


def recorded_pids(folder: Path) -> list[int]:
    return [each["pid"] for each in json.loads((folder / "processes.json").read_text())]


def is_running(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def killed_holder(tmp_path: Path) -> Iterator[Path]:
    """A folder whose engines still run although the process that started them was killed."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "ready\n"
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    holder.stdout.close()
    yield tmp_path
    sweep(tmp_path.parent, tmp_path.name)


def test_engines_answer_and_end_with_the_block(tmp_path: Path) -> None:
    with private_engines(tmp_path, durable=True) as at:
        pids = recorded_pids(tmp_path)
        with psycopg.connect(at.database_url) as connection:
            answer = connection.execute("SELECT lower('ÉÖ'), current_database()").fetchone()
        with redis.Redis.from_url(at.redis_url) as client:
            assert client.ping()
    assert answer == ("éö", "buurtbeslist")
    assert len(pids) == 2
    assert not any(map(is_running, pids))
    assert not (tmp_path / "processes.json").exists()


def test_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    with (
        private_engines(tmp_path, durable=True) as at,
        psycopg.connect(at.database_url) as connection,
    ):
        values = [connection.execute(f"SHOW {name}").fetchone() for name in names]
    assert values == [("on",), ("on",), ("on",)]


def test_nobody_else_can_reach_the_sockets(tmp_path: Path) -> None:
    with (
        private_engines(tmp_path, durable=False) as at,
        psycopg.connect(at.database_url) as connection,
    ):
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        for folder in (tmp_path / "pg", tmp_path / "rd", tmp_path / "postgres"):
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_data_are_there_at_the_next_start(tmp_path: Path) -> None:
    with (
        private_engines(tmp_path, durable=True) as at,
        psycopg.connect(at.database_url) as connection,
    ):
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")
        with redis.Redis.from_url(at.redis_url) as client:
            client.set("kept", "8")
    with (
        private_engines(tmp_path, durable=True) as at,
        psycopg.connect(at.database_url) as connection,
    ):
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)
        with redis.Redis.from_url(at.redis_url) as client:
            assert client.get("kept") == b"8"


def test_deep_folder_gets_its_sockets_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 70) / ("y" * 70)
    with (
        private_engines(deep, durable=False) as at,
        psycopg.connect(at.database_url) as connection,
    ):
        folder = Path(connection.info.host)
        assert tmp_path not in folder.parents
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert not folder.exists()


def test_half_made_database_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "postgres.new").mkdir()
    (tmp_path / "postgres.new" / "PG_VERSION").write_text("18\n", encoding="ascii")
    with private_engines(tmp_path, durable=False) as at, psycopg.connect(at.database_url):
        assert not (tmp_path / "postgres.new").exists()


def test_second_start_in_the_same_folder_is_refused(tmp_path: Path) -> None:
    with private_engines(tmp_path, durable=False) as at:
        with (
            pytest.raises(EngineError, match="already runs"),
            private_engines(tmp_path, durable=False),
        ):
            pass
        psycopg.connect(at.database_url).close()


def test_given_engine_is_not_started(tmp_path: Path) -> None:
    given = EngineAddresses("postgresql://town/database", "")
    with private_engines(tmp_path, durable=False, given=given) as at:
        assert at.database_url == given.database_url
        assert len(recorded_pids(tmp_path)) == 1
    assert not (tmp_path / "postgres").exists()


def test_start_after_a_kill_ends_what_was_left_running(killed_holder: Path) -> None:
    left = recorded_pids(killed_holder)
    assert all(map(is_running, left))
    with private_engines(killed_holder, durable=False) as at:
        psycopg.connect(at.database_url).close()
        assert not any(map(is_running, left))


def test_sweep_removes_only_folders_whose_owner_is_gone(killed_holder: Path) -> None:
    left = recorded_pids(killed_holder)
    mine = killed_holder.parent / f"{killed_holder.name}-mine"
    with private_engines(mine, durable=False) as at:
        sweep(killed_holder.parent, f"{killed_holder.name}*")
        psycopg.connect(at.database_url).close()
    assert not killed_holder.exists()
    assert not any(map(is_running, left))


def test_stranger_with_a_recorded_number_is_spared(tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    try:
        record = {
            "name": "web",
            "pid": stranger.pid,
            "started": time.time() - 9999,
            "stop_signal": 15,
        }
        (tmp_path / "processes.json").write_text(json.dumps([record]), encoding="utf-8")
        with private_engines(tmp_path, durable=False):
            assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends an account")
def test_as_root_the_database_runs_as_nobody_even_in_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with private_engines(closed / "instance", durable=False):
        owners = [psutil.Process(pid).username() for pid in recorded_pids(closed / "instance")]
    assert owners == ["nobody", "root"]
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
