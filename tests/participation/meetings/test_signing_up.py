"""Signing up without an account, the waiting list, and many at once for the last seats."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from flask import Flask

from database import db
from participation import history
from participation.errors import ConflictError, InvalidInputError
from participation.meetings import queries, services
from participation.meetings.content import Visitor
from participation.meetings.models import Meeting
from participation.meetings.states import SignUpState
from participation.meetings.tokens import new_token
from participation.notices.models import Notice
from participation.permissions import VISITOR
from tests.builders import NOW
from tests.participation.meetings.builders import STARTS, details, make_meeting, sign_up
from tests.participation.priorities.builders import make_neighbourhood

THREADS = 32


@pytest.mark.usefixtures("session")
def test_nobody_needs_a_name_or_an_account() -> None:
    here = make_neighbourhood()
    assert sign_up(make_meeting(here)).state is SignUpState.PLACED


@pytest.mark.usefixtures("session")
def test_the_same_form_sent_twice_takes_one_place() -> None:
    here = make_neighbourhood()
    meeting, token = make_meeting(here, capacity=5), new_token()
    for _ in range(2):
        services.sign_up_for_meeting(
            actor=VISITOR, meeting=meeting, visitor=Visitor("nl", seats=2), token=token, now=NOW
        )
    assert meeting.seats_taken == 2


@pytest.mark.usefixtures("session")
def test_who_does_not_fit_waits_and_gets_the_place_that_is_given_back() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here, capacity=2)
    first = sign_up(meeting, seats=2)
    pair = sign_up(meeting, seats=3, email="drie@example.org")
    single = sign_up(meeting, email="een@example.org")
    assert {pair.state, single.state} == {SignUpState.WAITING}
    services.cancel_sign_up(actor=VISITOR, sign_up=first, now=NOW)
    assert (pair.state, single.state) == (SignUpState.WAITING, SignUpState.PLACED)
    last = db.session.query(Notice).order_by(Notice.id.desc()).first()
    assert last is not None
    assert (last.kind, last.email) == ("meeting_place_free", "een@example.org")


@pytest.mark.usefixtures("session")
def test_more_seats_are_given_to_those_who_wait() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here, capacity=1)
    sign_up(meeting)
    waiting = sign_up(meeting)
    services.change_meeting(
        actor=here.facilitator, meeting=meeting, details=details(capacity=2), now=NOW
    )
    assert (waiting.state, meeting.seats_taken) == (SignUpState.PLACED, 2)


@pytest.mark.usefixtures("session")
def test_giving_back_twice_frees_one_place_and_forgets_who_it_was() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here, capacity=5)
    gone = sign_up(meeting, name="Jan", email="jan@example.org", seats=2)
    assert services.cancel_sign_up(actor=VISITOR, sign_up=gone, now=NOW)
    assert not services.cancel_sign_up(actor=VISITOR, sign_up=gone, now=NOW)
    assert (meeting.seats_taken, gone.name, gone.email) == (0, None, None)
    sign_up(meeting, email="jan@example.org")


@pytest.mark.usefixtures("session")
def test_one_address_signs_up_once_whatever_its_case() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    sign_up(meeting, email="jan@example.org")
    with pytest.raises(InvalidInputError, match="address_signed_up_already"):
        sign_up(meeting, email="Jan@Example.org")


@pytest.mark.usefixtures("session")
def test_one_account_signs_up_once() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    sign_up(meeting, actor=here.resident)
    with pytest.raises(ConflictError, match="signed_up_already"):
        sign_up(meeting, actor=here.resident)


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("seats", [0, 11])
def test_seats_are_between_one_and_ten(seats: int) -> None:
    here = make_neighbourhood()
    with pytest.raises(InvalidInputError, match="seats_out_of_range"):
        sign_up(make_meeting(here), seats=seats)


@pytest.mark.usefixtures("session")
def test_nobody_signs_up_for_what_is_over_or_cancelled() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    with pytest.raises(ConflictError, match="meeting_closed_for_sign_up"):
        services.sign_up_for_meeting(
            actor=VISITOR,
            meeting=meeting,
            visitor=Visitor("nl"),
            token=new_token(),
            now=STARTS + timedelta(hours=3),
        )
    services.cancel_meeting(actor=here.facilitator, meeting=meeting, reason="Storm", now=NOW)
    with pytest.raises(ConflictError, match="meeting_closed_for_sign_up"):
        sign_up(meeting)


@pytest.mark.usefixtures("session")
def test_the_link_finds_its_sign_up_in_its_own_town_only() -> None:
    here, elsewhere = make_neighbourhood(), make_neighbourhood(slug="beukenstad")
    meeting, token = make_meeting(here), new_token()
    mine = services.sign_up_for_meeting(
        actor=VISITOR, meeting=meeting, visitor=Visitor("nl"), token=token, now=NOW
    )
    assert queries.find_sign_up(here.town.id, token) == mine
    assert queries.find_sign_up(elsewhere.town.id, token) is None
    assert queries.find_sign_up(here.town.id, new_token()) is None


@pytest.mark.usefixtures("session")
def test_the_journal_does_not_say_who_signed_up() -> None:
    here = make_neighbourhood()
    sign_up(make_meeting(here), name="Jan Visser", email="jan@example.org")
    records = history.list_records(history.municipality_chain(here.town.id))
    assert records[0].kind == "meeting_signed_up"
    assert "Visser" not in str([record.payload for record in records])


@pytest.mark.usefixtures("committed")
def test_32_threads_never_take_more_seats_than_there_are(bare_app: Flask) -> None:
    here = make_neighbourhood()
    meeting_id, town_id = make_meeting(here, capacity=20).id, here.town.id
    db.session.commit()
    start = Barrier(THREADS)

    def come(_number: int) -> SignUpState:
        with bare_app.app_context():
            start.wait()
            meeting = queries.find_meeting(town_id, meeting_id)
            assert meeting is not None
            state = sign_up(meeting).state
            db.session.commit()
            return state

    with ThreadPoolExecutor(THREADS) as pool:
        states = list(pool.map(come, range(THREADS)))
    assert states.count(SignUpState.PLACED) == 20
    db.session.expire_all()
    assert db.session.get_one(Meeting, meeting_id).seats_taken == 20
