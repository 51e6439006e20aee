"""The municipality changes its tree of areas, and reads its own journal."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.areas import blueprint
from app.areas.forms import AddAreaForm, EndAreaForm
from app.forms import choice, day_of, refusals_on, text_of
from app.journal import journal_page
from app.pages import asked_page
from app.sentences.areas import AREA_KINDS
from app.session import current_actor
from app.towns import current_town
from app.transactions import transaction
from database import database_now
from participation import history
from participation.actions import Action
from participation.areas import queries, services
from participation.areas.models import Area, AreaKind


@blueprint.route("/manage", methods=["GET", "POST"])
@allowed(Action.MANAGE_AREAS)
def manage() -> ResponseReturnValue:
    """The whole tree with its dates, and the form that adds to it."""
    here = current_town()
    tree = queries.list_areas(here.id)
    form = AddAreaForm()
    form.kind.choices = [
        choice(kind.value, AREA_KINDS[kind])
        for kind in AreaKind
        if kind is not AreaKind.MUNICIPALITY
    ]
    form.parent.choices = [choice(str(area.id), area.name) for area in tree]
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            area = _add(tree, form)
            flash(gettext("%(name)s is added.", name=area.name), "success")
            return redirect(url_for("areas.manage"))
    return render_template("areas/manage.html", tree=tree, form=form, kinds=AREA_KINDS)


@blueprint.route("/<area_slug>/end", methods=["GET", "POST"])
@allowed(Action.MANAGE_AREAS)
def end(area: Area) -> ResponseReturnValue:
    """Say from when an area no longer exists."""
    form = EndAreaForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.end_area(
                actor=current_actor(),
                area=area,
                valid_until=day_of(form.valid_until),
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The end of %(name)s is recorded.", name=area.name), "success")
            return redirect(url_for("areas.manage"))
    return render_template("areas/end.html", area=area, form=form)


@blueprint.get("/journal")
@allowed(Action.READ_JOURNAL)
def journal() -> ResponseReturnValue:
    """Everything that was done in the town outside its years: areas, rules, people."""
    chain = history.municipality_chain(current_town().id)
    return render_template("areas/journal.html", journal=journal_page(chain, asked_page()))


def _add(tree: Sequence[Area], form: AddAreaForm) -> Area:
    parent = next(area for area in tree if area.id == form.parent.data)
    return services.add_area(
        actor=current_actor(),
        parent=parent,
        kind=AreaKind(form.kind.data),
        name=text_of(form.name),
        valid_from=day_of(form.valid_from),
        population=form.population.data,
        code=form.code.data or None,
        now=database_now(),
    )
