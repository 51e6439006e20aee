"""What everybody sees: the list of a year's proposals, and the whole life of one; and support."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed, public
from app.pages import Page, asked_page
from app.priorities import blueprint
from app.priorities.forms import ListForm, number_of
from app.priorities.life import life_of
from app.sentences.priorities import ROUTES, STATES, TONES
from app.session import current_actor
from app.towns import current_language
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.people import queries as people
from participation.priorities import queries, services
from participation.priorities.models import Priority
from participation.priorities.queries import ListFilter, Sort
from participation.priorities.states import PUBLIC_STATES, PriorityState
from participation.rules import queries as rules

PER_PAGE = 20


@blueprint.get("/years/<int:cycle_id>/priorities/")
@public
def index(cycle: Cycle) -> ResponseReturnValue:
    """What a neighbourhood wants in a year."""
    form = _list_form(cycle)
    wanted = _wanted(form)
    sums = queries.sums_of(cycle.id)
    is_whole = wanted == ListFilter()
    page = Page(
        number=asked_page(),
        per_page=PER_PAGE,
        total=sums.total if is_whole else queries.count_priorities(cycle.id, wanted=wanted),
    )
    if page.number > page.pages:
        abort(404)
    actor = current_actor()
    mine = queries.drafts_of(actor.person_id) if actor.person_id is not None else ()
    return render_template(
        "priorities/index.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        form=form,
        lines=queries.list_priorities(
            cycle.id,
            language=current_language(),
            wanted=wanted,
            sort=Sort(form.sort.data),
            offset=page.offset,
            limit=page.per_page,
        ),
        page=page,
        sums=sums,
        drafts=[draft for draft in mine if draft.cycle_id == cycle.id],
        subject=g.subject,
        **names_of_town(cycle.municipality_id),
    )


@blueprint.get("/priorities/<int:priority_id>")
@public
def show(priority: Priority) -> ResponseReturnValue:
    """One proposal with its whole life, through all the years it was carried over."""
    actor = current_actor()
    if priority.state is PriorityState.DRAFT and actor.person_id == priority.owner_id:
        return redirect(url_for("priorities.edit_what", priority_id=priority.id))
    if priority.published_at is None:
        abort(404)
    cycle = cycles.find_cycle(priority.municipality_id, priority.cycle_id)
    if cycle is None:
        abort(404)
    names = people.shown_names([priority.author_id])
    return render_template(
        "priorities/show.html",
        priority=priority,
        words=queries.spoken(priority, current_language()),
        cycle=cycle,
        area=areas.find_area(priority.municipality_id, cycle.area_id),
        years=life_of(priority),
        author=names.get(priority.author_id or 0),
        is_supported=queries.is_supported_by(priority.id, actor.person_id),
        subject=queries.subject_of(priority),
        **names_of_town(priority.municipality_id),
    )


@blueprint.post("/priorities/<int:priority_id>/support")
@allowed(Action.SUPPORT_PRIORITY)
def support(priority: Priority) -> ResponseReturnValue:
    """Support a proposal."""
    with transaction():
        services.support_priority(actor=current_actor(), priority=priority, now=database_now())
    flash(gettext("You support this proposal."), "success")
    return redirect(url_for("priorities.show", priority_id=priority.id))


@blueprint.post("/priorities/<int:priority_id>/withdraw-support")
@allowed(Action.SUPPORT_PRIORITY)
def withdraw_support(priority: Priority) -> ResponseReturnValue:
    """Take one's support back."""
    with transaction():
        services.withdraw_support(actor=current_actor(), priority=priority, now=database_now())
    flash(gettext("You no longer support this proposal."), "success")
    return redirect(url_for("priorities.show", priority_id=priority.id))


def names_of_town(municipality_id: int) -> dict[str, object]:
    """Names of themes, functions, states and routes, for templates."""
    return {
        "theme_names": {theme.id: theme.name for theme in rules.list_themes(municipality_id)},
        "function_names": {f.id: f.name for f in rules.list_functions(municipality_id)},
        "state_names": STATES,
        "state_tones": TONES,
        "route_names": ROUTES,
        "State": PriorityState,
    }


def _list_form(cycle: Cycle) -> ListForm:
    form = ListForm(request.args)
    form.offer(cycle.municipality_id)
    if form.sort.data not in set(Sort):
        form.sort.data = Sort.SUPPORT.value
    return form


def _wanted(form: ListForm) -> ListFilter:
    state = form.state.data
    return ListFilter(
        words=(form.q.data or "").strip(),
        theme_id=number_of(form.theme.data),
        function_id=number_of(form.function.data),
        state=PriorityState(state) if state in PUBLIC_STATES else None,
    )
