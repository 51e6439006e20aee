"""The journal: chained, append-only, erasable in its personal part only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, event, text
from sqlalchemy.exc import DatabaseError

from database import db
from participation import history
from participation.permissions import VISITOR

CHAIN = "cycle:1"


@dataclass(frozen=True)
class Happened(history.Fact):
    kind = "happened"
    what: str


def write(what: str, now: datetime, **more: object) -> history.JournalRecord:
    return history.record(
        actor=VISITOR,
        chain=CHAIN,
        fact=Happened(what=what),
        now=now,
        **more,  # type: ignore[arg-type]
    )


pytestmark = pytest.mark.usefixtures("session")


def test_records_of_a_chain_link_to_each_other(now: datetime) -> None:
    first = write("one", now)
    second = write("two", now + timedelta(seconds=1))
    assert second.previous == first.digest
    assert history.head(CHAIN) == second.digest
    assert history.verify(CHAIN) is None


def test_chains_do_not_mix(now: datetime) -> None:
    write("one", now)
    other = history.record(actor=VISITOR, chain="cycle:2", fact=Happened(what="x"), now=now)
    assert other.number == 1


def test_the_database_refuses_to_change_or_delete_a_record(now: datetime) -> None:
    write("one", now)
    for statement in ("UPDATE journal_record SET kind = 'x'", "DELETE FROM journal_record"):
        with pytest.raises(DatabaseError, match="never changed"), db.session.begin_nested():
            db.session.execute(text(statement))


def test_a_record_changed_behind_the_guard_is_named(now: datetime) -> None:
    write("one", now)
    write("two", now)
    db.session.execute(text("SET LOCAL session_replication_role = replica"))
    db.session.execute(
        text('UPDATE journal_record SET payload = \'{"what":"?"}\' WHERE number = 1')
    )
    db.session.expire_all()
    assert history.verify(CHAIN) == history.ChainBreak(1, "altered")


def test_a_removed_record_is_named(now: datetime) -> None:
    for what in ("one", "two", "three"):
        write(what, now)
    db.session.execute(text("SET LOCAL session_replication_role = replica"))
    db.session.execute(text("DELETE FROM journal_record WHERE number = 2"))
    db.session.expire_all()
    assert history.verify(CHAIN) == history.ChainBreak(2, "missing")


def test_the_personal_part_can_be_erased_and_the_chain_stays_whole(now: datetime) -> None:
    write("one", now, personal={"name": "Fatma de Boer"})
    assert history.verify(CHAIN) is None
    db.session.execute(delete(history.JournalPersonal))
    assert history.verify(CHAIN) is None


def test_a_changed_personal_part_is_named(now: datetime) -> None:
    write("one", now, personal={"name": "Fatma de Boer"})
    db.session.execute(text('UPDATE journal_personal SET payload = \'{"name":"Jan"}\''))
    db.session.expire_all()
    assert history.verify(CHAIN) == history.ChainBreak(1, "personal part altered")


def test_walking_a_chain_asks_as_often_however_long_it_is(now: datetime) -> None:
    def questions() -> int:
        asked: list[str] = []
        listen = ("before_cursor_execute", lambda *told: asked.append(told[2]))
        event.listen(db.engine, *listen)
        db.session.expire_all()
        history.verify(CHAIN)
        event.remove(db.engine, *listen)
        return len(asked)

    write("one", now, personal={"name": "Fatma de Boer"})
    short = questions()
    for number in range(20):
        write(str(number), now, personal={"name": str(number)})
    assert 0 < questions() == short
