"""What everybody may read of a vote, before and after its result."""

from __future__ import annotations

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient

from config import Settings
from database import database_now, db
from tests.app.votes import OPTIONS, Vote, draft_in, make_vote, publish, require_valid, token_on
from tests.builders import make_town
from tests.voting import builders as voting
from voting.counting.model import MotionChoice, TieCriterion
from voting.elections.drafts import DraftOption
from voting.elections.kinds import Kind
from voting.results.queries import published_result


@pytest.fixture
def vote(committed: None, settings: Settings) -> Vote:
    """A vote on three projects with 800 euros, open."""
    return make_vote(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def result_address(vote: Vote, language: str = "en") -> str:
    return f"/{language}/lindestad/elections/{vote.id}/result"


def cast(vote: Vote, *ballots: list[int] | MotionChoice) -> list[str]:
    """Cast these ballots, each with a code of its own; returns the receipts."""
    receipts = [
        voting.vote(vote.election, vote.code(number), ballot).receipt
        for number, ballot in enumerate(ballots)
    ]
    db.session.commit()
    return receipts


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_before_the_count_only_the_turnout_is_told(
    vote: Vote, client: FlaskClient, language: str
) -> None:
    cast(vote, [1], [1], [2])
    page = require_valid(client.get(result_address(vote, language)))
    assert '<p class="bb-big">3</p>' in page
    for path in ("receipts", "counted", "files/outcome.json"):
        answer = client.get(f"/{language}/lindestad/elections/{vote.id}/{path}")
        assert answer.status_code in {302, 404}


def test_draft_says_when_the_vote_will_be(app: Flask, committed: None) -> None:
    town = make_town()
    election = voting.drafted(draft_in(town))
    db.session.commit()
    page = require_valid(app.test_client().get(f"/en/lindestad/elections/{election}/result"))
    assert "The vote opens on" in page
    assert OPTIONS[0].title["en"] not in page


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_result_is_a_valid_page_in_every_language(
    vote: Vote, client: FlaskClient, language: str
) -> None:
    cast(vote, [1, 2], [1], [2])
    publish(vote)
    for path in ("result", "receipts", "received"):
        answer = client.get(f"/{language}/lindestad/elections/{vote.id}/{path}")
        assert answer.status_code == 200
        html5lib.HTMLParser(strict=True).parse(answer.text)


def test_each_project_has_its_reason(vote: Vote, client: FlaskClient) -> None:
    cast(vote, [1], [1], [1], [3], [3])
    publish(vote)
    page = client.get(result_address(vote)).text
    assert "One project goes ahead" in page
    assert "5 ballots were cast. Projects for €500 were chosen out of €800." in " ".join(
        page.split()
    )
    assert "When its turn came, €300 was left. It costs €400. So €100 was missing." in page
    assert "2 more votes: then it would have come before Calm traffic" in page
    assert "Nobody chose it." in page


def test_tie_is_stated_with_what_broke_it(vote: Vote, client: FlaskClient) -> None:
    cast(vote, [1, 3], [1, 3])
    publish(vote)
    page = " ".join(client.get(result_address(vote)).text.split())
    assert "2 projects were level. The cheaper one came first. The order:" in page
    assert "<li>Playground</li><li>Calm traffic</li>" in page
    assert "This decided who got money." in page


def test_draw_is_stated_as_a_draw(app: Flask, committed: None, settings: Settings) -> None:
    same = tuple(DraftOption(str(n), {"en": f"Project {n}"}, {}, 500_00) for n in (1, 2))
    drawn = make_vote(settings, options=same, tie_criteria=(TieCriterion.DRAW,))
    cast(drawn, [1, 2])
    publish(drawn)
    page = app.test_client().get(result_address(drawn)).text
    assert "A public draw decided the order:" in page
    result = published_result(drawn.id)
    assert result is not None
    assert result.draw_seed in page


def test_motion_shows_votes_and_decision(app: Flask, committed: None, settings: Settings) -> None:
    motion = make_vote(settings, kind=Kind.MOTION, options=(), budget_cents=None)
    cast(motion, MotionChoice.FOR, MotionChoice.AGAINST, MotionChoice.ABSTAIN)
    publish(motion)
    page = require_valid(app.test_client().get(result_address(motion)))
    assert "It is not adopted" in page
    assert "There were not enough votes for it." in page


def test_receipt_is_found_before_and_after_the_close(vote: Vote, client: FlaskClient) -> None:
    replaced, kept = cast(vote, [1], [2])
    voting.vote(vote.election, vote.code(0), [3])
    db.session.commit()
    assert "a ballot with this receipt was received" in look_up(vote, client, replaced).lower()
    publish(vote)
    assert "was in the box at closing" in look_up(vote, client, kept.lower().replace("-", " "))
    assert "Later it was replaced" in look_up(vote, client, replaced)
    assert "There is no ballot" in look_up(vote, client, "0000-0000-0000-0000-0000")


def test_list_of_receipts_is_complete(vote: Vote, client: FlaskClient) -> None:
    receipts = cast(vote, [1], [2], [3])
    publish(vote)
    page = client.get(f"/en/lindestad/elections/{vote.id}/receipts").text
    places = [page.index(receipt) for receipt in sorted(receipts)]
    assert places == sorted(places)
    assert "3 receipts" in page


def test_files_are_published_as_they_are(vote: Vote, client: FlaskClient) -> None:
    cast(vote, [1])
    publish(vote)
    result = published_result(vote.id)
    assert result is not None
    for name in result.files:
        answer = client.get(f"/en/lindestad/elections/{vote.id}/files/{name}")
        assert answer.status_code == 200
        assert f"vote-{vote.id}-{name}" in answer.headers["Content-Disposition"]
    assert client.get(f"/en/lindestad/elections/{vote.id}/files/roll.csv").status_code == 404


def test_objection_stands_above_the_result(vote: Vote, client: FlaskClient) -> None:
    cast(vote, [1])
    publish(vote)
    for act, run in (
        (voting.Act.SUSPEND, voting.services.suspend_election),
        (voting.Act.ANNUL, voting.services.annul_election),
    ):
        voting.consent(vote.id, act)
        run(actor=voting.ANNA, election_id=vote.id, reason="Why", now=database_now())
    db.session.commit()
    page = require_valid(client.get(result_address(vote)))
    assert "This vote was annulled. Its result does not count." in page


def test_result_page_asks_no_more_of_the_database_when_it_grows(
    app: Flask, committed: None, settings: Settings
) -> None:
    from tests.app.booth.test_privacy import statements

    town = make_town()
    counts = []
    for size, name in ((3, "Noord"), (30, "Zuid")):
        options = tuple(DraftOption(str(n), {"en": f"P{n}"}, {}, 100_00) for n in range(size))
        vote = make_vote(settings, town=town, options=options, area_name=name)
        voting.vote(vote.election, vote.code(), list(range(1, size + 1)))
        publish(vote)
        with statements(app) as seen:
            assert app.test_client().get(result_address(vote)).status_code == 200
        counts.append(len(seen))
        db.session.execute(db.text("DELETE FROM clock"))
        db.session.commit()
    assert counts[0] == counts[1]


def look_up(vote: Vote, client: FlaskClient, receipt: str) -> str:
    address = f"/en/lindestad/elections/{vote.id}/received"
    answer = client.post(
        address, data={"csrf_token": token_on(client.get(address)), "receipt": receipt}
    )
    assert answer.status_code == 200
    return require_valid(answer)
