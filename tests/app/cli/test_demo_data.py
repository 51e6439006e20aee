"""The demo's texts, words, places and people: complete, consistent, and free of real places."""

from __future__ import annotations

from collections import Counter

import pytest

from app.cli.demo.facts import DATA
from config import LANGUAGES
from participation.organisations.kinds import LegalForm, OrganisationKind
from participation.permissions import Role
from participation.priorities.models import Route
from participation.reviews.questions import Outcome
from participation.tasks.criteria import DEFAULT_WEIGHTS, Gate
from tests.app.cli.demo_data import (
    AREA_FILES,
    all_areas,
    codes,
    cycles,
    nodes,
    organisations,
    read,
    residents,
    staff,
    texts,
    wishes,
)

FILES = sorted(path.name for path in DATA.glob("*.json"))
OBSERVED = {"reference_facts.json", "rule_presets.json"}
# Every Dutch town has one; it is the one name that real areas and the demo share.
GENERIC_NAMES = {"Binnenstad"}
SIZES = {
    "themes": 8,
    "functions": 3,
    "routes": 3,
    "review_questions": 8,
    "refusal_reasons": 10,
    "meeting_formats": 13,
}


# texts


@pytest.mark.parametrize("name", FILES)
def test_every_file_says_whether_it_is_an_example(name: str) -> None:
    assert read(name)["example"] is (name not in OBSERVED)


@pytest.mark.parametrize("name", FILES)
def test_every_text_is_there_in_dutch_and_german(name: str) -> None:
    for path, text in texts(name):
        assert {"nl", "de"} <= set(text) <= set(LANGUAGES), path
        for said in text.values():
            assert said, path
            assert said == said.strip(), path


@pytest.mark.parametrize(
    "name",
    [
        "vocabularies.json",
        "rule_presets.json",
        "reference_facts.json",
        "towns.json",
        "priorities.json",
        *AREA_FILES,
    ],
)
def test_what_everybody_reads_is_there_in_english_too(name: str) -> None:
    missing = [path for path, text in texts(name) if "en" not in text]
    # A place is kept as it is said where it lies.
    assert [path for path in missing if not path.endswith("/place")] == []


@pytest.mark.parametrize("name", FILES)
def test_no_number_is_a_float_and_cents_are_whole(name: str) -> None:
    for path, value in nodes(read(name)):
        assert not isinstance(value, float), path
        if path.endswith("_cents"):
            assert value is None or (isinstance(value, int) and value >= 0), path


@pytest.mark.parametrize("name", [name for name in FILES if name not in OBSERVED])
def test_no_moment_is_a_date_of_the_calendar(name: str) -> None:
    for path, value in nodes(read(name)):
        assert not path.endswith(("_date", "/date")), path
        if path.endswith(("_day", "/day")):
            assert isinstance(value, int), path


# vocabularies, presets and reference facts


def test_vocabularies_are_complete() -> None:
    sizes = {name: len(rows) for name, rows in read("vocabularies.json").items() if name in SIZES}
    assert sizes == SIZES


def test_codes_are_those_of_the_domain() -> None:
    options = read("vocabularies.json")["answer_options"]
    weights = {row["code"]: row["weight"] for row in read("vocabularies.json")["quality_criteria"]}
    assert set(codes("routes")) == set(Route)
    assert set(codes("gates")) == set(Gate)
    assert weights == {criterion.value: weight for criterion, weight in DEFAULT_WEIGHTS.items()}
    assert {option["value"] for option in options["outcome"]} == set(Outcome)
    asked = {question["answer"] for question in read("vocabularies.json")["review_questions"]}
    assert asked == {"text", *options}


def test_every_observation_names_its_source() -> None:
    facts = read("reference_facts.json")
    presets = read("rule_presets.json")["presets"]
    assert len(presets) == 12
    assert all(preset["sources"] for preset in presets)
    for section in ("facts", "boards", "meeting_examples", "organisations"):
        assert facts[section]
        assert all(row["source"] for row in facts[section])


def test_every_meeting_format_has_a_real_example() -> None:
    examples = [row["format"] for row in read("reference_facts.json")["meeting_examples"]]
    assert sorted(examples) == sorted(codes("meeting_formats"))


# places


def test_towns_have_their_neighbourhoods() -> None:
    kinds = {name: Counter(a["kind"] for a in read(name)["areas"]) for name in AREA_FILES}
    assert kinds["areas_lindestad.json"]["neighbourhood"] == 13
    assert kinds["areas_lindenstadt.json"]["site"] == 1
    assert kinds["areas_kreis_lindenau.json"]["social_area"] == 103


