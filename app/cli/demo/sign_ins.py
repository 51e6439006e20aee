"""How a visitor gets into the demo: one account a role, the shared password, codes to vote with.

Owns what is printed and the file that keeps it, readable by the installation's owner alone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from app.cli.demo.stage import Stage
from app.cli.progress import console

PASSWORD = "lindebloesem-voor-iedereen"  # known to everybody: example towns only
SECRET = "LINDEBLOESEMVOORIEDEREENINDEMO22"
FILE_NAME = "demo_sign_ins.txt"


def hand_over(instance: Path, stages: Sequence[Stage]) -> None:
    """Print how to get in, and keep it in a file."""
    text = "\n".join(_lines(stages)) + "\n"
    console.print(text, markup=False)
    path = instance / FILE_NAME
    instance.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    console.print(f"The same stands in {path}", markup=False)


def _lines(stages: Sequence[Stage]) -> list[str]:
    lines = [f"Password of every staff account: {PASSWORD}", f"Secret: {SECRET}"]
    for stage in stages:
        lines.append(stage.facts.name)
        seen: set[str] = set()
        for fact in stage.facts.staff:
            if fact.role not in seen:
                seen.add(fact.role)
                lines.append(f"  {fact.role:18} {fact.email}")
    return lines
