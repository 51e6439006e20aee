"""A form that another site sends, or that carries no token or somebody else's, does nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.access.asking import Answer, Caller, Door
from tests.access.conftest import House
from tests.access.matrix import ACTORS, Row, read_matrix
from tests.access.tally import settle

FORMS = [row for row in read_matrix() if row.method == "POST"]


@pytest.mark.parametrize("whose", ["none", "another session's"])
def test_form_without_its_own_token_is_refused(house: House, door: Door, whose: str) -> None:
    others = house.caller(house.here.newcomer).token if whose != "none" else ""
    wrong = []
    for row, caller in senders(house, door):
        asked = door.ask(caller, "POST", house.path(row.endpoint), token=others)
        # The booth leads a voter with a stale paper back to its door.
        is_led_back = row.endpoint.startswith("booth.") and asked.location.endswith("/vote/")
        expected = 303 if is_led_back else 400
        if asked.status != expected or asked.answer is Answer.GRANTED or asked.wrote:
            wrong.append(f"{row.name} with the token of {whose}: {asked}")
    settle(door, wrong)


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://localhost:8001"])
def test_form_from_another_site_is_refused(house: House, door: Door, origin: str) -> None:
    wrong = []
    for row, caller in senders(house, door):
        asked = door.ask(caller, "POST", house.path(row.endpoint), headers={"Origin": origin})
        if asked.status != 400 or asked.answer is Answer.GRANTED or asked.wrote:
            wrong.append(f"{row.name} from {origin}: {asked}")
    settle(door, wrong)


def test_form_from_this_site_is_taken(house: House, door: Door) -> None:
    wrong = []
    for row, caller in senders(house, door):
        home = {"Origin": "http://localhost"}
        asked = door.ask(caller, "POST", house.path(row.endpoint), headers=home)
        if asked.answer is not Answer.GRANTED:
            wrong.append(f"{row.name} from this site: {asked}")
    settle(door, wrong)


def senders(house: House, door: Door) -> Iterator[tuple[Row, Caller]]:
    """Every form with somebody who may send it, in a phase that opens it."""
    callers = {actor: house.as_(actor) for actor in ACTORS}
    for row in FORMS:
        actor = next(actor for actor in ACTORS if row.phases(actor))
        door.set_phase(house.here.cycle_id, row.a_phase(actor))
        yield row, callers[actor]
