"""A show of cards in a hall: two tellers who do not see each other's numbers."""

from __future__ import annotations

from database import database_now, db
from participation.people.models import Person
from tests.app.commission.conftest import Desk
from tests.app.commission.test_whole_vote import agree, state
from tests.app.votes import require_valid
from tests.voting import builders as voting
from voting.elections.models import Election
from voting.elections.services import draft_election
from voting.states import ElectionState


def hall(desk: Desk) -> Election:
    """A motion by show of cards, open."""
    draft = voting.make_motion(
        area_id=desk.here.area.id,
        municipality_id=desk.here.town.id,
        commission=(desk.anna.id, desk.boris.id),
        title={"en": "Adopt the plan"},
    )
    election = draft_election(actor=desk.anna.id, draft=draft, now=database_now())
    db.session.commit()
    for act in ("prepare", "open"):
        agree(desk, desk.boris, election, act)
        assert desk.post(desk.anna, f"/elections/{election.id}/{act}").status_code == 302
    return election


def write_down(desk: Desk, person: Person, election: Election, in_favour: int) -> None:
    numbers = {"issued": 50, "total_for": in_favour, "total_against": 10, "total_abstain": 2}
    answer = desk.post(person, f"/elections/{election.id}/totals", numbers)
    assert answer.status_code == 302, answer.text


def test_two_tellers_who_agree_make_a_result(desk: Desk) -> None:
    election = hall(desk)
    agree(desk, desk.boris, election, "close")
    closed = desk.post(desk.anna, f"/elections/{election.id}/close", {"reason": "All have voted"})
    assert closed.status_code == 302
    write_down(desk, desk.anna, election, 30)
    assert 'value="30"' not in desk.get(desk.boris, f"/elections/{election.id}/totals").text
    write_down(desk, desk.boris, election, 31)
    count = f"/elections/{election.id}/count"
    differ = desk.post(desk.anna, count)
    assert differ.status_code == 400
    assert "The two tellers wrote down different numbers." in require_valid(differ)

    write_down(desk, desk.boris, election, 30)
    assert desk.post(desk.anna, count).status_code == 302
    agree(desk, desk.boris, election, "publish")
    assert desk.post(desk.anna, f"/elections/{election.id}/publish").status_code == 302

    assert state(election) is ElectionState.PUBLISHED
    page = require_valid(
        desk.app.test_client().get(f"/en/lindestad/elections/{election.id}/result")
    )
    assert "It is adopted" in page
    assert "Two tellers counted by hand" in page


def test_numbers_that_cannot_be_are_refused(desk: Desk) -> None:
    election = hall(desk)
    numbers = {"issued": 5, "total_for": 30, "total_against": 10, "total_abstain": 2}
    answer = desk.post(desk.anna, f"/elections/{election.id}/totals", numbers)
    assert answer.status_code == 400
    assert "there are more cards than were given out" in answer.text
