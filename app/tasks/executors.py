"""What an executor does: make an offer, take it back, begin, report."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed, signed_in
from app.forms import choice, refusals_on, text_of
from app.sentences.work import OFFER_STATES, TASK_STATES
from app.session import current_actor
from app.tasks import blueprint
from app.tasks.forms import EndForm, OfferForm, ProgressForm, new_key
from app.tasks.page import offer_rows, rows_of, surroundings
from app.towns import current_language, current_town
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.organisations import queries as organisations
from participation.tasks import queries, services
from participation.tasks.models import Offer, Task
from participation.tasks.states import OfferState, Progress, TaskState


@blueprint.get("/my-tasks")
@signed_in
def mine() -> ResponseReturnValue:
    """Open calls of the town, and the offers and tasks of the reader's organisations."""
    actor, today = current_actor(), queries.day_in_town(current_town().id, database_now())
    offers = offer_rows(queries.offers_of_organisations(actor.organisation_ids))
    chosen = [row.task for row in offers if row.offer.state is OfferState.CHOSEN]
    open_calls = [
        task
        for task in queries.list_of_town(current_town().id, {TaskState.CALL_OPEN})
        if queries.may_offer_for(actor, task) and task.closes_on and task.closes_on >= today
    ]
    return render_template(
        "tasks/mine.html",
        works=rows_of(chosen),
        offers=[row for row in offers if row.offer.state is not OfferState.CHOSEN],
        calls=rows_of(open_calls),
        acts_for=organisations.organisations_by_id(actor.organisation_ids),
        names={"states": TASK_STATES, "offers": OFFER_STATES},
        today=today,
    )


@blueprint.route("/tasks/<int:task_id>/offer", methods=["GET", "POST"])
@allowed(Action.MAKE_OFFER)
def offer(task: Task) -> ResponseReturnValue:
    """Offer to do a task."""
    form, here = OfferForm(), surroundings(task)
    own = organisations.organisations_by_id(queries.may_offer_for(current_actor(), task))
    form.organisation.choices = [choice(str(key), it.name) for key, it in own.items()]
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.make_offer(
                actor=current_actor(),
                task=task,
                organisation_id=form.organisation.data,
                terms=_terms(form),
                now=database_now(),
            )
            flash(gettext("Your offer is in. You can take it back until the last day."), "success")
            return redirect(url_for("tasks.show", task_id=task.id))
    page = render_template(
        "tasks/offer.html",
        form=form,
        task=task,
        here=here,
        limit_cents=here.cycle.rules.legal_form_above_cents,
    )
    return page, 400 if form.errors else 200


@blueprint.post("/offers/<int:offer_id>/withdraw")
@allowed(Action.MAKE_OFFER)
def withdraw(offer: Offer) -> ResponseReturnValue:
    """Take an offer back."""
    form = EndForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.withdraw_offer(actor=current_actor(), offer=offer, now=database_now())
            flash(gettext("Your offer is taken back."), "success")
    for sentence in form.form_errors:
        flash(sentence, "error")
    return redirect(url_for("tasks.show", task_id=offer.task_id))


@blueprint.post("/tasks/<int:task_id>/start")
@allowed(Action.REPORT_PROGRESS)
def start(task: Task) -> ResponseReturnValue:
    """The work begins."""
    form = EndForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.start_task(actor=current_actor(), task=task, now=database_now())
            flash(gettext("The work has begun."), "success")
    for sentence in form.form_errors:
        flash(sentence, "error")
    return redirect(url_for("tasks.show", task_id=task.id))


@blueprint.route("/tasks/<int:task_id>/report", methods=["GET", "POST"])
@allowed(Action.REPORT_PROGRESS)
def report(task: Task) -> ResponseReturnValue:
    """Tell everybody how the work goes."""
    form = ProgressForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.report_progress(
                actor=current_actor(),
                task=task,
                progress=Progress(form.progress.data),
                text=text_of(form.text),
                language=current_language(),
                key=text_of(form.key),
                now=database_now(),
            )
            flash(gettext("Your report can be read by everybody."), "success")
            return redirect(url_for("tasks.show", task_id=task.id))
    if request.method == "GET":
        form.key.data = new_key()
    page = render_template("tasks/report.html", form=form, task=task, here=surroundings(task))
    return page, 400 if form.errors else 200


def _terms(form: OfferForm) -> services.Terms:
    return services.Terms(
        amount_cents=form.amount.data,
        plan=text_of(form.plan),
        language=current_language(),
        hours=form.hours.data or 0,
        own_contribution_cents=form.own_contribution.data or 0,
        support_wanted=text_of(form.support_wanted),
    )
