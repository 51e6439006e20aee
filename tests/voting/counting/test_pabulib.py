"""Pabulib files: real elections counted as pabutools does, and errors that name their place."""

from __future__ import annotations

import gzip
import json
import os
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from voting.counting.greedy import GreedyOptions
from voting.counting.model import Utility
from voting.counting.outcome import count_greedy
from voting.counting.pabulib import PabulibError, parse_pabulib, read_pabulib

PROJECT = Path(__file__).resolve().parents[3]
FOLDER = Path(os.environ.get("PABULIB_DIR") or PROJECT.parent / "shared" / "data" / "pabulib")
ELECTIONS = (
    "Netherlands_Amsterdam_166",
    "Netherlands_Assen_2024",
    "Netherlands_Amsterdam_643",
    "Switzerland_Zurich_SN",
    "Worldwide_Mechanical_Turk_Knapsack_7",
    "Poland_Warszawa_2025_Wilanow",
    "Poland_Zabrze_2020_Maciejow",
    "France_Toulouse_2022",
    "Hungary_Veszprem_2025",
)
RUNS = {"greedy_cost": Utility.COST, "greedy_card": Utility.CARDINALITY}

SMALL = """META
key;value
vote_type;approval
budget;100
max_length;1
PROJECTS
project_id;cost;name
1;60;"A path; wide"
2;40.5;Tree
VOTES
voter_id;age;vote
v1;30;1
v2;;1,2
v3;44;
"""


def expected_runs(name: str) -> dict[str, Any]:
    if not (FOLDER / "expected" / f"{name}.json").exists():
        if os.environ.get("REQUIRE_PABULIB") == "1":
            pytest.fail(f"REQUIRE_PABULIB=1 but {FOLDER} does not hold {name}")
        pytest.skip(f"LEFT OUT: comparison with pabutools on {name}; set PABULIB_DIR")
    runs: dict[str, Any] = json.loads(
        (FOLDER / "expected" / f"{name}.json").read_text(encoding="utf-8")
    )["runs"]
    return runs


@pytest.mark.parametrize("name", ELECTIONS)
@pytest.mark.parametrize("run", RUNS)
def test_real_election_has_the_winners_of_pabutools(name: str, run: str) -> None:
    expected = expected_runs(name)[run]
    instance = read_pabulib(FOLDER / f"{name}.pb")

    outcome = count_greedy(
        instance.election,
        instance.ballots,
        GreedyOptions(RUNS[run], leave_out_unsupported=False),
    )

    assert list(outcome.winners) == expected["selected"]
    assert str(outcome.spent) == expected["total_cost"]


def test_every_field_is_kept_and_ballots_over_a_limit_are_reported() -> None:
    instance = parse_pabulib(SMALL)

    assert instance.meta["vote_type"] == "approval"
    assert instance.election.by_id["1"].name == "A path; wide"
    assert instance.election.by_id["2"].cost == Fraction(81, 2)
    assert instance.votes == (("1",), ("1", "2"), ())
    assert instance.vote_rows[0]["age"] == "30"
    assert instance.over_limit == ("v2",)
    assert instance.ballots.support() == {"1": 2, "2": 1}


def test_gzipped_file_is_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "small.pb.gz"
    path.write_bytes(gzip.compress(SMALL.encode()))

    assert read_pabulib(path) == parse_pabulib(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "line", "column"),
    [
        ("META", "MTEA", 1, 1),
        ("budget;100", "budget;much", 4, 2),
        ("budget;100\n", "", 4, 1),
        ("vote_type;approval", "vote_type;ordinal", 3, 2),
        ("max_length;1", "max_length;one", 5, 2),
        ("project_id;cost;name", "project_id;price;name", 7, 1),
        ("2;40.5;Tree", "1;40.5;Tree", 9, 1),
        ("2;40.5;Tree", "2;-1;Tree", 9, 2),
        ("2;40.5;Tree", "2;NaN;Tree", 9, 2),
        ("2;40.5;Tree", "2;40.5;Tree;more", 9, 4),
        ("v2;;1,2", "v2;;1,9", 13, 3),
        ("v2;;1,2", "v2;;1,1", 13, 3),
    ],
)
def test_error_names_line_and_column(old: str, new: str, line: int, column: int) -> None:
    with pytest.raises(PabulibError) as error:
        parse_pabulib(SMALL.replace(old, new, 1))

    assert (error.value.line, error.value.column) == (line, column)


def test_missing_section_is_named() -> None:
    with pytest.raises(PabulibError, match="VOTES is missing"):
        parse_pabulib(SMALL.split("VOTES", maxsplit=1)[0])
