"""Recording payments and repayments of a task, and putting mistakes right."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.forms import refusals_on, text_of
from app.money import blueprint
from app.money.forms import MoneyForm, ReversalForm
from app.money.page import lines_of
from app.sentences.work import ENTRY_KINDS
from app.session import current_actor
from app.tasks.forms import new_key
from app.tasks.page import surroundings
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.money import queries, services
from participation.money.models import LedgerEntry
from participation.tasks.models import Task


@blueprint.get("/tasks/<int:task_id>/money")
@allowed(Action.RECORD_PAYMENT)
def task(task: Task) -> ResponseReturnValue:
    """Every entry of a task, with what can be done."""
    return render_template(
        "money/task.html",
        task=task,
        here=surroundings(task),
        sums=queries.sums_of_tasks([task.id])[task.id],
        lines=lines_of(queries.entries_of_task(task.id)),
        kinds=ENTRY_KINDS,
        subject=g.subject,
    )


@blueprint.route("/tasks/<int:task_id>/pay", methods=["GET", "POST"])
@allowed(Action.RECORD_PAYMENT)
def pay(task: Task) -> ResponseReturnValue:
    """Record money paid to the executor."""
    form = MoneyForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.record_payment(
                actor=current_actor(),
                task=task,
                amount_cents=form.amount.data,
                text=text_of(form.text),
                key=text_of(form.key),
                now=database_now(),
            )
            flash(gettext("The payment is recorded."), "success")
            return redirect(url_for("money.task", task_id=task.id))
    return _form_page("money/pay.html", form, task)


@blueprint.route("/tasks/<int:task_id>/repay", methods=["GET", "POST"])
@allowed(Action.RECORD_PAYMENT)
def repay(task: Task) -> ResponseReturnValue:
    """Record money the executor paid back."""
    form = MoneyForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.record_repayment(
                actor=current_actor(),
                task=task,
                amount_cents=form.amount.data,
                text=text_of(form.text),
                key=text_of(form.key),
                now=database_now(),
            )
            flash(gettext("The repayment is recorded."), "success")
            return redirect(url_for("money.task", task_id=task.id))
    return _form_page("money/repay.html", form, task)


@blueprint.route("/ledger-entries/<int:entry_id>/reverse", methods=["GET", "POST"])
@allowed(Action.RECORD_PAYMENT)
def reverse(entry: LedgerEntry) -> ResponseReturnValue:
    """Undo an entry made by mistake; both stay readable."""
    form, task = ReversalForm(), queries.task_of(entry)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.reverse_entry(
                actor=current_actor(),
                task=task,
                entry=entry,
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The entry is reversed. Both stay readable."), "success")
            return redirect(url_for("money.task", task_id=task.id))
    page = render_template(
        "money/reverse.html", form=form, entry=entry, task=task, kinds=ENTRY_KINDS
    )
    return page, 400 if form.errors else 200


def _form_page(template: str, form: MoneyForm, task: Task) -> ResponseReturnValue:
    if request.method == "GET":
        form.key.data = new_key()
    page = render_template(
        template,
        form=form,
        task=task,
        here=surroundings(task),
        sums=queries.sums_of_tasks([task.id])[task.id],
    )
    return page, 400 if form.errors else 200
