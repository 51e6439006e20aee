"""Making the plan: draft it, describe its activities, adopt it."""

from __future__ import annotations

from datetime import timedelta

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.forms import day_of, refusals_on, text_of
from app.plans import blueprint
from app.plans.forms import ActivityForm, AdoptionForm, DraftForm, IntroductionForm
from app.session import current_actor
from app.towns import current_language
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.meetings import queries as meetings
from participation.plans import queries, services
from participation.plans.models import Activity, Plan
from participation.texts import in_language

# Awb 6:7: six weeks to object.
OBJECTION_DAYS = 42


@blueprint.get("/years/<int:cycle_id>/plan/draft")
@allowed(Action.DRAFT_PLAN)
def draft(cycle: Cycle) -> ResponseReturnValue:
    """What the draft holds and what it still lacks."""
    return _draft_page(cycle, _introduction_form(queries.plan_of_cycle(cycle.id)))


@blueprint.post("/years/<int:cycle_id>/plan/draft")
@allowed(Action.DRAFT_PLAN)
def make(cycle: Cycle) -> ResponseReturnValue:
    """Make the draft from what was chosen, or bring it up to date."""
    form = DraftForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.draft_plan(actor=current_actor(), cycle=cycle, now=database_now())
            flash(gettext("The draft holds everything the neighbourhood chose."), "success")
    for sentence in form.form_errors:
        flash(sentence, "error")
    return redirect(url_for("plans.draft", cycle_id=cycle.id))


@blueprint.post("/years/<int:cycle_id>/plan/introduction")
@allowed(Action.DRAFT_PLAN)
def introduce(cycle: Cycle) -> ResponseReturnValue:
    """Write what stands before the goals."""
    form, plan = IntroductionForm(), _plan_or_404(cycle)
    language = current_language()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.introduce_plan(
                actor=current_actor(),
                plan=plan,
                introduction={**plan.introduction, language: text_of(form.introduction)},
                continuity={**plan.continuity, language: text_of(form.continuity)},
                now=database_now(),
            )
            flash(gettext("The introduction is saved."), "success")
            return redirect(url_for("plans.draft", cycle_id=cycle.id))
    return _draft_page(cycle, form), 400


@blueprint.route("/activities/<int:activity_id>/describe", methods=["GET", "POST"])
@allowed(Action.DRAFT_PLAN)
def describe(activity: Activity) -> ResponseReturnValue:
    """Goal, indicator and place of one activity."""
    language = current_language()
    form = ActivityForm(
        data={
            "goal": activity.goal.get(language, ""),
            "indicator": activity.indicator.get(language, ""),
            "location": activity.location,
        }
        if request.method == "GET"
        else None
    )
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.describe_activity(
                actor=current_actor(),
                activity=activity,
                goal={**activity.goal, language: text_of(form.goal)},
                indicator={**activity.indicator, language: text_of(form.indicator)},
                location=text_of(form.location),
                now=database_now(),
            )
            flash(gettext("The activity is described."), "success")
            return redirect(url_for("plans.draft", cycle_id=activity.cycle_id))
    page = render_template(
        "plans/describe.html",
        activity=activity,
        cycle=cycles.find_cycle(activity.municipality_id, activity.cycle_id),
        form=form,
    )
    return page, 400 if form.errors else 200


@blueprint.route("/years/<int:cycle_id>/plan/adopt", methods=["GET", "POST"])
@allowed(Action.ADOPT_PLAN)
def adopt(cycle: Cycle) -> ResponseReturnValue:
    """Record the decision that adopts the plan."""
    form, plan = AdoptionForm(), _plan_or_404(cycle)
    now, language = database_now(), current_language()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.adopt_plan(
                actor=current_actor(),
                plan=plan,
                adoption=services.Adoption(
                    body={**cycle.rules.adopting_body, language: text_of(form.body)},
                    adopted_on=day_of(form.adopted_on),
                    objection_until=day_of(form.objection_until),
                ),
                now=now,
            )
            flash(gettext("The plan is adopted. It does not change any more."), "success")
            return redirect(url_for("plans.show", cycle_id=cycle.id))
    if request.method == "GET":
        form.body.data = in_language(cycle.rules.adopting_body, language)
        form.adopted_on.data = now.date()
        form.objection_until.data = now.date() + timedelta(days=OBJECTION_DAYS)
    page = render_template(
        "plans/adopt.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        promised=queries.activities(cycle.id),
        motion=meetings.adopted_motion(cycle.id),
        form=form,
    )
    return page, 400 if form.errors else 200


def _introduction_form(plan: Plan | None) -> IntroductionForm:
    if plan is None:
        return IntroductionForm(formdata=None)
    language = current_language()
    return IntroductionForm(
        formdata=None,
        data={
            "introduction": plan.introduction.get(language, ""),
            "continuity": plan.continuity.get(language, ""),
        },
    )


def _plan_or_404(cycle: Cycle) -> Plan:
    plan = queries.plan_of_cycle(cycle.id)
    if plan is None:
        abort(404)
    return plan


def _draft_page(cycle: Cycle, introduction: IntroductionForm) -> str:
    return render_template(
        "plans/draft.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        plan=queries.plan_of_cycle(cycle.id),
        promised=queries.activities(cycle.id),
        motion=meetings.adopted_motion(cycle.id),
        draft=DraftForm(formdata=None),
        form=introduction,
        subject=g.subject,
    )
