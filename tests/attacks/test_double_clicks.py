"""One form sent sixteen times at once does what it says once, and nobody sees a fault."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask

from database import db
from participation.areas import queries as areas
from participation.areas import services as area_services
from participation.areas.models import AreaKind
from participation.cycles import services as cycles
from participation.errors import ConflictError
from participation.meetings import services as meetings
from participation.permissions import Role
from tests.builders import NOW, RULES, make_actor, make_area, make_town
from tests.participation.meetings.builders import details

pytestmark = pytest.mark.usefixtures("committed")
THREADS = 16


def at_once(bare_app: Flask, act: Callable[[], int]) -> set[int]:
    """What sixteen threads got that did the same at the same moment."""
    start = Barrier(THREADS)

    def click(_number: int) -> int:
        with bare_app.app_context():
            start.wait(timeout=60)
            made = act()
            db.session.commit()
            return made

    with ThreadPoolExecutor(THREADS) as pool:
        return set(pool.map(click, range(THREADS)))


def test_one_form_plans_one_meeting(bare_app: Flask) -> None:
    town = make_town()
    facilitator = make_actor(town, Role.FACILITATOR)
    area = areas.subject_of(areas.root_area(town.id))
    db.session.commit()

    made = at_once(
        bare_app,
        lambda: (
            meetings.plan_meeting(
                actor=facilitator, area=area, details=details(), key="form-1", now=NOW
            ).id
        ),
    )

    assert len(made) == 1


def test_one_form_adds_one_area(bare_app: Flask) -> None:
    town = make_town()
    staff, town_id = make_actor(town, Role.MUNICIPALITY), town.id
    db.session.commit()

    made = at_once(
        bare_app,
        lambda: (
            area_services.add_area(
                actor=staff,
                parent=areas.root_area(town_id),
                kind=AreaKind.NEIGHBOURHOOD,
                name="Lindekwartier",
                valid_from=date(2026, 1, 1),
                now=NOW,
            ).id
        ),
    )

    assert len(made) == 1
    assert [area.slug for area in areas.list_areas(town_id)][1:] == ["lindekwartier"]


def test_one_form_starts_one_year(bare_app: Flask) -> None:
    town = make_town()
    area, staff = areas.subject_of(make_area(town)), make_actor(town, Role.MUNICIPALITY)
    db.session.commit()

    def start() -> int:
        try:
            return cycles.start_cycle(
                actor=staff,
                area=area,
                plan_year=2027,
                rules=RULES,
                budget_cents=45_000_00,
                windows=cycles.default_windows(2027),
                now=NOW,
            ).id
        except ConflictError:
            return 0

    assert len(at_once(bare_app, start) - {0}) == 1
