"""A Pabulib election played through the booth has the winners that pabutools finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from database import database_now
from tests.voting.builders import ANNA, BORIS
from tests.voting.counting.test_pabulib import FOLDER, SMALL, expected_runs
from voting.box.queries import counted_receipts
from voting.counting.pabulib import PabulibInstance, parse_pabulib, read_pabulib
from voting.elections import queries
from voting.imports.services import ImportedElection, Place, import_election
from voting.peppers import PepperStore
from voting.results.queries import published_result

pytestmark = pytest.mark.usefixtures("session")


def _played(instance: PabulibInstance, folder: Path) -> ImportedElection:
    return import_election(
        instance=instance,
        place=Place(area_id=1, municipality_id=1, members=(ANNA, BORIS), language="nl"),
        peppers=PepperStore(folder),
        now=database_now(),
    )


@pytest.mark.parametrize(
    "name", ["Netherlands_Amsterdam_166", "Netherlands_Assen_2024", "Switzerland_Zurich_SN"]
)
def test_real_election_played_through_the_booth_has_the_winners_of_pabutools(
    name: str, tmp_path: Path
) -> None:
    expected = expected_runs(name)["greedy_cost"]["selected"]

    played = _played(read_pabulib(FOLDER / f"{name}.pb"), tmp_path)

    result = published_result(played.election_id)
    assert result is not None
    assert list(played.winners) == expected
    assert played.limits_lifted == ()
    assert result.turnout.cast == played.ballots == len(counted_receipts(played.election_id))


def test_limits_that_the_ballots_of_the_file_break_are_lifted(tmp_path: Path) -> None:
    played = _played(parse_pabulib(SMALL), tmp_path)

    assert played.limits_lifted == ("v2",)
    assert played.ballots == 3
    assert played.winners == ("1",)
    assert queries.get_election(played.election_id).max_choices is None
