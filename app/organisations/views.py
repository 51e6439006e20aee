"""The public directory, and adding to it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed, public
from app.forms import refusals_on, text_of
from app.organisations import blueprint
from app.organisations.forms import OrganisationForm
from app.pages import Page, asked_page
from app.sentences.work import LEGAL_FORMS, ORGANISATION_KINDS
from app.session import current_actor
from app.towns import current_language, current_town
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.organisations import queries, services
from participation.organisations.kinds import LegalForm, OrganisationKind

PER_PAGE = 30


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Every organisation of the town, by name, with a search."""
    town = current_town()
    words = request.args.get("q", "").strip()
    page = Page(
        number=asked_page(),
        per_page=PER_PAGE,
        total=queries.count_organisations(town.id, words=words),
    )
    return render_template(
        "organisations/index.html",
        organisations=queries.list_organisations(
            town.id, words=words, offset=page.offset, limit=page.per_page
        ),
        page=page,
        words=words,
        kinds=ORGANISATION_KINDS,
        legal_forms=LEGAL_FORMS,
    )


@blueprint.route("/new", methods=["GET", "POST"])
@allowed(Action.MANAGE_ORGANISATIONS)
def add() -> ResponseReturnValue:
    """Add an organisation to the directory."""
    form = OrganisationForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.add_organisation(
                actor=current_actor(),
                municipality_id=current_town().id,
                new=services.NewOrganisation(
                    name=text_of(form.name),
                    kind=OrganisationKind(form.kind.data),
                    legal_form=LegalForm(form.legal_form.data),
                    contact_email=text_of(form.contact_email),
                    description={current_language(): text_of(form.description)},
                    is_example=current_town().is_example,
                ),
                now=database_now(),
            )
            flash(gettext("The organisation is in the directory."), "success")
            return redirect(url_for("organisations.index"))
    return render_template("organisations/add.html", form=form), 400 if form.errors else 200
