"""What coalition staff do with tasks: add one, open its call, decide, end it."""

from __future__ import annotations

from datetime import timedelta

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.filters import money as in_euros
from app.forms import choice, day_of, refusals_on, text_of
from app.sentences.work import CRITERIA, LEGAL_FORMS, OFFER_STATES
from app.session import current_actor
from app.tasks import blueprint
from app.tasks.forms import CallForm, DecisionForm, EndForm, StopForm, TaskForm, new_key
from app.tasks.page import OfferRow, offer_rows, surroundings, surroundings_of_activity
from app.towns import current_language
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.money import queries as money
from participation.plans.models import Activity
from participation.priorities import queries as priorities
from participation.tasks import queries, services
from participation.tasks.criteria import Gate
from participation.tasks.models import Task
from participation.tasks.states import Route, TaskState

CALL_DAYS = 21
NOBODY = "nobody"


@blueprint.route("/activities/<int:activity_id>/tasks/new", methods=["GET", "POST"])
@allowed(Action.OPEN_CALL)
def add(activity: Activity) -> ResponseReturnValue:
    """Make a task of an activity."""
    form, language = TaskForm(), current_language()
    here = surroundings_of_activity(activity)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            task = services.add_task(
                actor=current_actor(),
                activity=activity,
                brief=_brief(form),
                key=form.key.data or None,
                now=database_now(),
            )
            return redirect(url_for("tasks.call", task_id=task.id))
    if request.method == "GET":
        priority = priorities.by_ids([activity.priority_id])[activity.priority_id]
        form.key.data = new_key()
        form.title.data = activity.titles.get(language, "")
        form.description.data = priorities.spoken(priority, language).description
        form.indicator.data = activity.indicator.get(language, "")
        form.route.data = priority.route.value if priority.route else Route.TOGETHER.value
        form.budget.data = services.left_for_tasks(activity.id)
        form.starts_on.data = database_now().date().replace(here.cycle.plan_year, 1, 1)
        form.ends_on.data = form.starts_on.data.replace(month=12, day=31)
    page = render_template(
        "tasks/add.html",
        form=form,
        here=here,
        left_cents=services.left_for_tasks(activity.id),
    )
    return page, 400 if form.errors else 200


@blueprint.route("/tasks/<int:task_id>/call", methods=["GET", "POST"])
@allowed(Action.OPEN_CALL)
def call(task: Task) -> ResponseReturnValue:
    """Ask who wants to do it; gates and weights become public and stay."""
    form = CallForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.open_call(
                actor=current_actor(),
                task=task,
                closes_on=day_of(form.closes_on),
                weights=form.weights(),
                gates=[Gate(gate) for gate in form.gates.data or []],
                now=database_now(),
            )
            flash(gettext("Organisations can make offers now."), "success")
            return redirect(url_for("tasks.show", task_id=task.id))
    if request.method == "GET":
        form.closes_on.data = queries.day_in_town(task.municipality_id, database_now()) + timedelta(
            days=CALL_DAYS
        )
    page = render_template(
        "tasks/call.html",
        form=form,
        task=task,
        here=surroundings(task),
        criteria=[form[criterion.value] for criterion in CRITERIA],
    )
    return page, 400 if form.errors else 200


@blueprint.get("/tasks/<int:task_id>/offers")
@allowed(Action.READ_OFFERS)
def offers(task: Task) -> ResponseReturnValue:
    """The offers, once no more are taken; who has an interest sees nothing of them."""
    return render_template(
        "tasks/offers.html",
        task=task,
        here=surroundings(task),
        rows=_readable_offers(task),
        is_recused=queries.has_interest(current_actor(), task),
        is_open=_takes_offers(task),
        number=queries.count_offers([task.id]).get(task.id, 0),
        names=OFFER_STATES,
        legal_forms=LEGAL_FORMS,
        subject=g.subject,
    )


@blueprint.route("/tasks/<int:task_id>/decide", methods=["GET", "POST"])
@allowed(Action.DECIDE_TASK)
def decide(task: Task) -> ResponseReturnValue:
    """Choose one offer or nobody, with a reason everybody can read."""
    form, rows = DecisionForm(), _readable_offers(task)
    form.choice.choices = [choice(str(row.offer.id), _in_words(row)) for row in rows]
    nobody = gettext("Nobody. The task ends without an executor.")
    form.choice.choices.append(choice(NOBODY, nobody))
    if form.validate_on_submit():
        chosen = {str(row.offer.id): row.offer for row in rows}.get(form.choice.data)
        with refusals_on(form), transaction():
            services.decide_task(
                actor=current_actor(),
                task=task,
                offer=chosen,
                reason=services.Reason(text_of(form.reason), current_language()),
                now=database_now(),
            )
            flash(gettext("The decision and its reason can be read by everybody."), "success")
            return redirect(url_for("tasks.show", task_id=task.id))
    page = render_template(
        "tasks/decide.html",
        form=form,
        task=task,
        here=surroundings(task),
        rows=rows,
        is_recused=queries.has_interest(current_actor(), task),
        is_open=_takes_offers(task),
    )
    return page, 400 if form.errors else 200


@blueprint.route("/tasks/<int:task_id>/finish", methods=["GET", "POST"])
@allowed(Action.RECORD_PAYMENT)
def finish(task: Task) -> ResponseReturnValue:
    """The work is done and paid."""
    form = EndForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.finish_task(actor=current_actor(), task=task, now=database_now())
            flash(gettext("The task is done. Money that was not used is free again."), "success")
            return redirect(url_for("tasks.show", task_id=task.id))
    return _ending_page("tasks/finish.html", form, task)


@blueprint.route("/tasks/<int:task_id>/stop", methods=["GET", "POST"])
@allowed(Action.DECIDE_TASK)
def stop(task: Task) -> ResponseReturnValue:
    """End a task before it is done."""
    form = StopForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.stop_task(
                actor=current_actor(),
                task=task,
                reason=services.Reason(text_of(form.reason), current_language()),
                now=database_now(),
            )
            flash(gettext("The task is stopped. Everybody can read why."), "success")
            return redirect(url_for("tasks.show", task_id=task.id))
    return _ending_page("tasks/stop.html", form, task)


def _brief(form: TaskForm) -> services.TaskBrief:
    language = current_language()
    return services.TaskBrief(
        title={language: text_of(form.title)},
        description={language: text_of(form.description)},
        indicator={language: text_of(form.indicator)},
        route=Route(form.route.data),
        budget_cents=form.budget.data,
        starts_on=day_of(form.starts_on),
        ends_on=day_of(form.ends_on),
    )


def _takes_offers(task: Task) -> bool:
    if task.state is not TaskState.CALL_OPEN or task.closes_on is None:
        return False
    return queries.day_in_town(task.municipality_id, database_now()) <= task.closes_on


def _readable_offers(task: Task) -> list[OfferRow]:
    """Nobody reads offers while others can still be made, or with an interest of their own."""
    if _takes_offers(task) or queries.has_interest(current_actor(), task):
        return []
    return offer_rows(queries.list_offers(task.id))


def _in_words(row: OfferRow) -> str:
    return str(
        gettext(
            "%(organisation)s for %(amount)s",
            organisation=row.organisation.name,
            amount=in_euros(row.offer.amount_cents),
        )
    )


def _ending_page(template: str, form: EndForm | StopForm, task: Task) -> ResponseReturnValue:
    page = render_template(
        template,
        form=form,
        task=task,
        here=surroundings(task),
        sums=money.sums_of_tasks([task.id])[task.id],
    )
    return page, 400 if form.errors else 200
