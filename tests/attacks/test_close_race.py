"""D2 in its quick form: casts that straddle the close."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from flask import Flask

from database import database_now, db
from tests.voting import builders
from voting.box.booth import cast_ballot
from voting.box.queries import counted_receipts
from voting.box.tokens import read_form, seal_form
from voting.elections import services
from voting.errors import Reason, StateRefusedError
from voting.states import Act, Closing

pytestmark = pytest.mark.usefixtures("committed")
VOTERS = 16
EACH = 10


def test_acknowledged_ballots_are_counted_and_refused_ones_are_not(
    bare_app: Flask, tmp_path: Path
) -> None:
    draft = builders.make_draft(closing=Closing.BY_COMMISSION)
    election = builders.opened(tmp_path, draft, people=0, slips=VOTERS * EACH)
    booths = [builders.enter(election, code) for code in election.codes]
    builders.consent(election.election_id, Act.CLOSE)
    db.session.commit()
    acknowledged: set[str] = set()
    refused: list[Reason] = []

    def voter(number: int) -> None:
        for booth in booths[number * EACH : (number + 1) * EACH]:
            token = seal_form(booth.access, revision=0, secret=builders.SECRET)
            with bare_app.app_context():
                try:
                    result = cast_ballot(
                        access=booth.access,
                        form=read_form(token, secret=builders.SECRET),
                        choices=[1],
                        peppers=election.peppers,
                    )
                except StateRefusedError as refusal:
                    refused.append(refusal.reason)
                    continue
                time.sleep(0.002 * (number % 3))
                db.session.commit()
                acknowledged.add(result.receipt)

    threads = [threading.Thread(target=voter, args=(number,)) for number in range(VOTERS)]
    for thread in threads:
        thread.start()
    while len(acknowledged) < VOTERS * EACH // 4 and any(item.is_alive() for item in threads):
        time.sleep(0.001)
    services.close_election(
        actor=builders.ANNA, election_id=election.election_id, now=database_now(), reason="all in"
    )
    db.session.commit()
    for thread in threads:
        thread.join()

    assert set(counted_receipts(election.election_id)) == acknowledged
    assert len(acknowledged) + len(refused) == VOTERS * EACH
    assert set(refused) <= {Reason.ELECTION_OVER}
    assert refused
