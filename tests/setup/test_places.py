"""Questions asked of the machine before anything is fetched."""

from __future__ import annotations

import errno
import socket
from pathlib import Path

import pytest

from setup.places import SPACE_FOR_SETUP, require_free_port, require_space
from setup.problems import NO_SPACE, SetupError, problem_of_program, problem_of_system

LOG = Path("build/log/python.log")


def test_nearly_full_disk_is_refused_with_both_amounts() -> None:
    with pytest.raises(SetupError, match=r"Only 0\.3 GB is free .* and 2\.0 GB is needed"):
        require_space(SPACE_FOR_SETUP, free=300_000_000)


def test_disk_with_enough_space_is_accepted() -> None:
    require_space(SPACE_FOR_SETUP, free=SPACE_FOR_SETUP)


def test_port_in_use_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SetupError, match=f"make run PORT={port + 1}"):
            require_free_port(port)
    require_free_port(port)


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("error: failed to write: No space left on device (os error 28)", NO_SPACE),
        ("npm error code ENOSPC", NO_SPACE),
        ("error: error sending request for url: dns error", "Check the network"),
        ("npm error code ENOTFOUND", "Check the network"),
        ("pip: Failed to resolve 'x' ([Errno -3] Temporary failure)", "Check the network"),
        ("invalid peer certificate: UnknownIssuer", "SSL_CERT_FILE"),
        ("first\nhash mismatch for numpy\n\n", "hash mismatch for numpy"),
        ("✘ [ERROR] Could not resolve x\n\nNode.js v20", "[ERROR] Could not resolve x"),
        ("", "no output"),
    ],
)
def test_failed_program_becomes_one_sentence(output: str, said: str) -> None:
    sentence = str(problem_of_program("Python packages", output, LOG, fetches=True))
    assert said in sentence
    assert "\n" not in sentence


def test_network_is_blamed_only_where_one_is_needed() -> None:
    sentence = str(problem_of_program("Styles", "plugin timed out", LOG, fetches=False))
    assert sentence == f"Styles failed: plugin timed out (details: {LOG})."


def test_full_disk_and_foreign_files_become_one_sentence() -> None:
    assert str(problem_of_system(OSError(errno.ENOSPC, "No space"))) == NO_SPACE
    foreign = OSError(errno.EACCES, "Permission denied", ".venv/bin/python")
    assert ".venv/bin/python cannot be written" in str(problem_of_system(foreign))
