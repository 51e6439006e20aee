"""The check, the shortlist and translations: what staff do with proposals."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.filters import localised
from app.forms import choice, refusals_on, text_of
from app.pages import Page, asked_page
from app.priorities import blueprint
from app.priorities.forms import CheckForm, TranslationForm
from app.priorities.views import names_of_town
from app.session import current_actor
from app.towns import current_language
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.priorities import queries, services
from participation.priorities.content import What
from participation.priorities.models import CheckOutcome, FeasibilityCheck, Priority
from participation.priorities.queries import ListFilter, Sort
from participation.priorities.states import PriorityState
from participation.priorities.steps import ballot_is_frozen

PER_PAGE = 50
# More than this on one ballot nobody reads; the shortlist page shows them all at once.
MOST_ON_SHORTLIST = 500


@blueprint.get("/years/<int:cycle_id>/check")
@allowed(Action.CHECK_PRIORITY)
def checklist(cycle: Cycle) -> ResponseReturnValue:
    """What is still to be checked, the most supported first, and what is decided."""
    wanted = ListFilter(state=PriorityState.PUBLISHED)
    page = Page(
        number=asked_page(),
        per_page=PER_PAGE,
        total=queries.count_priorities(cycle.id, wanted=wanted),
    )
    return render_template(
        "priorities/checklist.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        lines=queries.list_priorities(
            cycle.id,
            language=current_language(),
            wanted=wanted,
            offset=page.offset,
            limit=page.per_page,
        ),
        page=page,
        decided=[
            line
            for state in (PriorityState.FEASIBLE, PriorityState.REFUSED)
            for line in _lines_in(cycle, state, Sort.NEWEST)
        ],
        counts=queries.check_counts(cycle.id),
        threshold=cycle.rules.support_threshold,
        subject=g.subject,
        **names_of_town(cycle.municipality_id),
    )


@blueprint.route("/priorities/<int:priority_id>/check", methods=["GET", "POST"])
@allowed(Action.CHECK_PRIORITY)
def check(priority: Priority) -> ResponseReturnValue:
    """Decide whether a proposal can be done; a refusal cites a published criterion."""
    if priority.published_at is None:
        abort(404)
    cycle = _cycle_of(priority)
    checks = queries.checks_of([priority.id]).get(priority.id, [])
    form = CheckForm(cost=priority.cost_cents, decisions_seen=len(checks))
    form.criterion.choices = [
        choice("", gettext("No criterion")),
        *(choice(c.code, localised(c.text)) for c in cycle.rules.criteria),
    ]
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            _decide(priority, form)
            flash(gettext("The decision is made. Everybody can read it."), "success")
            return redirect(url_for("priorities.checklist", cycle_id=cycle.id))
    page = render_template(
        "priorities/check.html",
        priority=priority,
        words=queries.spoken(priority, current_language()),
        cycle=cycle,
        checks=checks,
        criteria=cycle.rules.criteria,
        form=form,
        threshold=cycle.rules.support_threshold,
        **names_of_town(priority.municipality_id),
    )
    return page, 400 if form.errors else 200


@blueprint.get("/years/<int:cycle_id>/shortlist")
@allowed(Action.SHORTLIST_PRIORITY)
def shortlist(cycle: Cycle) -> ResponseReturnValue:
    """What goes on the ballot, what still could, and what that costs against the budget."""
    return render_template(
        "priorities/shortlist.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        on_ballot=_lines_in(cycle, PriorityState.ON_BALLOT, Sort.SUPPORT),
        feasible=_lines_in(cycle, PriorityState.FEASIBLE, Sort.SUPPORT),
        sums=queries.sums_of(cycle.id),
        limit=cycle.rules.shortlist_limit,
        is_frozen=ballot_is_frozen(cycle),
        subject=g.subject,
        **names_of_town(cycle.municipality_id),
    )


@blueprint.post("/priorities/<int:priority_id>/shortlist")
@allowed(Action.SHORTLIST_PRIORITY)
def put_on_shortlist(priority: Priority) -> ResponseReturnValue:
    """Put a feasible proposal on the ballot."""
    with transaction():
        services.shortlist_priority(actor=current_actor(), priority=priority, now=database_now())
    flash(gettext("The proposal is on the ballot."), "success")
    return redirect(url_for("priorities.shortlist", cycle_id=priority.cycle_id))


@blueprint.post("/priorities/<int:priority_id>/take-off-shortlist")
@allowed(Action.SHORTLIST_PRIORITY)
def take_off_shortlist(priority: Priority) -> ResponseReturnValue:
    """Take a proposal off the ballot."""
    with transaction():
        services.take_off_shortlist(actor=current_actor(), priority=priority, now=database_now())
    flash(gettext("The proposal is off the ballot."), "success")
    return redirect(url_for("priorities.shortlist", cycle_id=priority.cycle_id))


@blueprint.route("/priorities/<int:priority_id>/translate", methods=["GET", "POST"])
@allowed(Action.TRANSLATE_PRIORITY)
def translate(priority: Priority) -> ResponseReturnValue:
    """Put a proposal's words into another language."""
    if priority.published_at is None:
        abort(404)
    form = TranslationForm()
    form.leave_out(priority.language)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.add_translation(
                actor=current_actor(),
                priority=priority,
                what=What(text_of(form.title), text_of(form.description), str(form.language.data)),
                now=database_now(),
            )
            flash(gettext("The translation is kept."), "success")
            return redirect(url_for("priorities.show", priority_id=priority.id))
    page = render_template(
        "priorities/translate.html",
        form=form,
        priority=priority,
        cycle=_cycle_of(priority),
        translations=queries.translations_of(priority.id),
    )
    return page, 400 if form.errors else 200


def _decide(priority: Priority, form: CheckForm) -> FeasibilityCheck:
    seen = form.decisions_seen.data or ""
    return services.check_priority(
        actor=current_actor(),
        priority=priority,
        outcome=CheckOutcome(form.outcome.data),
        criterion_code=form.criterion.data or None,
        explanation=text_of(form.explanation),
        language=current_language(),
        cost_cents=form.cost.data,
        decisions_seen=int(seen) if seen.isdecimal() else -1,
        now=database_now(),
    )


def _lines_in(cycle: Cycle, state: PriorityState, sort: Sort) -> list[queries.Listed]:
    return list(
        queries.list_priorities(
            cycle.id,
            language=current_language(),
            wanted=ListFilter(state=state),
            sort=sort,
            limit=MOST_ON_SHORTLIST,
        )
    )


def _cycle_of(priority: Priority) -> Cycle:
    cycle = cycles.find_cycle(priority.municipality_id, priority.cycle_id)
    if cycle is None:
        abort(404)
    return cycle
