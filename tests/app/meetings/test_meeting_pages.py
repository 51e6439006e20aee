"""Pages of meetings: list, sign-up by secret link, calendar files, planning, minutes, messages."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from app.notices import render_notice
from database import database_now, db
from participation.meetings import services
from participation.meetings.models import Meeting, MeetingSignUp
from participation.meetings.states import MeetingState, SignUpState
from participation.notices.models import Notice
from tests.app.browsing import send
from tests.app.visiting import LANGUAGES, browser_as
from tests.builders import make_area
from tests.participation.meetings.builders import details, make_meeting, sign_up
from tests.participation.priorities.builders import Neighbourhood


def _soon() -> datetime:
    return database_now().replace(microsecond=0) + timedelta(days=20)


def _planned(here: Neighbourhood, **changes: object) -> Meeting:
    starts = changes.pop("starts_at", _soon())
    assert isinstance(starts, datetime)
    meeting = make_meeting(here, starts_at=starts, ends_at=starts + timedelta(hours=2), **changes)
    db.session.commit()
    return meeting


def _url(meeting: Meeting, rest: str = "", language: str = "nl") -> str:
    return f"/{language}/lindestad/meetings/{meeting.id}{rest}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_finds_meetings_to_come_and_past(
    app: Flask, here: Neighbourhood, language: str
) -> None:
    meeting = _planned(here)
    past = _planned(here, title={"nl": "Vorig jaar"}, starts_at=datetime(2025, 1, 1, tzinfo=UTC))
    visitor = browser_as(app)
    page = visitor.get(f"/{language}/lindestad/meetings/").text
    assert f"/meetings/{meeting.id}" in page
    assert f"/meetings/{past.id}" in page
    assert visitor.get(_url(meeting, language=language)).status_code == 200


def test_the_list_is_narrowed_to_an_area(app: Flask, here: Neighbourhood) -> None:
    meeting = _planned(here)
    other = make_area(here.town, name="Beukenhof")
    db.session.commit()
    visitor = browser_as(app)
    address = "/nl/lindestad/meetings/"
    assert f"/meetings/{meeting.id}" in visitor.get(address + f"?area={here.area.slug}").text
    assert f"/meetings/{meeting.id}" not in visitor.get(address + f"?area={other.slug}").text
    assert visitor.get(address + "?area=nowhere").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_up_leads_to_a_page_that_gives_the_place_back(
    app: Flask, here: Neighbourhood, language: str
) -> None:
    meeting = _planned(here, capacity=1)
    visitor = browser_as(app)
    page = visitor.get(_url(meeting, language=language)).text
    fields = dict(re.findall(r'name="(csrf_token|token)"[^>]*value="([^"]+)"', page))
    url = _url(meeting, "/sign-up", language)
    answers = [visitor.post(url, data={**fields, "seats": "1"}) for _ in range(2)]
    assert {answer.location for answer in answers} == {answers[0].location}
    mine = answers[0].location or ""
    assert visitor.get(mine).status_code == 200
    assert send(visitor, f"{mine}/cancel", page=mine).status_code == 302
    db.session.expire_all()
    assert [s.state for s in db.session.scalars(select(MeetingSignUp))] == [SignUpState.CANCELLED]


def test_a_wrong_link_is_not_found(app: Flask, here: Neighbourhood) -> None:
    _planned(here)
    assert browser_as(app).get("/nl/lindestad/meetings/sign-ups/nonsense").status_code == 404


def test_too_many_seats_are_refused_at_the_field(app: Flask, here: Neighbourhood) -> None:
    meeting = _planned(here)
    visitor = browser_as(app)
    page = visitor.get(_url(meeting)).text
    fields = dict(re.findall(r'name="(csrf_token|token)"[^>]*value="([^"]+)"', page))
    answer = visitor.post(_url(meeting, "/sign-up"), data={**fields, "seats": "11"})
    assert answer.status_code == 400
    assert 'id="seats-error"' in answer.text


def test_one_meeting_and_whole_feeds_are_calendar_files(app: Flask, here: Neighbourhood) -> None:
    meeting = _planned(here, agenda={"nl": "19.30 Welkom"})
    gone = _planned(here)
    services.cancel_meeting(
        actor=here.facilitator, meeting=gone, reason="Storm", now=database_now()
    )
    db.session.commit()
    visitor = browser_as(app)
    one = Calendar.from_ical(visitor.get(_url(meeting, "/meeting.ics")).data)
    (event,) = one.walk("VEVENT")
    assert event.decoded("dtstart") == meeting.starts_at
    assert str(event["summary"]) == "Wijkbijeenkomst"
    for feed in ("/meetings/calendar.ics", f"/areas/{here.area.slug}/meetings.ics"):
        answer = visitor.get(f"/de/lindestad{feed}")
        assert answer.mimetype == "text/calendar"
        events = Calendar.from_ical(answer.data).walk("VEVENT")
        assert [str(e["status"]) for e in events] == ["CONFIRMED", "CANCELLED"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_facilitator_plans_in_the_towns_own_time(
    app: Flask, here: Neighbourhood, language: str
) -> None:
    browser = browser_as(app, here.facilitator)
    url = f"/{language}/lindestad/areas/{here.area.slug}/meetings/plan"
    typed: dict[str, object] = {
        "kind": "round_table",
        "title": "Wijktafel",
        "day": "2027-07-01",
        "start_time": "19:30",
        "end_time": "21:30",
        "place": "Buurthuis",
        "cycle": here.cycle.id,
        "is_step_free": "y",
        "capacity": "40",
    }
    wrong = send(browser, url, {**typed, "end_time": "18:00"})
    assert wrong.status_code == 400
    assert 'id="end_time-error"' in wrong.text
    answer = send(browser, url, typed)
    assert answer.status_code == 302, answer.text
    meeting = db.session.scalars(select(Meeting)).one()
    assert meeting.starts_at == datetime(2027, 7, 1, 17, 30, tzinfo=UTC)
    assert (meeting.title, meeting.cycle_id) == ({language: "Wijktafel"}, here.cycle.id)
    changed = send(browser, _url(meeting, "/edit", language), {**typed, "place": "Kerkzaal"})
    assert changed.status_code == 302
    db.session.expire_all()
    assert (meeting.place, meeting.cycle_id) == ("Kerkzaal", here.cycle.id)


@pytest.mark.parametrize("language", LANGUAGES)
def test_attendance_and_minutes_are_written_down(
    app: Flask, here: Neighbourhood, language: str
) -> None:
    meeting = _planned(here, starts_at=database_now() - timedelta(hours=1))
    browser, page = browser_as(app, here.facilitator), _url(meeting, "/record", language)
    assert "Wij spraken" not in browser.get(page).text
    assert (
        send(browser, _url(meeting, "/attendance"), {"count": "47"}, page=page).status_code == 302
    )
    minutes = {"minutes": "Wij spraken."}
    assert send(browser, _url(meeting, "/minutes"), minutes, page=page).status_code == 302
    assert "Wij spraken." not in browser_as(app).get(_url(meeting)).text
    published = {**minutes, "publish": "1"}
    assert send(browser, _url(meeting, "/minutes"), published, page=page).status_code == 302
    db.session.expire_all()
    assert meeting.state is MeetingState.MINUTED
    assert "Wij spraken." in browser_as(app).get(_url(meeting, language=language)).text
    assert browser.get(page).status_code == 200


def test_cancelling_asks_for_a_reason(app: Flask, here: Neighbourhood) -> None:
    meeting = _planned(here)
    browser, url = browser_as(app, here.facilitator), _url(meeting, "/cancel")
    assert send(browser, url).status_code == 400
    assert send(browser, url, {"reason": "Storm op komst."}).status_code == 302
    assert "Storm op komst." in browser_as(app).get(_url(meeting)).text


def test_names_of_who_comes_are_for_facilitators(app: Flask, here: Neighbourhood) -> None:
    meeting = _planned(here)
    sign_up(meeting, name="Jan Visser")
    db.session.commit()
    url = _url(meeting, "/sign-ups")
    assert "Jan Visser" in browser_as(app, here.facilitator).get(url).text
    assert browser_as(app, here.resident).get(url).status_code == 403
    assert "Jan Visser" not in browser_as(app).get(_url(meeting)).text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_read(app: Flask, here: Neighbourhood, language: str) -> None:
    meeting = _planned(here, capacity=1)
    first = sign_up(meeting, email="een@example.org", language=language)
    sign_up(meeting, email="twee@example.org", language=language)
    now = database_now()
    services.cancel_sign_up(actor=here.facilitator, sign_up=first, now=now)
    starts = _soon() + timedelta(days=1)
    services.change_meeting(
        actor=here.facilitator,
        meeting=meeting,
        details=details(starts_at=starts, ends_at=starts + timedelta(hours=1), capacity=1),
        now=now,
    )
    services.record_attendance(
        actor=here.facilitator, meeting=meeting, count=1, now=starts + timedelta(hours=1)
    )
    services.save_minutes(
        actor=here.facilitator, meeting=meeting, text="Wij spraken.", language="nl", now=now
    )
    services.publish_minutes(actor=here.facilitator, meeting=meeting, now=now)
    other = _planned(here)
    sign_up(other, email="drie@example.org", language=language)
    services.cancel_meeting(actor=here.facilitator, meeting=other, reason="Storm.", now=now)
    db.session.commit()
    notices = db.session.scalars(select(Notice)).all()
    assert {notice.kind for notice in notices} == {
        "meeting_signed_up",
        "meeting_waiting",
        "meeting_place_free",
        "meeting_changed",
        "meeting_minutes",
        "meeting_cancelled",
    }
    with app.app_context():
        for notice in db.session.scalars(select(Notice)):
            subject, text, html = render_notice(notice)
            assert subject
            assert f"/{language}/lindestad/meetings/" in text
            assert f'<html lang="{language}">' in html
