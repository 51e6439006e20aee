"""Answering the review and deciding on its goals."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.forms import refusals_on, text_of
from app.reviews import blueprint
from app.reviews.forms import PREFIX, AnswerForm, VerdictForm, form_for
from app.sentences.work import ANSWERS, OUTCOMES, VOICES
from app.session import current_actor
from app.tasks.page import Surroundings, surroundings_of_activity
from app.towns import current_language
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.cycles import queries as cycles
from participation.money import queries as money
from participation.plans import queries as plans
from participation.plans.models import Activity
from participation.reviews import queries, services
from participation.reviews.questions import Outcome, Voice
from participation.tasks import queries as tasks


@blueprint.route("/activities/<int:activity_id>/review", methods=["GET", "POST"])
@allowed(Action.ANSWER_REVIEW)
def answer(activity: Activity) -> ResponseReturnValue:
    """The year's questions on one activity, on one page; answers may be changed."""
    here = surroundings_of_activity(activity)
    voices = queries.voices_of(current_actor(), g.subject)
    form = form_for(here.cycle.rules.review_questions, voices)(data=_given(activity))
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.answer_review(
                actor=current_actor(),
                activity=activity,
                voice=Voice(form.voice.data) if form.voice else voices[0],
                answers=form.answers(),
                language=current_language(),
                now=database_now(),
            )
            flash(gettext("Thank you. Your answers count. You can change them."), "success")
            return _next_or_report(activity)
    return _answer_page(activity, here, form)


@blueprint.route("/activities/<int:activity_id>/review/decide", methods=["GET", "POST"])
@allowed(Action.DECIDE_REVIEW)
def decide(activity: Activity) -> ResponseReturnValue:
    """What the review meeting decides on one goal."""
    here, form = surroundings_of_activity(activity), VerdictForm()
    language = current_language()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.decide_review(
                actor=current_actor(),
                activity=activity,
                verdict=services.Verdict(
                    outcome=Outcome(form.outcome.data),
                    reason=text_of(form.reason),
                    language=language,
                    new_goal={language: text_of(form.new_goal)},
                ),
                now=database_now(),
            )
            flash(gettext("The decision can be read by everybody."), "success")
            return redirect(url_for("reviews.show", cycle_id=activity.cycle_id))
    reviewed = [row for row in queries.report(here.cycle) if row.activity.id == activity.id]
    page = render_template(
        "reviews/decide.html",
        form=form,
        here=here,
        reviewed=reviewed[0],
        following=cycles.next_cycle(activity.cycle_id),
        names={"answers": ANSWERS, "outcomes": OUTCOMES, "voices": VOICES},
    )
    return page, 400 if form.errors else 200


def _given(activity: Activity) -> dict[str, str]:
    """What the reader answered before, as the form's values."""
    given = queries.answer_of(activity.id, current_actor().person_id)
    if given is None or request.method == "POST":
        return {}
    values = {PREFIX + code: value for code, value in given.answers.items()}
    return {**values, "voice": given.voice.value}


def _next_or_report(activity: Activity) -> ResponseReturnValue:
    """On to the first activity the reader has not answered on, else to the report."""
    answered = queries.answered_by(activity.cycle_id, current_actor().person_id)
    decided = queries.decisions_of(a.id for a in plans.activities(activity.cycle_id))
    for other in plans.activities(activity.cycle_id):
        if other.id not in answered and other.id not in decided:
            return redirect(url_for("reviews.answer", activity_id=other.id))
    return redirect(url_for("reviews.show", cycle_id=activity.cycle_id))


def _answer_page(activity: Activity, here: Surroundings, form: AnswerForm) -> ResponseReturnValue:
    given = tasks.tasks_of_activities([activity.id]).get(activity.id, [])
    latest = tasks.latest_progress(task.id for task in given)
    page = render_template(
        "reviews/answer.html",
        form=form,
        here=here,
        sums=money.sums_of_activities([activity.id])[activity.id],
        tasks=given,
        latest=latest,
        has_answered=queries.answer_of(activity.id, current_actor().person_id) is not None,
    )
    return page, 400 if form.errors else 200
