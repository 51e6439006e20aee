"""Proposing, one question a page: what, where, how, read and publish. A draft is kept."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.forms import Form, refusals_on, text_of
from app.priorities import blueprint
from app.priorities.forms import (
    ButtonForm,
    ForSomeoneForm,
    HowForm,
    WhatForm,
    WhereForm,
    new_submission,
    number_of,
    route_of,
)
from app.priorities.views import names_of_town
from app.session import current_actor
from app.towns import current_language
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.priorities import services
from participation.priorities.content import How, What, Where
from participation.priorities.models import Priority
from participation.priorities.states import PriorityState

STEP_TEMPLATES = (
    "priorities/propose_what.html",
    "priorities/propose_where.html",
    "priorities/propose_how.html",
    "priorities/propose_publish.html",
)


@blueprint.route("/years/<int:cycle_id>/priorities/propose", methods=["GET", "POST"])
@allowed(Action.PROPOSE_PRIORITY)
def propose(cycle: Cycle) -> ResponseReturnValue:
    """Begin a proposal: what should happen."""
    form = WhatForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            draft = services.start_draft(
                actor=current_actor(),
                cycle=cycle,
                what=_what(form),
                submission=form.submission.data,
                now=database_now(),
            )
            return _go_on(draft, "priorities.edit_where")
    if request.method == "GET":
        form.submission.data = new_submission()
        form.language.data = current_language()
    return _step_page(1, cycle, form, None)


@blueprint.route("/priorities/<int:priority_id>/draft/what", methods=["GET", "POST"])
@allowed(Action.EDIT_PRIORITY)
def edit_what(priority: Priority) -> ResponseReturnValue:
    """Change what should happen."""
    form = WhatForm(obj=_draft(priority))
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            _save(priority, _what(form))
            return _go_on(priority, "priorities.edit_where")
    return _step_page(1, _cycle_of(priority), form, priority)


@blueprint.route("/priorities/<int:priority_id>/draft/where", methods=["GET", "POST"])
@allowed(Action.EDIT_PRIORITY)
def edit_where(priority: Priority) -> ResponseReturnValue:
    """Where it is and what it is about."""
    draft = _draft(priority)
    form = WhereForm(
        place=draft.place, theme=str(draft.theme_id or ""), function=str(draft.function_id or "")
    )
    form.offer(priority.municipality_id)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            _save(priority, _where(form))
            return _go_on(priority, "priorities.edit_how")
    return _step_page(2, _cycle_of(priority), form, priority)


@blueprint.route("/priorities/<int:priority_id>/draft/cost", methods=["GET", "POST"])
@allowed(Action.EDIT_PRIORITY)
def edit_how(priority: Priority) -> ResponseReturnValue:
    """What it costs and who could do it."""
    draft = _draft(priority)
    form = HowForm(
        cost=draft.cost_cents,
        route=draft.route.value if draft.route else "",
        route_reason=draft.route_reason,
    )
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            _save(priority, _how(form))
            return _go_on(priority, "priorities.review_draft")
    return _step_page(3, _cycle_of(priority), form, priority)


@blueprint.route("/priorities/<int:priority_id>/draft/publish", methods=["GET", "POST"])
@allowed(Action.EDIT_PRIORITY)
def review_draft(priority: Priority) -> ResponseReturnValue:
    """Read everything once more and publish it."""
    form = ButtonForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.publish_priority(
                actor=current_actor(), priority=_draft(priority), now=database_now()
            )
            flash(gettext("Your proposal is published. Others can support it now."), "success")
            return redirect(url_for("priorities.show", priority_id=priority.id))
    return _step_page(4, _cycle_of(priority), form, _draft(priority))


@blueprint.route("/priorities/<int:priority_id>/withdraw", methods=["GET", "POST"])
@allowed(Action.EDIT_PRIORITY)
def withdraw(priority: Priority) -> ResponseReturnValue:
    """Take a proposal or a draft back, after being asked."""
    form = ButtonForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.withdraw_priority(actor=current_actor(), priority=priority, now=database_now())
            flash(gettext("The proposal is withdrawn."), "success")
            return redirect(url_for("priorities.index", cycle_id=priority.cycle_id))
    cycle = _cycle_of(priority)
    page = render_template(
        "priorities/withdraw.html",
        form=form,
        priority=priority,
        cycle=cycle,
        is_draft=priority.state is PriorityState.DRAFT,
    )
    return page, 400 if form.errors else 200


@blueprint.route("/years/<int:cycle_id>/priorities/propose-for-someone", methods=["GET", "POST"])
@allowed(Action.PROPOSE_FOR_OTHERS)
def propose_for_someone(cycle: Cycle) -> ResponseReturnValue:
    """Write down the wish of somebody without an account."""
    form = ForSomeoneForm()
    form.offer(cycle.municipality_id)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            priority = services.propose_for_someone(
                actor=current_actor(),
                cycle=cycle,
                what=_what(form),
                where=_where(form),
                how=_how(form),
                on_behalf_of=text_of(form.on_behalf_of),
                submission=form.submission.data,
                now=database_now(),
            )
            flash(gettext("The proposal is published."), "success")
            return redirect(url_for("priorities.show", priority_id=priority.id))
    if request.method == "GET":
        form.submission.data = new_submission()
        form.language.data = current_language()
    page = render_template(
        "priorities/propose_for_someone.html", form=form, cycle=cycle, area=_area_of(cycle)
    )
    return page, 400 if form.errors else 200


def _step_page(
    number: int, cycle: Cycle, form: Form, draft: Priority | None
) -> ResponseReturnValue:

    page = render_template(
        STEP_TEMPLATES[number - 1],
        step=number,
        steps=[
            gettext("What"),
            gettext("Where and what about"),
            gettext("Cost and who"),
            gettext("Read and publish"),
        ],
        cycle=cycle,
        area=_area_of(cycle),
        cap_cents=cycle.rules.cost_cap_cents,
        form=form,
        draft=draft,
        **names_of_town(cycle.municipality_id),
    )
    return page, 400 if form.errors else 200


def _go_on(draft: Priority, endpoint: str) -> ResponseReturnValue:
    if "later" in request.form:
        flash(gettext("Your draft is kept. You can go on with it later."), "success")
        return redirect(url_for("priorities.index", cycle_id=draft.cycle_id))
    return redirect(url_for(endpoint, priority_id=draft.id))


def _save(priority: Priority, part: What | Where | How) -> None:
    services.save_draft(actor=current_actor(), priority=priority, part=part, now=database_now())


def _what(form: WhatForm) -> What:
    return What(text_of(form.title), text_of(form.description), str(form.language.data))


def _where(form: WhereForm) -> Where:
    return Where(text_of(form.place), number_of(form.theme.data), number_of(form.function.data))


def _how(form: HowForm) -> How:
    return How(form.cost.data, route_of(form.route.data), text_of(form.route_reason))


def _draft(priority: Priority) -> Priority:
    """The draft; what is published has other pages."""
    if priority.state is not PriorityState.DRAFT and request.method == "GET":
        abort(404)
    return priority


def _cycle_of(priority: Priority) -> Cycle:
    cycle = cycles.find_cycle(priority.municipality_id, priority.cycle_id)
    if cycle is None:
        abort(404)
    return cycle


def _area_of(cycle: Cycle) -> object:
    return areas.find_area(cycle.municipality_id, cycle.area_id)
