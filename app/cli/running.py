"""The private installation that runs now: how another command on this machine joins it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config import export, read_local_choices

FILE_NAME = "running.json"


@contextmanager
def known_as_running(instance: Path, settings: dict[str, str]) -> Iterator[None]:
    """Leave the settings where other commands of the same user find them, while the block lasts."""
    file = instance / FILE_NAME
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as fresh:
        json.dump(settings, fresh)
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


def join_running() -> None:
    """Take over the settings of what ``make run`` started, unless the environment names its own."""
    choices = read_local_choices()
    file = choices.instance_dir / FILE_NAME
    if not choices.database_url and file.exists():
        export(json.loads(file.read_text()), replace=False)
