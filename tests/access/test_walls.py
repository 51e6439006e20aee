"""What a role does not reach: another town, the next neighbourhood, what belongs to somebody else.

Also a password without its second factor, and an account without any role.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from participation.permissions import STAFF_ROLES, Role
from participation.phases import Phase
from tests.access.asking import Answer, Asked, Caller, Door
from tests.access.conftest import House
from tests.access.matrix import ACTORS, HIDDEN, NEVER, VISITOR, Row, names_something, read_matrix
from tests.access.tally import settle

GUARDED = [row for row in read_matrix() if not row.is_public]
# Links of e-mails: whether one was ever made is not told apart from one that is over.
BY_LINK = frozenset({"auth.use_link", "auth.new_password", "auth.confirm_email"})
# Pages that show or change how somebody signs in ask for password and second factor first.
BEHIND_PASSWORD = frozenset({"auth.change_email", *HIDDEN})
OF_THE_OWNER = frozenset(
    {
        "priorities.edit_what",
        "priorities.edit_where",
        "priorities.edit_how",
        "priorities.review_draft",
        "priorities.withdraw",
        "priorities.translate",
    }
)
OF_THE_EXECUTOR = frozenset({"tasks.start", "tasks.report", "tasks.withdraw"})

roles = pytest.mark.parametrize("role", [role.value for role in Role])


@roles
def test_somebody_of_another_town_is_a_visitor_here(house: House, door: Door, role: str) -> None:
    stranger = house.caller(house.there.holders[role], town=house.there)
    wrong = [
        f"{row.name} as {role} of another town: {asked}"
        for row, asked in ask_all(house, door, stranger, GUARDED, role)
        if asked.answer is not Answer.SIGN_IN or asked.wrote
    ]
    settle(door, wrong)


@pytest.mark.parametrize("actor", ACTORS)
def test_what_stands_here_does_not_exist_in_another_town(
    house: House, door: Door, actor: str
) -> None:
    their = None if actor == VISITOR else house.there.holders[actor]
    caller = house.caller(their, town=house.there)
    wrong = []
    for row in read_matrix():
        if not names_something(house.app, row):
            continue
        asked = door.ask(caller, row.method, house.path(row.endpoint, town=house.there.slug))
        if asked.status != (410 if row.endpoint in BY_LINK else 404) or asked.wrote:
            wrong.append(f"{row.name} as {actor} of another town, there: {asked}")
    settle(door, wrong)


@roles
def test_a_role_in_the_next_neighbourhood_opens_nothing_here(
    house: House, door: Door, role: str
) -> None:
    caller = house.caller(house.here.next_door[role])
    rows = [row for row in GUARDED if row.cells[role] != NEVER and not row.is_own]
    wrong = [
        f"{row.name} as {role} of the next neighbourhood: {asked}"
        for row, asked in ask_all(house, door, caller, rows, role)
        if asked.answer is not Answer.NOT_ALLOWED or asked.wrote
    ]
    settle(door, wrong)


@pytest.mark.parametrize("role", sorted(STAFF_ROLES))
def test_a_role_of_staff_counts_for_nothing_before_the_second_factor(
    house: House, door: Door, role: str
) -> None:
    caller = house.caller(house.here.holders[role], staff=False)
    rows = [row for row in GUARDED if row.cells[role] != NEVER]
    wrong = []
    for row, asked in ask_all(house, door, caller, rows, role):
        expected = Answer.GRANTED if row.is_own else Answer.NOT_ALLOWED
        is_led_back = asked.location.partition("?")[0].endswith("/sign-in/password")
        if asked.answer is not expected or (row.endpoint in BEHIND_PASSWORD) != is_led_back:
            wrong.append(f"{row.name} as {role} without second factor: {asked}")
    settle(door, wrong)


def test_an_account_without_a_role_reaches_its_own_pages_only(house: House, door: Door) -> None:
    caller = house.caller(house.here.newcomer)
    wrong = []
    for row, asked in ask_all(house, door, caller, GUARDED):
        expected = Answer.GRANTED if row.is_own else Answer.NOT_ALLOWED
        if asked.answer is not (Answer.MISSING if row.endpoint in HIDDEN else expected):
            wrong.append(f"{row.name} without a role: {asked}")
    settle(door, wrong)


def test_what_belongs_to_one_resident_is_closed_to_the_next(house: House, door: Door) -> None:
    neighbour = house.caller(house.here.neighbour)
    rows = [row for row in GUARDED if row.endpoint in OF_THE_OWNER]
    assert len(rows) == 2 * len(OF_THE_OWNER)
    wrong = [
        f"{row.name} as another resident: {asked}"
        for row, asked in ask_all(house, door, neighbour, rows, Role.RESIDENT)
        if asked.answer is not Answer.NOT_ALLOWED or asked.wrote
    ]
    settle(door, wrong)


def test_work_of_one_executor_is_closed_to_another(house: House, door: Door) -> None:
    other = house.caller(house.here.other_executor)
    rows = [row for row in GUARDED if row.endpoint in OF_THE_EXECUTOR]
    assert {row.endpoint for row in rows} == OF_THE_EXECUTOR
    wrong = [
        f"{row.name} as another executor: {asked}"
        for row, asked in ask_all(house, door, other, rows, Role.EXECUTOR_MEMBER)
        if asked.answer is not Answer.NOT_ALLOWED or asked.wrote
    ]
    settle(door, wrong)


@pytest.mark.parametrize("actor", ACTORS)
def test_nobody_but_its_owner_sees_a_draft(house: House, door: Door, actor: str) -> None:
    draft = house.here.of_endpoint["priorities.edit_what"]["priority_id"]
    door.set_phase(house.here.cycle_id, Phase.COLLECT)
    pages = ("priorities.show", "priorities.check", "priorities.translate")
    answers = [
        door.ask(house.as_(actor), "GET", house.path(page, priority_id=draft)).status
        for page in pages
    ]
    settle(door, [])
    if actor == Role.RESIDENT:
        assert answers[0] == 302
    else:
        assert answers[0] == 404
    assert 200 not in answers


def ask_all(
    house: House, door: Door, caller: Caller, rows: Iterable[Row], actor: str | None = None
) -> list[tuple[Row, Asked]]:
    """Ask for each row in a phase that opens it, so that only the wall refuses."""
    answers = []
    for row in rows:
        door.set_phase(house.here.cycle_id, row.a_phase(actor))
        answers.append((row, door.ask(caller, row.method, house.path(row.endpoint))))
    return answers
