"""The list of accounts and what the municipality does with one of them."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.forms import refusals_on, text_of
from app.pages import Page, asked_page
from app.people import blueprint
from app.people.forms import (
    GiveRoleForm,
    InviteForm,
    ReasonForm,
    chosen_organisation,
    fill_choices,
)
from app.session import current_actor
from app.towns import current_language, current_town
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.areas.models import Area
from participation.organisations import queries as organisations
from participation.people import administration
from participation.people import queries as people
from participation.people.models import Person, RoleAssignment
from participation.permissions import Role

PEOPLE_ON_A_PAGE = 50
MOST_ORGANISATIONS = 1000


@blueprint.get("/")
@allowed(Action.MANAGE_PEOPLE)
def index() -> ResponseReturnValue:
    """All accounts, searched by name or address."""
    here, words = current_town(), request.args.get("q", "").strip()
    total = people.count_people(here.id, words=words)
    page = Page(asked_page(), PEOPLE_ON_A_PAGE, total)
    found = people.list_people(here.id, words=words, offset=page.offset, limit=page.per_page)
    return render_template(
        "people/index.html",
        people=found,
        roles=people.roles_by_person([p.id for p in found], on=database_now().date()),
        area_names=_area_names(),
        words=words,
        page=page,
    )


@blueprint.route("/invite", methods=["GET", "POST"])
@allowed(Action.MANAGE_PEOPLE)
def invite() -> ResponseReturnValue:
    """Invite somebody into a role."""
    form = InviteForm(language=current_language())
    _fill(form)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            person = administration.invite_person(
                actor=current_actor(),
                area=_chosen_area(form),
                role=Role(form.role.data),
                email=text_of(form.email),
                name=text_of(form.name),
                language=form.language.data,
                organisation_id=chosen_organisation(form),
                now=database_now(),
            )
            flash(gettext("%(name)s has been invited.", name=person.name), "success")
            return redirect(url_for("people.show", person_id=person.id))
    return render_template("people/invite.html", form=form)


@blueprint.get("/<int:person_id>")
@allowed(Action.MANAGE_PEOPLE)
def show(person: Person) -> ResponseReturnValue:
    """One account: its roles, now and before."""
    today = database_now().date()
    return render_template(
        "people/show.html",
        person=person,
        roles=people.all_roles_of(person.id),
        today=today,
        area_names=_area_names(),
        organisation_names=_organisation_names(),
        is_staff=people.holds_staff_role(person.id, on=today),
        is_ready=not administration.needs_invitation(person, on=today),
        is_me=person.id == current_actor().person_id,
    )


@blueprint.route("/<int:person_id>/give-role", methods=["GET", "POST"])
@allowed(Action.MANAGE_PEOPLE)
def give_role(person: Person) -> ResponseReturnValue:
    """Give an account another role."""
    form = GiveRoleForm()
    _fill(form)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            administration.give_role(
                actor=current_actor(),
                person=person,
                role=Role(form.role.data),
                area=_chosen_area(form),
                organisation_id=chosen_organisation(form),
                valid_from=form.valid_from.data,
                valid_until=form.valid_until.data,
                now=database_now(),
            )
            flash(gettext("The role has been given."), "success")
            return redirect(url_for("people.show", person_id=person.id))
    return render_template("people/give_role.html", form=form, person=person)


@blueprint.route("/roles/<int:assignment_id>/end", methods=["GET", "POST"])
@allowed(Action.MANAGE_PEOPLE)
def end_role(assignment: RoleAssignment) -> ResponseReturnValue:
    """End a role today."""
    form = ReasonForm()
    person = people.find_person(current_town().id, assignment.person_id)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            administration.end_role(
                actor=current_actor(),
                assignment=assignment,
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The role has ended."), "success")
            return redirect(url_for("people.show", person_id=assignment.person_id))
    return render_template(
        "people/end_role.html",
        form=form,
        person=person,
        assignment=assignment,
        area_names=_area_names(),
    )


@blueprint.route("/<int:person_id>/block", methods=["GET", "POST"])
@allowed(Action.MANAGE_PEOPLE)
def block(person: Person) -> ResponseReturnValue:
    """Make an account unusable."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            administration.block_account(
                actor=current_actor(),
                person=person,
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The account is blocked."), "success")
            return redirect(url_for("people.show", person_id=person.id))
    return render_template("people/block.html", form=form, person=person)


@blueprint.route("/<int:person_id>/unblock", methods=["GET", "POST"])
@allowed(Action.MANAGE_PEOPLE)
def unblock(person: Person) -> ResponseReturnValue:
    """Make a blocked account usable again."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            administration.unblock_account(
                actor=current_actor(),
                person=person,
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The account can be used again."), "success")
            return redirect(url_for("people.show", person_id=person.id))
    return render_template("people/unblock.html", form=form, person=person)


@blueprint.route("/<int:person_id>/invitation", methods=["GET", "POST"])
@allowed(Action.MANAGE_PEOPLE)
def renew_invitation(person: Person) -> ResponseReturnValue:
    """Begin anew for somebody who lost phone and codes."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            administration.renew_invitation(
                actor=current_actor(),
                person=person,
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("A new invitation is on its way."), "success")
            return redirect(url_for("people.show", person_id=person.id))
    return render_template("people/renew_invitation.html", form=form, person=person)


def _fill(form: InviteForm | GiveRoleForm) -> None:
    here = current_town()
    fill_choices(
        form,
        areas.list_areas(here.id, on=database_now().date()),
        organisations.list_organisations(here.id, limit=MOST_ORGANISATIONS),
    )


def _chosen_area(form: InviteForm | GiveRoleForm) -> Area:
    area = areas.find_area(current_town().id, form.area.data)
    if area is None:
        abort(404)
    return area


def _area_names() -> dict[int, str]:
    return {area.id: area.name for area in areas.list_areas(current_town().id)}


def _organisation_names() -> dict[int, str]:
    found = organisations.list_organisations(current_town().id, limit=MOST_ORGANISATIONS)
    return {organisation.id: organisation.name for organisation in found}
