"""What everybody sees of meetings: the list and each one's page."""

from __future__ import annotations

from collections.abc import Sequence

from flask import abort, g, render_template, request
from flask.typing import ResponseReturnValue

from app.access import public
from app.meetings import blueprint
from app.meetings.forms import SignUpForm
from app.meetings.motion_page import decided_motions
from app.pages import Page, asked_page
from app.sentences.meetings import KINDS, STATES
from app.session import current_actor, current_person
from app.towns import current_town
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.areas.models import Area
from participation.cycles import queries as cycles
from participation.meetings import queries
from participation.meetings.models import Meeting
from participation.meetings.states import MeetingState
from participation.meetings.tokens import new_token
from participation.permissions import can

PER_PAGE = 20


@blueprint.get("/meetings/")
@public
def index() -> ResponseReturnValue:
    """Meetings to come and past, of the town or of one area."""
    town, now = current_town(), database_now()
    every = areas.list_areas(town.id, on=now.date())
    chosen = _chosen_area(every)
    area_id = chosen.id if chosen else None
    page = Page(
        number=asked_page(),
        per_page=PER_PAGE,
        total=queries.count_past(town.id, now=now, area_id=area_id),
    )
    return render_template(
        "meetings/index.html",
        areas=every,
        area_names={area.id: area.name for area in every},
        chosen=chosen,
        upcoming=queries.list_upcoming(town.id, now=now, area_id=area_id),
        past=queries.list_past(
            town.id, now=now, area_id=area_id, offset=page.offset, limit=page.per_page
        ),
        page=page,
        plannable=_plannable([chosen] if chosen else every),
        **names_of_meetings(),
    )


@blueprint.get("/meetings/<int:meeting_id>")
@public
def show(meeting: Meeting) -> ResponseReturnValue:
    """One meeting: when, where, how to get in, agenda, sign-up, minutes, what was decided."""
    person = current_person()
    form = SignUpForm(
        formdata=None,
        token=new_token(),
        name=person.name if person else "",
        email=person.email if person else "",
    )
    return show_page(meeting, form)


def show_page(meeting: Meeting, form: SignUpForm) -> ResponseReturnValue:
    """The meeting's page around its sign-up form."""
    now = database_now()
    cycle = (
        cycles.find_cycle(meeting.municipality_id, meeting.cycle_id) if meeting.cycle_id else None
    )
    page = render_template(
        "meetings/show.html",
        meeting=meeting,
        area=areas.find_area(meeting.municipality_id, meeting.area_id),
        cycle=cycle,
        form=form,
        is_open=meeting.state is MeetingState.PLANNED and now < meeting.ends_at,
        has_begun=now >= meeting.starts_at,
        mine=queries.sign_up_of_person(meeting.id, current_actor().person_id),
        motions=decided_motions(meeting),
        running=queries.motions_of_meeting(meeting.id),
        subject=g.subject,
        **names_of_meetings(),
    )
    return page, 400 if form.errors else 200


def names_of_meetings() -> dict[str, object]:
    """Names of kinds and states, for templates."""
    return {"kind_names": KINDS, "state_names": STATES, "MeetingState": MeetingState}


def _chosen_area(every: Sequence[Area]) -> Area | None:
    slug = request.args.get("area", "")
    if not slug:
        return None
    chosen = next((area for area in every if area.slug == slug), None)
    if chosen is None:
        abort(404)
    return chosen


def _plannable(found: Sequence[Area]) -> list[Area]:
    """Where the reader may plan a meeting."""
    actor = current_actor()
    return [area for area in found if can(actor, Action.PLAN_MEETING, areas.subject_of(area))]
