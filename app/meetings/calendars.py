"""Meetings as calendar files: one, or a feed a calendar program follows (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from flask import Response, request, url_for
from icalendar import Calendar, Event

from app.access import public
from app.filters import localised
from app.meetings import blueprint
from app.towns import current_town
from database import database_now
from participation.areas.models import Area
from participation.meetings import queries
from participation.meetings.models import Meeting
from participation.meetings.states import MeetingState

# What has been stays in a followed calendar for half a year.
KEPT = timedelta(days=183)


@blueprint.get("/meetings/<int:meeting_id>/meeting.ics")
@public
def meeting_file(meeting: Meeting) -> Response:
    """One meeting, for one's own calendar."""
    return _answer([meeting], localised(meeting.title))


@blueprint.get("/meetings/calendar.ics")
@public
def town_feed() -> Response:
    """All meetings of the town, to follow."""
    town = current_town()
    found = queries.list_for_feed(town.id, since=database_now() - KEPT)
    return _answer(found, town.name)


@blueprint.get("/areas/<area_slug>/meetings.ics")
@public
def area_feed(area: Area) -> Response:
    """Meetings of an area and all below it, to follow."""
    found = queries.list_for_feed(
        area.municipality_id, since=database_now() - KEPT, area_id=area.id
    )
    return _answer(found, area.name)


def _answer(meetings: Iterable[Meeting], name: str) -> Response:
    calendar = Calendar()
    calendar.add("prodid", "-//De buurt beslist//meetings//")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    response = Response(calendar.to_ical(), mimetype="text/calendar")
    response.headers["Content-Disposition"] = 'inline; filename="meetings.ics"'
    return response


def _event(meeting: Meeting) -> Event:
    event = Event()
    address = url_for("meetings.show", meeting_id=meeting.id, _external=True)
    event.add("uid", f"meeting-{meeting.id}@{request.host}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", localised(meeting.title))
    event.add("location", meeting.place)
    event.add("description", _description(meeting))
    event.add("url", address)
    is_cancelled = meeting.state is MeetingState.CANCELLED
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event


def _description(meeting: Meeting) -> str:
    parts = (localised(meeting.agenda), localised(meeting.access_notes))
    return "\n\n".join(part for part in parts if part)
