"""A motion by counted cards: a short sequence of pages for two tellers on their own screens."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from app.access import allowed
from app.forms import refusals_on
from app.meetings import blueprint
from app.meetings.forms import ButtonForm, CardsForm, MotionForm
from app.peppers import peppers
from app.session import current_actor
from app.transactions import transaction
from config import LANGUAGES
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.meetings import motions, queries
from participation.meetings.models import Meeting, MeetingMotion
from participation.meetings.motions import Cards, Count, Stage
from participation.people import queries as people
from participation.plans import queries as plans
from participation.texts import LocalisedText
from voting.results import queries as results


@blueprint.route("/meetings/<int:meeting_id>/motion", methods=["GET", "POST"])
@allowed(Action.MOVE_MOTION)
def move(meeting: Meeting) -> ResponseReturnValue:
    """Propose to vote now on the plan, and choose the second teller."""
    cycle = _cycle_of(meeting)
    form = MotionForm()
    now = database_now()
    others = [
        person
        for person in motions.possible_tellers(meeting, now=now)
        if person.id != current_actor().person_id
    ]
    form.offer(others)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            motion = motions.move_motion(
                actor=current_actor(),
                meeting=meeting,
                cycle=cycle,
                second_teller_id=int(form.second_teller.data),
                title=_title(cycle),
                now=now,
            )
            return redirect(url_for("meetings.motion", motion_id=motion.election_id))
    page = render_template(
        "meetings/move_motion.html",
        form=form,
        meeting=meeting,
        cycle=cycle,
        area=areas.find_area(meeting.municipality_id, meeting.area_id),
        others=others,
        has_plan=plans.plan_of_cycle(cycle.id) is not None,
    )
    return page, 400 if form.errors else 200


@blueprint.get("/motions/<int:motion_id>")
@allowed(Action.COUNT_CARDS)
def motion(motion: MeetingMotion) -> ResponseReturnValue:
    """What this teller does next."""
    return _motion_page(motion, CardsForm(formdata=None))


@blueprint.post("/motions/<int:motion_id>/confirm")
@allowed(Action.COUNT_CARDS)
def confirm_motion(motion: MeetingMotion) -> ResponseReturnValue:
    """The second teller agrees to vote now."""
    with transaction():
        motions.confirm_motion(
            actor=current_actor(), motion=motion, peppers=peppers(), now=database_now()
        )
    return redirect(url_for("meetings.motion", motion_id=motion.election_id))


@blueprint.post("/motions/<int:motion_id>/open")
@allowed(Action.COUNT_CARDS)
def open_motion(motion: MeetingMotion) -> ResponseReturnValue:
    """The first teller opens the vote."""
    with transaction():
        motions.open_motion(
            actor=current_actor(), motion=motion, peppers=peppers(), now=database_now()
        )
    return redirect(url_for("meetings.motion", motion_id=motion.election_id))


@blueprint.post("/motions/<int:motion_id>/count")
@allowed(Action.COUNT_CARDS)
def count_motion(motion: MeetingMotion) -> ResponseReturnValue:
    """A teller types what they counted."""
    form = CardsForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            outcome = motions.record_cards(
                actor=current_actor(),
                motion=motion,
                cards=_cards(form),
                peppers=peppers(),
                now=database_now(),
            )
            _tell(outcome)
            return redirect(url_for("meetings.motion", motion_id=motion.election_id))
    return _motion_page(motion, form)


@blueprint.post("/motions/<int:motion_id>/publish")
@allowed(Action.COUNT_CARDS)
def publish_motion(motion: MeetingMotion) -> ResponseReturnValue:
    """The other teller publishes what both counted."""
    with transaction():
        motions.publish_motion(actor=current_actor(), motion=motion, now=database_now())
    flash(gettext("The result is published."), "success")
    return redirect(url_for("meetings.motion", motion_id=motion.election_id))


def _motion_page(motion: MeetingMotion, form: CardsForm) -> ResponseReturnValue:
    me = current_actor().person_id
    progress = motions.progress_of(motion)
    meeting = queries.meeting_of_motion(motion)
    tellers = (motion.first_teller_id, motion.second_teller_id)
    names = {
        person.id: person.name
        for teller in tellers
        if (person := people.find_person(meeting.municipality_id, teller)) is not None
    }
    page = render_template(
        "meetings/motion.html",
        motion=motion,
        meeting=meeting,
        cycle=cycles.find_cycle(meeting.municipality_id, motion.cycle_id),
        area=areas.find_area(meeting.municipality_id, meeting.area_id),
        progress=progress,
        Stage=Stage,
        is_teller=me in tellers,
        is_asked=me in progress.next_person_ids,
        has_counted=me in progress.counted_by,
        awaited=[names.get(person, "") for person in progress.next_person_ids if person != me],
        tellers=[names.get(teller, "") for teller in tellers],
        result=_result_for(motion, me),
        form=form,
        button=ButtonForm(formdata=None),
    )
    return page, 400 if form.errors else 200


def _result_for(motion: MeetingMotion, person_id: int | None) -> results.Result | None:
    published = results.published_result(motion.election_id)
    if published is not None or person_id is None:
        return published
    return results.counted_result(motion.election_id, viewer=person_id)


def _tell(outcome: Count) -> None:
    """Numbers that differ are told by the page itself, to both, until they agree."""
    if outcome is Count.WAITING:
        flash(gettext("Your numbers are kept. The other teller cannot see them."), "success")
    elif outcome is Count.AGREED:
        flash(gettext("Both of you counted the same."), "success")


def _cards(form: CardsForm) -> Cards:
    return Cards(
        issued=form.issued.data or 0,
        for_=form.for_.data or 0,
        against=form.against.data or 0,
        abstain=form.abstain.data or 0,
    )


def _title(cycle: Cycle) -> LocalisedText:
    """The question in every language, as the result page will show it."""
    area = areas.find_area(cycle.municipality_id, cycle.area_id)
    title: LocalisedText = {}
    for language in LANGUAGES:
        with force_locale(language):
            title[language] = gettext(
                "Adopt the plan %(year)s of %(area)s",
                year=cycle.plan_year,
                area=area.name if area else "",
            )
    return title


def _cycle_of(meeting: Meeting) -> Cycle:
    cycle = (
        cycles.find_cycle(meeting.municipality_id, meeting.cycle_id) if meeting.cycle_id else None
    )
    if cycle is None:
        abort(404)
    return cycle
