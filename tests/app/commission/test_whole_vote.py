"""A vote from the year's shortlist to its result, by the commission's pages and the booth alone."""

from __future__ import annotations

import io
import re
from base64 import b64decode
from datetime import timedelta
from html import unescape
from zipfile import ZipFile
from zoneinfo import ZoneInfo

from database import database_now, db
from participation.cycles.models import Cycle
from participation.people.models import Person
from participation.priorities.models import Priority
from tests.app.commission.conftest import REGISTER, Desk
from tests.app.votes import Voter, require_valid
from tests.voting.builders import shift_clock_to
from voting.elections.models import Election
from voting.states import ElectionState

_CARD = re.compile(r'class="bb-key-card__text">([^<]+)<')
_SLIP = re.compile(r'class="bb-slip__code">([^<]+)<')
_PACKED = re.compile(r'name="packed" type="hidden" value="([^"]*)"')
_DOWNLOAD = re.compile(r'href="data:application/zip;base64,([^"]+)"')


def draft(desk: Desk) -> Election:
    """The clerk drafts the year's vote for the next hour, town time."""
    year = f"/years/{desk.here.cycle.id}/ballot"
    local = database_now().astimezone(ZoneInfo("Europe/Amsterdam"))
    answer = desk.post(
        desk.clerk,
        year,
        {
            "commission": [desk.anna.id, desk.boris.id],
            "opens_at": (local - timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M"),
            "closes_at": (local + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
        },
    )
    assert answer.status_code == 302, answer.text
    db.session.rollback()
    cycle = db.session.get_one(Cycle, desk.here.cycle.id)
    return db.session.get_one(Election, cycle.election_id)


def agree(desk: Desk, person: Person, election: Election, act: str) -> None:
    answer = desk.post(
        person,
        f"/elections/{election.id}/agree/{act}",
        page=f"/elections/{election.id}/{act}",
    )
    assert answer.status_code == 302


def state(election: Election) -> ElectionState:
    db.session.rollback()
    return db.session.get_one(Election, election.id).state


def prepared(desk: Desk, election: Election) -> str:
    """Anna hands in the register's list and makes codes; returns the print page."""
    agree(desk, desk.boris, election, "prepare")
    path = f"/elections/{election.id}/prepare"
    upload = {"roll": (io.BytesIO(REGISTER.encode()), "roll.csv"), "slips": 3, "tally_cards": 3}
    preview = desk.post(desk.anna, path, upload)
    page = require_valid(preview)
    assert "2 people on the list can vote" in page
    assert "This is not a date: 31-31-1970" in page
    packed = _PACKED.search(page)
    assert packed is not None
    made = desk.post(
        desk.anna,
        f"{path}/confirm",
        {"packed": unescape(packed.group(1)), "slips": 3, "tally_cards": 3},
        page=path,
    )
    assert made.status_code == 200
    assert made.headers["Cache-Control"] == "no-store"
    return require_valid(made)


def test_vote_goes_from_shortlist_to_chosen_projects(desk: Desk) -> None:
    election = draft(desk)
    printed = prepared(desk, election)
    cards, slips = _CARD.findall(printed), _SLIP.findall(printed)
    assert len(cards) == 5
    assert len(slips) == 3
    assert state(election) is ElectionState.PREPARED

    agree(desk, desk.anna, election, "open")
    assert desk.post(desk.boris, f"/elections/{election.id}/open").status_code == 302
    for code, choice in zip(slips, (["1"], ["1"], ["2"]), strict=True):
        assert Voter(desk.app).vote(code, *choice).status_code == 303

    shift_clock_to(db.session.get_one(Election, election.id).closes_at)
    db.session.commit()
    assert desk.post(desk.anna, f"/elections/{election.id}/close").status_code == 302
    agree(desk, desk.boris, election, "count")
    count = f"/elections/{election.id}/count"
    answer = desk.post(desk.anna, count, {"card_one": cards[0], "card_two": cards[2].lower()})
    assert answer.status_code == 302
    assert state(election) is ElectionState.COUNTED
    assert "Only the commission" in require_valid(
        desk.get(desk.anna, f"/elections/{election.id}/counted")
    )
    assert (
        "is counting"
        in Voter(desk.app).client.get(f"/en/lindestad/elections/{election.id}/result").text
    )

    agree(desk, desk.boris, election, "publish")
    assert desk.post(desk.anna, f"/elections/{election.id}/publish").status_code == 302

    result = require_valid(
        Voter(desk.app).client.get(f"/en/lindestad/elections/{election.id}/result")
    )
    assert "One project goes ahead" in result
    db.session.rollback()
    states = {p.state.value for p in db.session.scalars(db.select(Priority))}
    assert states == {"chosen", "not_chosen"}


def test_letters_to_protected_addresses_stand_apart(desk: Desk) -> None:
    printed = prepared(desk, draft(desk))
    download = _DOWNLOAD.search(printed)
    assert download is not None
    with ZipFile(io.BytesIO(b64decode(download.group(1)))) as archive:
        files = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    assert set(files) == {"letters.csv", "letters-protected.csv", "slips.csv"}
    assert "Jan Jansen" in files["letters.csv"]
    assert "Fatma de Boer" not in files["letters.csv"]
    assert "http://localhost/de/lindestad/vote/#" in files["letters-protected.csv"]
    assert "localhost/abstimmen" in files["letters-protected.csv"]


def test_codes_are_shown_once(desk: Desk) -> None:
    election = draft(desk)
    prepared(desk, election)
    again = desk.post(
        desk.anna,
        f"/elections/{election.id}/prepare/confirm",
        {"packed": "", "slips": 3, "tally_cards": 3},
        page=f"/elections/{election.id}/prepare",
    )
    assert again.status_code == 400
    assert "A second member of the commission must agree first." in again.text
    assert not _SLIP.findall(again.text)


def test_one_member_alone_prepares_nothing(desk: Desk) -> None:
    election = draft(desk)
    agree(desk, desk.anna, election, "prepare")
    answer = desk.post(
        desk.anna,
        f"/elections/{election.id}/prepare/confirm",
        {"packed": "", "slips": 3, "tally_cards": 3},
        page=f"/elections/{election.id}/prepare",
    )
    assert answer.status_code == 400
    assert state(election) is ElectionState.DRAFT


def test_agreement_can_be_taken_back(desk: Desk) -> None:
    election = draft(desk)
    agree(desk, desk.boris, election, "prepare")
    path = f"/elections/{election.id}/prepare"
    assert "You can do it now." in desk.get(desk.anna, path).text
    desk.post(desk.boris, f"/elections/{election.id}/withdraw/prepare", page=path)
    assert "You can do it now." not in desk.get(desk.anna, path).text


def test_changing_the_draft_voids_an_agreement(desk: Desk) -> None:
    election = draft(desk)
    agree(desk, desk.boris, election, "prepare")
    draft(desk)
    page = desk.get(desk.anna, f"/elections/{election.id}/prepare").text
    assert "Nobody has agreed yet." in page


def test_cards_are_never_shown_again(desk: Desk) -> None:
    election = draft(desk)
    cards = _CARD.findall(prepared(desk, election))
    agree(desk, desk.anna, election, "open")
    desk.post(desk.boris, f"/elections/{election.id}/open")
    shift_clock_to(db.session.get_one(Election, election.id).closes_at)
    db.session.commit()
    desk.post(desk.anna, f"/elections/{election.id}/close")
    agree(desk, desk.boris, election, "count")
    path = f"/elections/{election.id}/count"
    for second, sentence in (
        ("T2 nonsense", "A card is not typed right."),
        (cards[3], "These cards do not belong to the ballot box"),
        (cards[0], "These cards do not belong to the ballot box"),
    ):
        answer = desk.post(desk.anna, path, {"card_one": cards[0], "card_two": second})
        assert answer.status_code == 400
        assert sentence in answer.text
        assert cards[0] not in answer.text
    assert state(election) is ElectionState.CLOSED


def test_vote_cannot_be_closed_before_its_published_time(desk: Desk) -> None:
    election = draft(desk)
    prepared(desk, election)
    agree(desk, desk.anna, election, "open")
    desk.post(desk.boris, f"/elections/{election.id}/open")
    path = f"/elections/{election.id}/close"
    assert "Nobody can close it earlier" in require_valid(desk.get(desk.anna, path))
    agree(desk, desk.boris, election, "close")
    answer = desk.post(desk.anna, path, {"reason": "We are tired"})
    assert answer.status_code == 400
    assert state(election) is ElectionState.OPEN


def test_stopping_needs_a_reason_that_the_journal_shows(desk: Desk) -> None:
    election = draft(desk)
    prepared(desk, election)
    agree(desk, desk.anna, election, "open")
    desk.post(desk.boris, f"/elections/{election.id}/open")
    agree(desk, desk.boris, election, "suspend")
    path = f"/elections/{election.id}/suspend"
    assert desk.post(desk.anna, path, {"reason": ""}).status_code == 400
    assert desk.post(desk.anna, path, {"reason": "A letter was lost"}).status_code == 302
    journal = require_valid(desk.get(desk.anna, f"/elections/{election.id}/journal"))
    assert "A letter was lost" in journal
    assert "The chain is whole" in journal
    public = Voter(desk.app).client.get(f"/en/lindestad/elections/{election.id}/result")
    assert "has stopped this vote" in public.text
