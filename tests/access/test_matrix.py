"""Who may what, and when: a hand-written table held against real requests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from participation.phases import Phase
from tests.access.asking import Answer, Asked, Door
from tests.access.conftest import House
from tests.access.matrix import (
    ACTORS,
    ALWAYS,
    HIDDEN,
    NEVER,
    VISITOR,
    Row,
    is_of_a_year,
    read_matrix,
    requests_of,
)
from tests.access.tally import settle

MATRIX = read_matrix()


def test_matrix_has_every_endpoint_and_method_once(house: House) -> None:
    rows = Counter((row.endpoint, row.method) for row in MATRIX)
    assert [row for row, times in rows.items() if times > 1] == []
    assert set(rows) == requests_of(house.app)


def test_cells_hold_a_star_a_dash_or_phases() -> None:
    for row in MATRIX:
        for actor in ACTORS:
            if row.cells[actor] not in {ALWAYS, NEVER}:
                assert row.phases(actor), (row.name, actor)


def test_only_addresses_of_a_year_are_bound_to_phases(house: House) -> None:
    for row in MATRIX:
        if not is_of_a_year(house.app, row):
            assert set(row.cells.values()) <= {ALWAYS, NEVER}, row.name


@pytest.mark.parametrize("actor", ACTORS)
def test_answers_are_those_of_the_matrix(house: House, door: Door, actor: str) -> None:
    caller = house.as_(actor)
    differences = []
    for row, phase in visits(house, door):
        asked = door.ask(caller, row.method, house.path(row.endpoint))
        expected = expected_of(row, actor, phase)
        if asked.answer != expected or goes_wrong(row, expected, asked):
            differences.append(difference(row, actor, phase, expected, asked))
    settle(door, differences)


def goes_wrong(row: Row, expected: Answer, asked: Asked) -> bool:
    """Whether a page that may be read is not there, or reading or a refusal wrote something."""
    if expected is not Answer.GRANTED or row.method == "GET":
        return bool(asked.wrote) or (expected is Answer.GRANTED and asked.status >= 400)
    return False


def visits(house: House, door: Door) -> Iterator[tuple[Row, Phase]]:
    """Every row in every phase; what belongs to no year once, while work goes on."""
    bound = [row for row in MATRIX if is_of_a_year(house.app, row)]
    for phase in Phase:
        door.set_phase(house.here.cycle_id, phase)
        for row in MATRIX if phase is Phase.EXECUTE else bound:
            yield row, phase


def expected_of(row: Row, actor: str, phase: Phase) -> Answer:
    """What the matrix says; who may never is told so, who may at another time as well."""
    if phase in row.phases(actor):
        return Answer.GRANTED
    if actor == VISITOR:
        return Answer.SIGN_IN
    if row.phases(actor):
        return Answer.PHASE_CLOSED
    return Answer.MISSING if row.endpoint in HIDDEN else Answer.NOT_ALLOWED


def difference(row: Row, actor: str, phase: Phase, expected: Answer, asked: Asked) -> str:
    """One line for the report."""
    wrote = f", wrote: {asked.wrote[0][:80]}" if asked.wrote else ""
    return f"{row.name} as {actor} in {phase.value}: should be {expected}, is {asked}{wrote}"
