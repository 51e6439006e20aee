"""How many requests were made and how many differed, for the end of the run."""

from __future__ import annotations

from collections.abc import Sequence

from tests.access.asking import Door
from tests.reporting import count_states


def settle(door: Door, differences: Sequence[str]) -> None:
    """Count a test's requests; fail with every difference, a line each."""
    count_states("access matrix, requests", door.requests)
    count_states("access matrix, differences", len(differences))
    assert not differences, "\n".join(differences)
