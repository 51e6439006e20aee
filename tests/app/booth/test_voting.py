"""From the code to the receipt, as voters go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from config import Settings
from database import database_now, db
from tests.app.votes import (
    Vote,
    Voter,
    ballots_in_box,
    cast_form,
    make_vote,
    require_valid,
    revisions,
)
from tests.builders import make_town
from tests.voting import builders as voting
from voting.codes import new_code
from voting.elections.kinds import Kind


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_voter_goes_from_code_to_receipt(app: Flask, vote: Vote, language: str) -> None:
    voter = Voter(app, base=f"/{language}/lindestad")
    require_valid(voter.client.get(f"{voter.base}/vote/"))
    entered = voter.enter(vote.code())
    assert entered.status_code == 303
    paper = voter.client.get(entered.location)
    assert "500" in require_valid(paper)
    checked = voter.check(1, 2)
    require_valid(checked)
    assert ballots_in_box(vote) == 0

    cast = voter.cast(checked)

    assert cast.status_code == 303
    receipt = voter.client.get(cast.location)
    assert receipt.status_code == 200
    assert 'class="bb-code"' in require_valid(receipt)
    assert ballots_in_box(vote) == 1


def test_code_is_read_as_people_type_it(vote: Vote, voter: Voter) -> None:
    typed = vote.code().replace("-", " ").lower().replace("0", "o").replace("1", "l")
    assert voter.enter(typed).status_code == 303


def test_mistyped_code_is_told_and_kept_in_the_field(vote: Vote, voter: Voter) -> None:
    answer = voter.enter("7Q2M-1111-2222-3333")
    assert answer.status_code == 400
    page = require_valid(answer)
    assert "This code is not typed right" in page
    assert 'value="7Q2M-1111-2222-3333"' in page


def test_unknown_code_opens_nothing(vote: Vote, voter: Voter) -> None:
    answer = voter.enter(new_code())
    assert answer.status_code == 400
    assert "We do not know this code here" in answer.text
    assert voter.look().status_code == 303


def test_code_of_another_town_is_unknown_here(app: Flask, vote: Vote) -> None:
    make_town(slug="rodenberg", name="Rodenberg")
    db.session.commit()
    answer = Voter(app, base="/en/rodenberg").enter(vote.code())
    assert "We do not know this code here" in answer.text


def test_check_says_in_words_when_a_choice_costs_too_much(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    answer = voter.check(1, 3)
    assert answer.status_code == 400
    page = require_valid(answer)
    assert "Your choice costs €900. You may spend at most €800." in page
    assert page.count("checked") >= 2


def test_choice_is_kept_when_the_voter_goes_back_from_the_check(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    checked = voter.check(2)
    again = voter.post("/vote/choose", {"choice": ["2"]}, checked)
    assert 'value="2" checked' in again.text
    assert 'value="1" checked' not in again.text


def test_blank_ballot_may_be_cast(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    checked = voter.check()
    assert "You choose nothing" in checked.text
    assert voter.cast(checked).status_code == 303
    assert ballots_in_box(vote) == 1


def test_sending_the_same_form_twice_is_one_ballot_with_one_receipt(
    app: Flask, vote: Vote, voter: Voter
) -> None:
    voter.enter(vote.code())
    checked = voter.check(1)
    # The answer to the first was lost: cookie and form are still those of before.
    lost = app.test_client()
    for cookie in ("booth", "session"):
        lost.set_cookie(cookie, voter.client.get_cookie(cookie).value)  # type: ignore[union-attr]
    first = voter.cast(checked)
    second = Voter(app, lost).cast(checked)

    assert first.status_code == second.status_code == 303
    receipts = [client.get(first.location).text for client in (voter.client, lost)]
    assert receipts[0].partition("bb-code")[2][:60] == receipts[1].partition("bb-code")[2][:60]
    assert revisions(vote) == 1


def test_a_lost_answer_is_repeated_even_after_the_close(
    app: Flask, vote: Vote, voter: Voter
) -> None:
    voter.enter(vote.code())
    checked = voter.check(1)
    lost = app.test_client()
    for cookie in ("booth", "session"):
        lost.set_cookie(cookie, voter.client.get_cookie(cookie).value)  # type: ignore[union-attr]
    voter.cast(checked)
    voting.shift_clock_to(database_now() + timedelta(minutes=29))
    db.session.commit()
    again = Voter(app, lost).cast(checked)
    assert again.status_code == 303
    assert again.location.endswith("/vote/receipt")


def test_voting_again_says_that_a_ballot_lies_in_the_box_and_replaces_it(
    vote: Vote, voter: Voter
) -> None:
    voter.vote(vote.code(), 1)
    voter.enter(vote.code())
    paper = voter.look()
    assert "already in the box" in paper.text
    assert "checked" not in paper.text
    voter.cast(voter.check(2))
    assert ballots_in_box(vote) == 1
    assert revisions(vote) == 2


def test_who_is_overtaken_by_the_same_code_is_asked_again(app: Flask, vote: Vote) -> None:
    slow, fast = Voter(app), Voter(app)
    slow.enter(vote.code())
    checked = slow.check(1)
    fast.vote(vote.code(), 2)

    answer = slow.cast(checked)

    assert answer.status_code == 409
    assert "already in the box" in require_valid(answer)
    assert revisions(vote) == 1
    assert slow.cast(answer).status_code == 303
    assert revisions(vote) == 2


def test_motion_with_codes_shows_for_against_and_abstain(
    app: Flask, committed: None, settings: Settings
) -> None:
    motion = make_vote(settings, kind=Kind.MOTION, options=(), budget_cents=None)
    voter = Voter(app)
    voter.enter(motion.code())
    paper = require_valid(voter.look())
    assert all(f'value="{answer}"' in paper for answer in ("for", "against", "abstain"))
    assert "Choose one of the answers." in voter.check().text
    checked = voter.check("for")
    assert cast_form(checked)["choice"] == ["for"]
    assert voter.cast(checked).status_code == 303
    assert ballots_in_box(motion) == 1


def test_vote_that_is_over_says_so_and_lets_go_of_the_code(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    voting.close(vote.election)
    voting.shift_clock_to(database_now() - timedelta(minutes=59))
    db.session.commit()
    answer = voter.look()
    assert answer.status_code == 409
    assert "This vote is closed." in require_valid(answer)
    assert voter.look().status_code == 303


def test_vote_that_has_not_begun_says_when_it_opens(
    app: Flask, committed: None, settings: Settings
) -> None:
    now = database_now()
    later = make_vote(
        settings, opens_at=now + timedelta(hours=1), closes_at=now + timedelta(hours=2)
    )
    answer = Voter(app).enter(later.code())
    assert answer.status_code == 409
    assert "This vote is not open yet." in answer.text


def test_door_names_what_can_be_voted_on_now_and_nothing_else(
    app: Flask, vote: Vote, settings: Settings
) -> None:
    now = database_now()
    times = {"opens_at": now + timedelta(hours=1), "closes_at": now + timedelta(hours=2)}
    make_vote(settings, town=vote.town, area_name="Zuid", title={"en": "Later"}, **times)
    hall = voting.make_motion(
        area_id=1, municipality_id=vote.town.id, title={"en": "Hall"}, closes_at=times["closes_at"]
    )
    voting.opened(settings.pepper_dir.parent, hall)
    db.session.commit()
    page = app.test_client().get("/en/lindestad/vote/").text
    assert "Vote 2027" in page
    assert "Hall" not in page
    assert "Later" not in page


def test_last_ten_minutes_are_counted_down(vote: Vote, voter: Voter) -> None:
    voter.enter(vote.code())
    assert "data-countdown hidden" in voter.look().text
    voting.shift_clock_to(database_now() + timedelta(minutes=52))
    db.session.commit()
    voter.enter(vote.code())
    assert "The vote closes in 7 minutes." in voter.look().text


@pytest.mark.parametrize("path", ["/vote/check", "/vote/cast"])
def test_link_to_another_language_never_asks_for_a_lost_form(
    vote: Vote, voter: Voter, path: str
) -> None:
    voter.enter(vote.code())
    answer = voter.client.get(f"/de/lindestad{path}")
    assert answer.status_code == 302
    assert answer.location.endswith("/de/lindestad/vote/choose")


@pytest.mark.parametrize("path", ["/vote/choose", "/vote/check", "/vote/cast"])
def test_without_a_code_every_page_leads_to_the_door(voter: Voter, path: str) -> None:
    answer = voter.client.get(voter.base + path)
    assert answer.status_code == 303
    assert answer.location.endswith("/vote/")


def test_choice_that_is_not_on_the_paper_is_refused_without_a_trace(
    vote: Vote, voter: Voter
) -> None:
    voter.enter(vote.code())
    checked = voter.check(1)
    for choice in (["9"], ["1", "1"], ["x"], ["1" * 50], ["for"]):
        answer = voter.post("/vote/cast", {**cast_form(checked), "choice": choice}, checked)
        assert answer.status_code == 400
    assert revisions(vote) == 0
