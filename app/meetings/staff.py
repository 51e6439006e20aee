"""Planning a meeting, counting who came, minutes."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.forms import refusals_on, text_of
from app.meetings import blueprint
from app.meetings.forms import (
    AttendanceForm,
    CancelForm,
    MeetingForm,
    MinutesForm,
    values_of,
)
from app.meetings.views import names_of_meetings
from app.sentences.meetings import SIGN_UP_STATES
from app.session import current_actor
from app.towns import current_language, current_time_zone
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.areas.models import Area
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.meetings import queries, services
from participation.meetings.models import Meeting
from participation.meetings.tokens import new_token


@blueprint.route("/areas/<area_slug>/meetings/plan", methods=["GET", "POST"])
@allowed(Action.PLAN_MEETING)
def plan(area: Area) -> ResponseReturnValue:
    """Announce a meeting of an area."""
    form = MeetingForm()
    years = cycles.list_cycles(area.id)
    form.offer(years)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            meeting = services.plan_meeting(
                actor=current_actor(),
                area=areas.subject_of(area),
                details=form.details(current_language(), _zone(), None),
                cycle=_year(years, form),
                key=form.key.data or None,
                now=database_now(),
            )
            flash(gettext("The meeting is announced."), "success")
            return redirect(url_for("meetings.show", meeting_id=meeting.id))
    if request.method == "GET":
        form.key.data = new_token()
        form.cycle.data = str(years[0].id) if years else ""
    page = render_template("meetings/plan.html", form=form, area=area, meeting=None)
    return page, 400 if form.errors else 200


@blueprint.route("/meetings/<int:meeting_id>/edit", methods=["GET", "POST"])
@allowed(Action.PLAN_MEETING)
def edit(meeting: Meeting) -> ResponseReturnValue:
    """Change what was announced."""
    language = current_language()
    form = MeetingForm(data=values_of(meeting, language, _zone()))
    # A meeting keeps its year: its records stand in that year's journal.
    del form.cycle
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.change_meeting(
                actor=current_actor(),
                meeting=meeting,
                details=form.details(language, _zone(), meeting),
                now=database_now(),
            )
            flash(gettext("The meeting is changed."), "success")
            return redirect(url_for("meetings.show", meeting_id=meeting.id))
    page = render_template("meetings/plan.html", form=form, area=_area_of(meeting), meeting=meeting)
    return page, 400 if form.errors else 200


@blueprint.route("/meetings/<int:meeting_id>/cancel", methods=["GET", "POST"])
@allowed(Action.PLAN_MEETING)
def cancel(meeting: Meeting) -> ResponseReturnValue:
    """Call a meeting off, after being asked."""
    form = CancelForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.cancel_meeting(
                actor=current_actor(),
                meeting=meeting,
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The meeting is cancelled."), "success")
            return redirect(url_for("meetings.show", meeting_id=meeting.id))
    page = render_template("meetings/cancel.html", form=form, meeting=meeting)
    return page, 400 if form.errors else 200


@blueprint.get("/meetings/<int:meeting_id>/sign-ups")
@allowed(Action.RECORD_MEETING)
def sign_ups(meeting: Meeting) -> ResponseReturnValue:
    """Who comes, for the welcome desk."""
    return render_template(
        "meetings/sign_ups.html",
        meeting=meeting,
        sign_ups=queries.sign_ups_of(meeting.id),
        sign_up_states=SIGN_UP_STATES,
    )


@blueprint.get("/meetings/<int:meeting_id>/record")
@allowed(Action.RECORD_MEETING)
def record(meeting: Meeting) -> ResponseReturnValue:
    """Attendance and minutes."""
    return _record_page(meeting, _attendance_form(meeting), _minutes_form(meeting))


@blueprint.post("/meetings/<int:meeting_id>/attendance")
@allowed(Action.RECORD_MEETING)
def record_attendance(meeting: Meeting) -> ResponseReturnValue:
    """Write down how many came."""
    form = AttendanceForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.record_attendance(
                actor=current_actor(),
                meeting=meeting,
                count=form.count.data or 0,
                now=database_now(),
            )
            flash(gettext("The number is written down."), "success")
            return redirect(url_for("meetings.record", meeting_id=meeting.id))
    return _record_page(meeting, form, _minutes_form(meeting))


@blueprint.post("/meetings/<int:meeting_id>/minutes")
@allowed(Action.RECORD_MEETING)
def write_minutes(meeting: Meeting) -> ResponseReturnValue:
    """Keep the minutes, or keep and publish them."""
    form = MinutesForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            published = "publish" in request.form
            _keep_minutes(meeting, text_of(form.minutes), publish=published)
            flash(
                gettext("The minutes are published.")
                if published
                else gettext("The minutes are kept. Nobody else sees them yet."),
                "success",
            )
            endpoint = "meetings.show" if published else "meetings.record"
            return redirect(url_for(endpoint, meeting_id=meeting.id))
    return _record_page(meeting, _attendance_form(meeting), form)


def _keep_minutes(meeting: Meeting, text: str, *, publish: bool) -> None:
    actor, now = current_actor(), database_now()
    services.save_minutes(
        actor=actor, meeting=meeting, text=text, language=current_language(), now=now
    )
    if publish:
        services.publish_minutes(actor=actor, meeting=meeting, now=now)


def _record_page(
    meeting: Meeting, attendance: AttendanceForm, minutes: MinutesForm
) -> ResponseReturnValue:
    wrong = attendance if attendance.errors else minutes
    page = render_template(
        "meetings/record.html",
        meeting=meeting,
        area=_area_of(meeting),
        attendance=attendance,
        minutes=minutes,
        form=wrong,
        has_begun=database_now() >= meeting.starts_at,
        subject=queries.subject_of(meeting),
        **names_of_meetings(),
    )
    return page, 400 if wrong.errors else 200


def _attendance_form(meeting: Meeting) -> AttendanceForm:
    return AttendanceForm(formdata=None, count=meeting.attendance_count)


def _minutes_form(meeting: Meeting) -> MinutesForm:
    return MinutesForm(formdata=None, minutes=meeting.minutes)


def _year(years: Sequence[Cycle], form: MeetingForm) -> Cycle | None:
    return next((cycle for cycle in years if str(cycle.id) == form.cycle.data), None)


def _area_of(meeting: Meeting) -> Area | None:
    return areas.find_area(meeting.municipality_id, meeting.area_id)


def _zone() -> ZoneInfo:
    return ZoneInfo(current_time_zone())
