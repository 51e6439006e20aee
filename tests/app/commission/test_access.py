"""Who may see and do what at the commission's desk, and that its pages are pages."""

from __future__ import annotations

import html5lib
import pytest

from database import db
from participation.people.models import Person
from participation.people.queries import find_person
from participation.permissions import Role
from tests.app.browsing import browser_of
from tests.app.commission.conftest import Desk, person_of
from tests.app.commission.test_whole_vote import draft, prepared
from tests.builders import make_actor, make_area, make_person, make_town
from tests.participation.priorities.builders import Neighbourhood

PAGES = ("", "/prepare", "/count", "/totals", "/journal", "/protocol")


@pytest.mark.parametrize("language", ["nl", "de", "en"])
def test_pages_of_the_desk_are_valid(desk: Desk, language: str) -> None:
    election = draft(desk)
    client = desk.as_(desk.anna)
    paths = [f"/elections/{election.id}{page}" for page in PAGES]
    for path in ["/elections/", *paths]:
        answer = client.get(f"/{language}/lindestad{path}")
        assert answer.status_code == 200, path
        html5lib.HTMLParser(strict=True).parse(answer.text)
    prepared(desk, election)
    for act in ("open", "revise", "prepare"):
        answer = client.get(f"/{language}/lindestad/elections/{election.id}/{act}")
        html5lib.HTMLParser(strict=True).parse(answer.text)
    clerk = desk.as_(desk.clerk).get(f"/{language}/lindestad/years/{desk.here.cycle.id}/ballot")
    html5lib.HTMLParser(strict=True).parse(clerk.text)


def test_act_that_the_state_does_not_permit_has_no_page(desk: Desk) -> None:
    election = draft(desk)
    for act in ("open", "close", "publish", "suspend", "resume", "annul"):
        assert desk.get(desk.anna, f"/elections/{election.id}/{act}").status_code == 404


def test_only_the_commission_runs_a_vote(desk: Desk) -> None:
    election = draft(desk)
    outsiders = [
        desk.clerk,
        person_of(desk.here, Role.RESIDENT, "Resident"),
        person_of(desk.here, Role.AUDITOR, "Auditor"),
        elsewhere(desk.here),
    ]
    db.session.commit()
    for person in outsiders:
        client = browser_of(desk.app, person)
        for page in ("/prepare", "/count", "/totals"):
            answer = client.get(f"/en/lindestad/elections/{election.id}{page}")
            assert answer.status_code == 403, (person.name, page)


def test_auditor_reads_and_has_no_buttons(desk: Desk) -> None:
    election = draft(desk)
    auditor = person_of(desk.here, Role.AUDITOR, "Auditor")
    db.session.commit()
    page = desk.get(auditor, f"/elections/{election.id}")
    assert page.status_code == 200
    assert "Go to this step" not in page.text
    assert desk.get(auditor, f"/elections/{election.id}/journal").status_code == 200
    assert desk.get(auditor, f"/elections/{election.id}/protocol").status_code == 200


def test_member_who_is_not_on_this_commission_cannot_agree(desk: Desk) -> None:
    election = draft(desk)
    late = person_of(desk.here, Role.COMMISSION_MEMBER, "Late")
    db.session.commit()
    answer = desk.post(
        late,
        f"/elections/{election.id}/agree/prepare",
        page=f"/elections/{election.id}/prepare",
    )
    assert answer.status_code == 403
    assert "Nobody has agreed yet." in desk.get(desk.anna, f"/elections/{election.id}/prepare").text


def test_session_without_second_factor_sees_nothing(desk: Desk) -> None:
    election = draft(desk)
    client = browser_of(desk.app, desk.anna, second_factor=False)
    assert client.get(f"/en/lindestad/elections/{election.id}").status_code == 403


def test_vote_of_another_town_does_not_exist_here(desk: Desk) -> None:
    election = draft(desk)
    other = make_town(slug="rodenberg", name="Rodenberg")
    make_area(other, name="Rotdorn")
    stranger = make_person(other)
    make_actor(other, Role.COMMISSION_MEMBER)
    db.session.commit()
    client = browser_of(desk.app, stranger)
    for page in ("", "/result", "/prepare", "/protocol"):
        answer = client.get(f"/en/rodenberg/elections/{election.id}{page}")
        assert answer.status_code == 404, page


def test_list_shows_the_votes_one_watches_over_only(desk: Desk) -> None:
    draft(desk)
    assert "Lindekwartier 2027" in desk.get(desk.anna, "/elections/").text
    stranger = elsewhere(desk.here)
    db.session.commit()
    assert "Lindekwartier 2027" not in desk.get(stranger, "/elections/").text


def test_clerk_is_told_what_is_missing_in_a_draft(desk: Desk) -> None:
    path = f"/years/{desk.here.cycle.id}/ballot"
    times = {"opens_at": "2027-03-01T09:00", "closes_at": "2027-02-01T20:00"}
    both = [desk.anna.id, desk.boris.id]
    cases: tuple[tuple[dict[str, object], str], ...] = (
        ({"commission": [desk.anna.id], **times}, "The commission needs at least two members."),
        ({"commission": both, **times}, "The vote must open before it closes."),
        (
            {"commission": both, "opens_at": "2027-03-28T02:30", "closes_at": "2027-04-01T09:00"},
            "this time does not exist",
        ),
        ({"commission": both, **times, "opens_at": "0001-01-01T00:00"}, "Not a valid datetime"),
        ({"commission": both, **times, "closes_at": "9999-12-31T23:59"}, "Not a valid datetime"),
    )
    for data, sentence in cases:
        answer = desk.post(desk.clerk, path, data)
        assert answer.status_code == 400
        assert sentence in answer.text


def elsewhere(here: Neighbourhood) -> Person:
    """A commission member of another neighbourhood of the same town."""
    actor = make_actor(here.town, Role.COMMISSION_MEMBER, area=make_area(here.town, name="Centrum"))
    person = find_person(here.town.id, actor.person_id or 0)
    assert person is not None
    return person
