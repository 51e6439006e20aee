"""A test leaves nothing behind, even when it commits."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from database import db
from participation.areas.models import Municipality
from tests.builders import make_town


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("time", ["first", "again"])
def test_what_one_test_commits_the_next_does_not_see(time: str) -> None:
    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 0, time
    make_town()
    db.session.commit()
    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 1


@pytest.mark.usefixtures("session")
def test_a_rollback_undoes_only_what_was_not_committed() -> None:
    make_town()
    db.session.commit()
    make_town(slug="other")
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Municipality)) == 1
