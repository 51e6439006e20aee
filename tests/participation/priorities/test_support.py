"""Support: once a person, however often and however fast it is given."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import func, select

from database import db
from participation.errors import ConflictError, NotAllowedError, PhaseClosedError
from participation.phases import Phase
from participation.priorities import queries, services
from participation.priorities.models import Priority, Support
from tests.builders import NOW
from tests.participation.priorities.builders import (
    make_draft,
    make_neighbourhood,
    make_published,
)

THREADS = 32


@pytest.mark.usefixtures("session")
def test_support_counts_once_a_person() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    assert services.support_priority(actor=here.neighbour, priority=priority, now=NOW)
    assert not services.support_priority(actor=here.neighbour, priority=priority, now=NOW)
    assert priority.support_count == 1
    assert queries.is_supported_by(priority.id, here.neighbour.person_id)


@pytest.mark.usefixtures("session")
def test_support_can_be_taken_back_once() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    services.support_priority(actor=here.neighbour, priority=priority, now=NOW)
    assert services.withdraw_support(actor=here.neighbour, priority=priority, now=NOW)
    assert not services.withdraw_support(actor=here.neighbour, priority=priority, now=NOW)
    assert priority.support_count == 0


@pytest.mark.usefixtures("session")
def test_a_draft_cannot_be_supported() -> None:
    here = make_neighbourhood()
    draft = make_draft(here)
    with pytest.raises(ConflictError, match="priority_not_open_for_support"):
        services.support_priority(actor=here.neighbour, priority=draft, now=NOW)


@pytest.mark.usefixtures("session")
def test_support_ends_with_collecting() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    here.in_phase(Phase.CHECK)
    with pytest.raises(PhaseClosedError):
        services.support_priority(actor=here.neighbour, priority=priority, now=NOW)


@pytest.mark.usefixtures("session")
def test_staff_do_not_support() -> None:
    here = make_neighbourhood()
    priority = make_published(here)
    with pytest.raises(NotAllowedError):
        services.support_priority(actor=here.staff, priority=priority, now=NOW)


@pytest.mark.usefixtures("committed")
def test_32_threads_of_one_person_give_one_support(bare_app: Flask) -> None:
    here = make_neighbourhood()
    priority_id, town_id, neighbour = make_published(here).id, here.town.id, here.neighbour
    db.session.commit()
    start = Barrier(THREADS)

    def support(_number: int) -> bool:
        with bare_app.app_context():
            start.wait()
            priority = queries.find_priority(town_id, priority_id)
            assert priority is not None
            is_first = services.support_priority(actor=neighbour, priority=priority, now=NOW)
            db.session.commit()
            return is_first

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(support, range(THREADS)))
    assert answers.count(True) == 1
    db.session.expire_all()
    assert db.session.scalar(select(func.count()).select_from(Support)) == 1
    assert db.session.get_one(Priority, priority_id).support_count == 1
