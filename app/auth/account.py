"""One's own account: name, neighbourhood, language, address, password, recovery codes."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import public, signed_in
from app.auth import blueprint
from app.auth.forms import AccountForm, ChangePasswordForm, CodeForm, EmailForm, area_choices
from app.auth.keys import account_key
from app.auth.throttle import may_submit
from app.forms import Form, refusals_on, text_of
from app.session import current_actor, current_person
from app.session import sign_in as begin_session
from app.towns import current_town
from app.transactions import transaction
from database import database_now
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.people import credentials, services
from participation.people import queries as people
from participation.people.models import Person, TokenPurpose
from participation.people.names import NameDisplay, display_of
from participation.permissions import Role


@blueprint.route("/account", methods=["GET", "POST"])
@signed_in
def account() -> ResponseReturnValue:
    """Look at and change one's own account."""
    person = _me()
    form = _account_form(person)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            _change_account(person, form)
            flash(gettext("Your account has been changed."), "success")
            return redirect(url_for("auth.account", lang=form.language.data))
    now = database_now()
    credential = people.find_credential(person.id)
    return render_template(
        "auth/account.html",
        form=form,
        person=person,
        roles=people.roles_of(person.id, on=now.date()),
        area_names={a.id: a.name for a in areas.list_areas(person.municipality_id)},
        cycles=_cycles_at_home(person),
        has_password=credential is not None,
        codes_left=people.recovery_codes_left(person.id),
        second_factor=_passed_second_factor(),
        needs_second_factor=people.holds_staff_role(person.id, on=now.date()),
    )


@blueprint.route("/account/email", methods=["GET", "POST"])
@signed_in
def change_email() -> ResponseReturnValue:
    """Ask for a link to the new address."""
    person = _me()
    if _guards_more_than_this_session(person):
        return redirect(url_for("auth.password_sign_in", next=request.path))
    form = EmailForm()
    if form.validate_on_submit() and may_submit(form, "email", person.email):
        with refusals_on(form), transaction():
            services.request_email_change(
                actor=current_actor(), person=person, email=text_of(form.email), now=database_now()
            )
            session["asked_for"] = text_of(form.email)
            return redirect(url_for("auth.link_sent"))
    return render_template("auth/change_email.html", form=form, person=person)


@blueprint.route("/account/email/<token>", methods=["GET", "POST"])
@public
def confirm_email(token: str) -> ResponseReturnValue:
    """The link in the new mailbox: take the new address over."""
    town, now = current_town(), database_now()
    link = people.find_open_token(town.id, (TokenPurpose.CONFIRM_EMAIL,), token, now=now)
    if link is None:
        return render_template("auth/link_over.html"), 410
    form = Form()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.confirm_email_change(municipality_id=town.id, token=token, now=now)
            flash(gettext("Your new e-mail address counts from now on. Sign in again."), "success")
            return redirect(url_for("auth.sign_in"))
    return render_template("auth/confirm_email.html", form=form, email=link.details["email"])


@blueprint.route("/account/password", methods=["GET", "POST"])
@signed_in
def change_password() -> ResponseReturnValue:
    """Change one's own password; other sessions end."""
    person = _me()
    if people.find_credential(person.id) is None:
        abort(404)
    if _guards_more_than_this_session(person):
        return redirect(url_for("auth.password_sign_in", next=request.path))
    form = ChangePasswordForm()
    if form.validate_on_submit() and may_submit(form, "password", person.email):
        with refusals_on(form), transaction():
            credentials.change_password(
                actor=current_actor(),
                person=person,
                old_password=text_of(form.old_password),
                password=text_of(form.password),
                now=database_now(),
            )
            begin_session(person, second_factor=True)
            flash(gettext("Your password has been changed."), "success")
            return redirect(url_for("auth.account"))
    return render_template("auth/change_password.html", form=form)


@blueprint.route("/account/recovery-codes", methods=["GET", "POST"])
@signed_in
def renew_recovery_codes() -> ResponseReturnValue:
    """Ten new recovery codes, for one code of the app."""
    person = _me()
    if people.find_credential(person.id) is None:
        abort(404)
    if _guards_more_than_this_session(person):
        return redirect(url_for("auth.password_sign_in", next=request.path))
    form = CodeForm()
    if form.validate_on_submit() and may_submit(form, "code", person.email):
        with refusals_on(form), transaction():
            codes = credentials.renew_recovery_codes(
                actor=current_actor(),
                person=person,
                code=text_of(form.code),
                key=account_key(),
                now=database_now(),
            )
            return render_template(
                "auth/recovery_codes.html", codes=codes, next_page=url_for("auth.account")
            )
    return render_template("auth/renew_recovery_codes.html", form=form)


def _me() -> Person:
    person = current_person()
    if person is None:
        abort(403)
    return person


def _passed_second_factor() -> bool:
    return bool(session.get("second_factor"))


def _guards_more_than_this_session(person: Person) -> bool:
    """Whether the account has a password that this session has not shown."""
    return people.find_credential(person.id) is not None and not _passed_second_factor()


def _account_form(person: Person) -> AccountForm:
    form = AccountForm(
        data={
            "name": person.name,
            "display": display_of(person.name, person.shown_name).value,
            "language": person.language,
            "area": _home_area(person),
        }
    )
    found = areas.list_plan_areas(person.municipality_id, on=database_now().date())
    form.area.choices = area_choices(found)
    if _home_area(person) is None:
        del form.area
    return form


def _home_area(person: Person) -> int | None:
    held = people.roles_of(person.id, on=database_now().date())
    return next((role.area_id for role in held if role.role is Role.RESIDENT), None)


def _cycles_at_home(person: Person) -> list[Cycle]:
    home = _home_area(person)
    return [c for c in cycles.list_current_cycles(person.municipality_id) if c.area_id == home]


def _change_account(person: Person, form: AccountForm) -> None:
    actor, now = current_actor(), database_now()
    services.change_profile(
        actor=actor,
        person=person,
        name=text_of(form.name),
        display=NameDisplay(form.display.data),
        language=form.language.data,
        now=now,
    )
    if "area" in form:
        services.move_to_area(actor=actor, person=person, area_id=form.area.data, now=now)
