"""What a run counted, printed at its end: states looked at, requests made."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

# Set by the root conftest: workers write, the controller prints.
FOLDER_VARIABLE = "BUURTBESLIST_TEST_COUNTS"


def count_states(title: str, number: int) -> None:
    """Note a count for the end of the run."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if folder:
        with (Path(folder) / f"{os.getpid()}.txt").open("a", encoding="utf-8") as file:
            file.write(f"{title}\t{number}\n")


def counted(folder: Path) -> list[str]:
    """Every count of the run, in order of its title; counts of one title are added up."""
    sums: Counter[str] = Counter()
    for file in folder.glob("*.txt"):
        for line in file.read_text(encoding="utf-8").splitlines():
            title, _, number = line.rpartition("\t")
            sums[title] += int(number)
    return [f"{title}: {number:,}" for title, number in sorted(sums.items())]
