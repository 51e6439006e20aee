"""The vote by cards through pages: two tellers on two screens."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from database import database_now, db
from participation.meetings import queries
from participation.meetings.models import Meeting
from participation.permissions import Actor, Role
from tests.app.browsing import send
from tests.app.visiting import LANGUAGES, browser_as
from tests.builders import make_actor
from tests.participation.meetings.builders import make_meeting, with_plan
from tests.participation.priorities.builders import Neighbourhood

COUNT: dict[str, object] = {"issued": "47", "for": "38", "against": "5", "abstain": "3"}


@pytest.fixture
def second(here: Neighbourhood) -> Actor:
    with_plan(here)
    board_member = make_actor(here.town, Role.BOARD_MEMBER, area=here.area)
    db.session.commit()
    return board_member


@pytest.fixture
def meeting(here: Neighbourhood, second: Actor) -> Meeting:
    now = database_now()
    meeting = make_meeting(
        here,
        cycle=here.cycle,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=1),
    )
    db.session.commit()
    return meeting


def _step(client: FlaskClient, page: str, step: str, data: dict[str, object] | None = None) -> int:
    return send(client, f"{page}/{step}", data, page=page).status_code


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_tellers_adopt_the_plan(
    app: Flask, here: Neighbourhood, second: Actor, meeting: Meeting, language: str
) -> None:
    first_screen, second_screen = browser_as(app, here.facilitator), browser_as(app, second)
    start = f"/{language}/lindestad/meetings/{meeting.id}/motion"
    moved = send(first_screen, start, {"second_teller": str(second.person_id)})
    assert moved.status_code == 302, moved.text
    page = moved.location or ""
    assert first_screen.get(page).status_code == 200
    assert _step(second_screen, page, "confirm") == 302
    assert _step(first_screen, page, "open") == 302
    assert _step(first_screen, page, "count", COUNT) == 302
    assert "38" not in second_screen.get(page).text
    assert _step(second_screen, page, "count", {**COUNT, "for": "37"}) == 302
    assert _step(second_screen, page, "count", COUNT) == 302
    assert _step(first_screen, page, "publish") == 302
    assert first_screen.get(page).status_code == 200
    assert queries.adopted_motion(here.cycle.id) is not None
    shown = browser_as(app).get(f"/{language}/lindestad/meetings/{meeting.id}").text
    assert "38" in shown


def test_numbers_that_cannot_be_are_refused_on_the_page(
    app: Flask, here: Neighbourhood, second: Actor, meeting: Meeting
) -> None:
    first_screen, second_screen = browser_as(app, here.facilitator), browser_as(app, second)
    start = f"/nl/lindestad/meetings/{meeting.id}/motion"
    page = send(first_screen, start, {"second_teller": str(second.person_id)}).location or ""
    _step(second_screen, page, "confirm")
    _step(first_screen, page, "open")
    assert _step(first_screen, page, "count", {**COUNT, "issued": "3"}) == 400
    assert _step(first_screen, page, "count", {**COUNT, "for": "-1"}) == 400
    assert _step(first_screen, page, "count", {**COUNT, "for": ""}) == 400


def test_others_do_not_count(
    app: Flask, here: Neighbourhood, second: Actor, meeting: Meeting
) -> None:
    start = f"/nl/lindestad/meetings/{meeting.id}/motion"
    first_screen = browser_as(app, here.facilitator)
    page = send(first_screen, start, {"second_teller": str(second.person_id)}).location or ""
    third = make_actor(here.town, Role.BOARD_MEMBER, area=here.area)
    db.session.commit()
    assert browser_as(app, third).get(page).status_code == 200
    assert browser_as(app, here.resident).get(page).status_code == 403
