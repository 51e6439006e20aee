"""F1: a database that may forget what it confirmed is refused."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from database import db
from voting.durability import require_durable_database
from voting.errors import IntegrityRefusedError

pytestmark = pytest.mark.usefixtures("session")


def test_database_that_commits_later_is_refused() -> None:
    db.session.execute(text("SET LOCAL synchronous_commit = off"))

    with pytest.raises(IntegrityRefusedError) as refusal:
        require_durable_database()

    assert "synchronous_commit" in refusal.value.params["settings"]


def test_cast_switches_synchronous_commit_on_for_itself() -> None:
    db.session.execute(text("SET LOCAL synchronous_commit = off"))
    db.session.execute(
        text("SELECT put_in_box(0, '', now(), now(), '', 'online', 0, '', '', '', '')")
    )

    assert db.session.execute(text("SHOW synchronous_commit")).scalar_one() == "on"
