"""D1 in its quick form: 640 casts on 10 codes, 64 threads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from database import db
from tests.attacks.doubling import THREADS, attack
from tests.voting import builders
from voting.box.booth import cast_ballot
from voting.box.queries import turnout
from voting.box.tokens import read_form, seal_form
from voting.errors import Reason, StateRefusedError

pytestmark = pytest.mark.usefixtures("committed")
CODES = 10


@pytest.fixture
def careless_box(committed: None) -> Iterator[None]:
    """A box that looks first and inserts afterwards, as many systems do."""
    db.session.execute(text("CREATE TABLE careless_box (code int, thread int)"))
    db.session.commit()
    yield
    db.session.execute(text("DROP TABLE careless_box"))
    db.session.commit()


def test_64_threads_on_one_code_leave_one_ballot(bare_app: Flask, tmp_path: Path) -> None:
    """E1: at most one counted ballot per code under any concurrency."""
    election = builders.opened(tmp_path, people=0, slips=CODES)
    booths = [builders.enter(election, code) for code in election.codes]
    db.session.commit()
    reasons: set[Reason] = set()

    def cast(code: int, thread: int) -> bool:
        access = booths[code].access
        token = seal_form(access, revision=0, secret=builders.SECRET)
        with bare_app.app_context():
            try:
                cast_ballot(
                    access=access,
                    form=read_form(token, secret=builders.SECRET),
                    choices=[1 + thread % 2],
                    peppers=election.peppers,
                )
            except StateRefusedError as refusal:
                reasons.add(refusal.reason)
                return False
            db.session.commit()
            return True

    damage = attack(cast, codes=CODES)

    assert (damage.tried, damage.accepted, damage.doubled) == (CODES * THREADS, CODES, 0)
    assert reasons == {Reason.BALLOT_CHANGED}
    assert turnout(election.election_id).cast == CODES
    revisions = db.session.execute(text("SELECT DISTINCT revision FROM box_key")).scalars()
    receipts = db.session.execute(text("SELECT count(*) FROM ballot_receipt")).scalar_one()
    assert (list(revisions), receipts) == ([1], CODES)


@pytest.mark.usefixtures("careless_box")
def test_the_same_attack_doubles_ballots_in_a_box_that_checks_then_inserts(
    bare_app: Flask,
) -> None:
    def careless_cast(code: int, thread: int) -> bool:
        with bare_app.app_context():
            found = db.session.execute(
                text("SELECT count(*) FROM careless_box WHERE code = :code"), {"code": code}
            ).scalar_one()
            if found:
                return False
            db.session.execute(
                text("INSERT INTO careless_box VALUES (:code, :thread)"),
                {"code": code, "thread": thread},
            )
            db.session.commit()
            return True

    damage = attack(careless_cast, codes=CODES)

    stored = db.session.execute(text("SELECT count(*) FROM careless_box")).scalar_one()
    assert stored == damage.accepted
    assert damage.doubled > 0
