"""Signing up without an account, and the secret link to give the place back."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import public
from app.extensions import limiter
from app.forms import refusals_on, text_of
from app.meetings import blueprint
from app.meetings.forms import ButtonForm, SignUpForm
from app.meetings.views import show_page
from app.session import current_actor
from app.towns import current_language
from app.transactions import transaction
from database import database_now
from participation.areas import queries as areas
from participation.meetings import queries, services
from participation.meetings.content import Visitor
from participation.meetings.models import Meeting, MeetingSignUp
from participation.meetings.states import SignUpState

# A whole hall may share one address.
SIGN_UPS = "120 per hour"


@blueprint.post("/meetings/<int:meeting_id>/sign-up")
@limiter.limit(SIGN_UPS)
@public
def sign_up(meeting: Meeting) -> ResponseReturnValue:
    """Take a place, or go on the waiting list."""
    form = SignUpForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.sign_up_for_meeting(
                actor=current_actor(),
                meeting=meeting,
                visitor=Visitor(
                    language=current_language(),
                    name=text_of(form.name),
                    email=text_of(form.email),
                    seats=form.seats.data or 1,
                ),
                token=text_of(form.token),
                now=database_now(),
            )
            return redirect(url_for("meetings.my_sign_up", sign_up_token=form.token.data))
    return show_page(meeting, form)


@blueprint.get("/meetings/sign-ups/<sign_up_token>")
@public
def my_sign_up(sign_up: MeetingSignUp) -> ResponseReturnValue:
    """What somebody signed up for, and the button that gives the place back."""
    meeting = queries.meeting_of(sign_up)
    return render_template(
        "meetings/sign_up.html",
        sign_up=sign_up,
        meeting=meeting,
        area=areas.find_area(meeting.municipality_id, meeting.area_id),
        SignUpState=SignUpState,
    )


@blueprint.post("/meetings/sign-ups/<sign_up_token>/cancel")
@public
def cancel_sign_up(sign_up: MeetingSignUp) -> ResponseReturnValue:
    """Give the place back."""
    meeting_id = sign_up.meeting_id
    if ButtonForm().validate_on_submit():
        with transaction():
            services.cancel_sign_up(actor=current_actor(), sign_up=sign_up, now=database_now())
        flash(gettext("You are no longer signed up. Your name and address are erased."), "success")
    return redirect(url_for("meetings.show", meeting_id=meeting_id))
