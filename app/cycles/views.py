"""A year's public page, the page that steers it, and its journal."""

from __future__ import annotations

from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed, public
from app.cycles import blueprint
from app.cycles.forms import AdvanceForm, BudgetForm, MovePhaseForm, StartCycleForm
from app.cycles.year_line import year_line_of
from app.forms import choice, day_of, refusals_on, text_of
from app.journal import journal_page
from app.pages import asked_page
from app.sentences.year import PHASE_NAMES
from app.session import current_actor
from app.towns import current_town
from app.transactions import transaction
from database import database_now
from participation import history
from participation.actions import Action
from participation.areas import queries as areas
from participation.areas.models import Area
from participation.cycles import queries, services
from participation.cycles.facts import DATED_PHASES, what_blocks
from participation.cycles.models import Cycle
from participation.phases import Phase, next_transition
from participation.rules import queries as rules
from participation.rules.content import from_json


@blueprint.get("/years/<int:cycle_id>")
@public
def show(cycle: Cycle) -> ResponseReturnValue:
    """One year of a neighbourhood: dates, rules in words, changes, links to every part."""
    return render_template(
        "cycles/show.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        year=year_line_of(cycle),
        slips=queries.list_slips(cycle.id),
        blocking=what_blocks(cycle),
        subject=g.subject,
        journal_head=history.head(history.cycle_chain(cycle.id)),
    )


@blueprint.get("/years/<int:cycle_id>/steer")
@allowed(Action.ADVANCE_CYCLE)
def steer(cycle: Cycle) -> ResponseReturnValue:
    """What blocks the next phase, and the buttons to go on or to move dates."""
    return _steer_page(cycle, MovePhaseForm(), BudgetForm(data={"budget": cycle.budget_cents}))


@blueprint.post("/years/<int:cycle_id>/advance")
@allowed(Action.ADVANCE_CYCLE)
def advance(cycle: Cycle) -> ResponseReturnValue:
    """Go on to the next phase."""
    form = AdvanceForm()
    if form.validate_on_submit():
        with transaction():
            entered = services.advance_cycle(
                actor=current_actor(),
                cycle=cycle,
                expected=Phase(text_of(form.expected)),
                now=database_now(),
            )
        flash(
            gettext("The year is now in this phase: %(phase)s.", phase=PHASE_NAMES[entered]),
            "success",
        )
    return redirect(url_for("cycles.steer", cycle_id=cycle.id))


@blueprint.post("/years/<int:cycle_id>/dates")
@allowed(Action.MOVE_PHASE_DATES)
def move_dates(cycle: Cycle) -> ResponseReturnValue:
    """Change planned dates with a public reason."""
    form = MovePhaseForm()
    form.phase.choices = _phase_choices()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.move_phase_dates(
                actor=current_actor(),
                cycle=cycle,
                phase=Phase(form.phase.data),
                window=services.Window(day_of(form.start), day_of(form.end)),
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The dates are changed. Everybody can read why."), "success")
            return redirect(url_for("cycles.steer", cycle_id=cycle.id))
    return _steer_page(cycle, form, BudgetForm(formdata=None, data={"budget": cycle.budget_cents}))


@blueprint.post("/years/<int:cycle_id>/budget")
@allowed(Action.SET_BUDGET)
def set_budget(cycle: Cycle) -> ResponseReturnValue:
    """Set the budget while the year is being prepared."""
    form = BudgetForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.set_budget(
                actor=current_actor(),
                cycle=cycle,
                budget_cents=form.budget.data,
                now=database_now(),
            )
            flash(gettext("The budget is set."), "success")
            return redirect(url_for("cycles.steer", cycle_id=cycle.id))
    return _steer_page(cycle, MovePhaseForm(formdata=None), form)


@blueprint.route("/areas/<area_slug>/start-year", methods=["GET", "POST"])
@allowed(Action.START_CYCLE)
def start(area: Area) -> ResponseReturnValue:
    """Start a plan year of an area under one of the town's rule sets."""
    form = StartCycleForm()
    year = database_now().year
    form.plan_year.choices = [choice(str(y), str(y)) for y in range(year, year + 3)]
    form.rule_set.choices = [
        choice(str(r.id), r.name) for r in rules.list_rule_sets(current_town().id)
    ]
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            cycle = _start(area, form)
            flash(gettext("The year has started with its preparation."), "success")
            return redirect(url_for("cycles.steer", cycle_id=cycle.id))
    if request.method == "GET":
        form.plan_year.data = year + 1
    return render_template("cycles/start.html", area=area, form=form)


@blueprint.get("/years/<int:cycle_id>/journal")
@allowed(Action.READ_JOURNAL)
def journal(cycle: Cycle) -> ResponseReturnValue:
    """Everything that was done in this year, newest first, and whether the chain is whole."""
    return render_template(
        "cycles/journal.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        journal=journal_page(history.cycle_chain(cycle.id), asked_page()),
    )


def _start(area: Area, form: StartCycleForm) -> Cycle:
    rule_set = rules.find_rule_set(area.municipality_id, form.rule_set.data)
    assert rule_set is not None  # noqa: S101  the form offered this town's own only
    return services.start_cycle(
        actor=current_actor(),
        area=areas.subject_of(area),
        plan_year=form.plan_year.data,
        rules=from_json(rule_set.content),
        budget_cents=form.budget.data,
        windows=services.default_windows(form.plan_year.data),
        now=database_now(),
    )


def _phase_choices() -> list[Any]:
    return [choice(phase.value, PHASE_NAMES[phase]) for phase in DATED_PHASES]


def _steer_page(cycle: Cycle, dates: MovePhaseForm, budget: BudgetForm) -> ResponseReturnValue:
    dates.phase.choices = _phase_choices()
    transition = next_transition(cycle.phase)
    status = 400 if dates.errors or budget.errors else 200
    page = render_template(
        "cycles/steer.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        year=year_line_of(cycle),
        blocking=what_blocks(cycle),
        target=transition.target if transition else None,
        advance=AdvanceForm(formdata=None, data={"expected": cycle.phase.value}),
        dates=dates,
        budget=budget,
        subject=queries.subject_of(cycle),
    )
    return page, status
