"""Planning, changing, cancelling, attendance and minutes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from database import db
from participation.areas import queries as areas
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.meetings import queries, services
from participation.meetings.models import Meeting
from participation.meetings.states import MeetingState
from participation.notices.models import Notice
from tests.builders import NOW
from tests.participation.meetings.builders import STARTS, details, make_meeting, sign_up
from tests.participation.priorities.builders import make_neighbourhood

pytestmark = pytest.mark.usefixtures("session")
AFTER = STARTS + timedelta(hours=3)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": {"nl": "  "}}, "title"),
        ({"place": " "}, "place"),
        ({"ends_at": STARTS}, "end_time"),
        ({"ends_at": STARTS + timedelta(days=9)}, "end_time"),
        ({"capacity": 0}, "capacity"),
    ],
)
def test_a_meeting_needs_a_title_a_place_and_times_that_can_be(
    changes: dict[str, Any], field: str
) -> None:
    here = make_neighbourhood()
    with pytest.raises(InvalidInputError) as refused:
        make_meeting(here, **changes)
    assert refused.value.params["field"] == field


def test_residents_do_not_plan_meetings() -> None:
    here = make_neighbourhood()
    with pytest.raises(NotAllowedError):
        make_meeting(here, actor=here.resident)


def test_the_same_form_sent_twice_plans_one_meeting() -> None:
    here = make_neighbourhood()
    for _ in range(2):
        services.plan_meeting(
            actor=here.facilitator,
            area=areas.subject_of(here.area),
            details=details(),
            key="form-1",
            now=NOW,
        )
    assert db.session.scalar(select(func.count(Meeting.id))) == 1


def test_what_is_over_is_no_longer_upcoming() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    assert list(queries.upcoming_meetings([here.area.id], now=NOW, limit=5)) == [meeting]
    assert not queries.upcoming_meetings([here.area.id], now=AFTER, limit=5)
    assert list(queries.list_past(here.town.id, now=AFTER)) == [meeting]


def test_the_list_of_an_area_holds_meetings_of_areas_below_it() -> None:
    here = make_neighbourhood()
    elsewhere = make_neighbourhood(slug="beukenstad")
    meeting = make_meeting(here)
    make_meeting(elsewhere)
    root = areas.root_area(here.town.id)
    assert list(queries.list_upcoming(here.town.id, now=NOW, area_id=root.id)) == [meeting]


def test_attendance_is_counted_from_the_beginning_on() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    with pytest.raises(ConflictError, match="meeting_not_begun"):
        services.record_attendance(actor=here.facilitator, meeting=meeting, count=47, now=NOW)
    services.record_attendance(actor=here.facilitator, meeting=meeting, count=47, now=STARTS)
    services.record_attendance(actor=here.facilitator, meeting=meeting, count=48, now=AFTER)
    assert (meeting.state, meeting.attendance_count) == (MeetingState.HELD, 48)


def test_minutes_are_published_once_and_then_frozen() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    sign_up(meeting, email="jan@example.org")
    services.record_attendance(actor=here.facilitator, meeting=meeting, count=47, now=STARTS)
    with pytest.raises(ConflictError, match="minutes_missing"):
        services.publish_minutes(actor=here.facilitator, meeting=meeting, now=AFTER)
    services.save_minutes(
        actor=here.facilitator, meeting=meeting, text="Wij spraken.", language="nl", now=AFTER
    )
    services.publish_minutes(actor=here.facilitator, meeting=meeting, now=AFTER)
    with pytest.raises(ConflictError, match="minutes_are_frozen"):
        services.save_minutes(
            actor=here.facilitator, meeting=meeting, text="Anders.", language="nl", now=AFTER
        )
    with pytest.raises(ConflictError, match="meeting_step_not_now"):
        services.record_attendance(actor=here.facilitator, meeting=meeting, count=1, now=AFTER)
    kinds = db.session.scalars(select(Notice.kind).order_by(Notice.id)).all()
    assert kinds == ["meeting_signed_up", "meeting_minutes"]


def test_minutes_wait_for_the_attendance() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    services.save_minutes(
        actor=here.facilitator, meeting=meeting, text="Concept", language="nl", now=NOW
    )
    with pytest.raises(ConflictError, match="meeting_step_not_now"):
        services.publish_minutes(actor=here.facilitator, meeting=meeting, now=AFTER)


def test_a_cancelled_meeting_says_why_and_tells_who_signed_up() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    sign_up(meeting, email="jan@example.org")
    sign_up(meeting)
    with pytest.raises(InvalidInputError, match="reason_missing"):
        services.cancel_meeting(actor=here.facilitator, meeting=meeting, reason=" ", now=NOW)
    services.cancel_meeting(actor=here.facilitator, meeting=meeting, reason="Storm.", now=NOW)
    assert (meeting.state, meeting.cancel_reason) == (MeetingState.CANCELLED, "Storm.")
    messages = db.session.scalars(select(Notice).where(Notice.kind == "meeting_cancelled")).all()
    assert [message.email for message in messages] == ["jan@example.org"]


def test_another_place_is_told_to_who_signed_up_another_agenda_is_not() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here)
    sign_up(meeting, email="jan@example.org")
    for changes in ({"agenda": {"nl": "Stemmen"}}, {"place": "Kerkzaal"}):
        services.change_meeting(
            actor=here.facilitator, meeting=meeting, details=details(**changes), now=NOW
        )
    kinds = db.session.scalars(select(Notice.kind)).all()
    assert kinds.count("meeting_changed") == 1


def test_fewer_seats_than_are_taken_are_refused() -> None:
    here = make_neighbourhood()
    meeting = make_meeting(here, capacity=10)
    sign_up(meeting, seats=4)
    with pytest.raises(InvalidInputError, match="capacity_too_small"):
        services.change_meeting(
            actor=here.facilitator, meeting=meeting, details=details(capacity=3), now=NOW
        )