@pytest.mark.parametrize("name", AREA_FILES)
def test_areas_make_one_tree_whose_populations_add_up(name: str) -> None:
    areas = read(name)["areas"]
    seen: set[str] = set()
    for area in areas:
        assert area["parent"] in seen or (area["parent"] is None and not seen), area["id"]
        assert area["id"] not in seen
        assert set(area.get("also_in", ())) <= {other["id"] for other in areas}
        seen.add(area["id"])
    for parent in (a for a in areas if a["kind"] in {"municipality", "district"}):
        children = [a["population"] for a in areas if a["parent"] == parent["id"]]
        assert parent["population"] == sum(children), parent["id"]


def test_no_real_area_is_a_demo_area() -> None:
    facts = read("reference_facts.json")["facts"]
    real = {name.strip() for fact in facts for name in fact["place"].split(",")}
    real |= {name for fact in facts for name in fact.get("names", ())}
    assert {area["name"] for area in all_areas().values()} & real <= GENERIC_NAMES


def test_postcodes_are_never_issued_ones() -> None:
    for area in all_areas().values():
        assert all(code.startswith("0") for code in area.get("postcodes", ())), area["id"]
    for name in AREA_FILES[1:]:
        for area in read(name)["areas"]:
            assert all(code.startswith("00") for code in area.get("postcodes", ())), area["id"]


# people and organisations


def test_addresses_can_reach_nobody() -> None:
    everybody = [*staff().values(), *residents().values(), *organisations().values()]
    addresses = [row["email"] for row in everybody if row["email"] is not None]
    assert len(addresses) == len(set(addresses))
    assert all(address.endswith((".example", "@example.org")) for address in addresses)


def test_everybody_has_an_id_of_their_own_and_a_place() -> None:
    assert not staff().keys() & residents().keys()
    for person in [*staff().values(), *residents().values()]:
        assert person["area"] in all_areas(), person["id"]


@pytest.mark.parametrize("town", [row["id"] for row in read("towns.json")["towns"]])
def test_every_town_has_everybody_it_needs(town: str) -> None:
    here = [person for person in staff().values() if person["town"] == town]
    assert {person["role"] for person in here} == set(Role) - {Role.RESIDENT}
    cards = Counter(person["cards"] for person in here if person["role"] == "commission_member")
    assert cards == {"tally": 3, "registry": 2}
    assert sum(person["town"] == town for person in residents().values()) == 60


def test_at_least_half_of_every_board_lives_there() -> None:
    boards: dict[str, list[bool]] = {}
    for person in staff().values():
        if person["role"] == "board_member":
            boards.setdefault(person["area"], []).append(person["resident"])
    assert len(boards) == 5
    assert all(2 * sum(board) >= len(board) for board in boards.values())


def test_organisations_are_of_the_twelve_generic_kinds() -> None:
    kinds = [row["code"] for row in read("organisations.json")["executor_types"]]
    assert len(kinds) == 12
    assert set(kinds) <= set(OrganisationKind)
    for row in organisations().values():
        assert row["type"] in kinds
        assert row["legal_form"] in set(LegalForm)
        assert all(staff()[member]["organisation"] == row["id"] for member in row["members"])
    real = {row["name"] for row in read("reference_facts.json")["organisations"]}
    assert not {row["name"] for row in organisations().values()} & real


# wishes and years


def test_all_45_priorities_stand_in_a_neighbourhood() -> None:
    ids = [row["id"] for row in read("priorities.json")["priorities"]]
    placed = {entry["priority"] for cycle in cycles().values() for entry in cycle["priorities"]}
    assert len(ids) == len(set(ids)) == 45
    assert placed == set(wishes())


def test_wishes_use_the_vocabularies_and_cost_whole_euros() -> None:
    for row in wishes().values():
        assert row["theme"] in codes("themes")
        assert row["function"] in codes("functions")
        assert row["route"] in codes("routes")
        assert row["area"] in all_areas()
        assert row["cost_cents"] > 0
        assert row["cost_cents"] % 100 == 0


def test_every_refusal_reason_is_used_once() -> None:
    refused = [row["refusal"] for row in read("priorities.json")["refused_wishes"]]
    assert sorted(refused) == sorted(codes("refusal_reasons"))
