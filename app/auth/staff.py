"""Staff sign in with a password and a second factor; also how they get and renew both."""

from __future__ import annotations

import segno
from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from app.access import public
from app.auth import blueprint
from app.auth.forms import CodeForm, NewPasswordForm, PasswordSignInForm, SignInForm
from app.auth.keys import account_key
from app.auth.paths import after_sign_in, safe_next
from app.auth.pending import begin_pending, pending_next, pending_person
from app.auth.throttle import may_submit, remember_device
from app.forms import refusals_on, text_of
from app.session import sign_in as begin_session
from app.towns import current_language, current_town
from app.transactions import transaction
from database import database_now
from participation.people import credentials
from participation.people import queries as people
from participation.people.models import Person
from participation.people.second_factor import provisioning_uri


@blueprint.route("/sign-in/password", methods=["GET", "POST"])
@public
def password_sign_in() -> ResponseReturnValue:
    """First step: address and password."""
    form = PasswordSignInForm()
    if form.validate_on_submit() and may_submit(form, "password", text_of(form.email)):
        with refusals_on(form), transaction():
            person = credentials.check_sign_in(
                municipality_id=current_town().id,
                email=text_of(form.email),
                password=text_of(form.password),
            )
            begin_pending(person, next_page=safe_next(request.args.get("next")))
            return redirect(_second_step(person))
    return render_template("auth/password_sign_in.html", form=form)


@blueprint.route("/sign-in/code", methods=["GET", "POST"])
@public
def second_step() -> ResponseReturnValue:
    """Second step: the code of the app, or a recovery code."""
    person = pending_person()
    if person is None:
        return redirect(url_for("auth.password_sign_in"))
    form = CodeForm()
    if form.validate_on_submit() and may_submit(form, "code", person.email):
        with refusals_on(form), transaction():
            credentials.pass_second_factor(
                person=person, code=text_of(form.code), key=account_key(), now=database_now()
            )
            return _signed_in(person)
    return render_template("auth/second_step.html", form=form)


@blueprint.route("/sign-in/second-factor", methods=["GET", "POST"])
@public
def enrol() -> ResponseReturnValue:
    """Once: take the secret into an app, show a first code, get ten recovery codes."""
    person = pending_person()
    if person is None:
        return redirect(url_for("auth.password_sign_in"))
    form, key = CodeForm(), account_key()
    with transaction():
        secret = credentials.begin_second_factor(person=person, key=key)
    if form.validate_on_submit() and may_submit(form, "code", person.email):
        with refusals_on(form), transaction():
            codes = credentials.finish_second_factor(
                person=person, code=text_of(form.code), key=key, now=database_now()
            )
            next_page = after_sign_in(person, second_factor=True, next_page=pending_next())
            begin_session(person, second_factor=True)
            # Shown in the answer itself: the codes are nowhere kept in the clear.
            return render_template("auth/recovery_codes.html", codes=codes, next_page=next_page)
    uri = provisioning_uri(secret, account=person.email, issuer=current_town().name)
    return render_template(
        "auth/enrol.html", form=form, secret=_in_groups(secret), uri=uri, qr_code=_qr_code(uri)
    )


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@public
def forgotten_password() -> ResponseReturnValue:
    """Ask for a link that sets a new password. The same answer for every address."""
    form = SignInForm()
    if form.validate_on_submit() and may_submit(form, "link", text_of(form.email)):
        with refusals_on(form), transaction():
            credentials.request_password_reset(
                municipality_id=current_town().id,
                email=text_of(form.email),
                language=current_language(),
                now=database_now(),
            )
            session["asked_for"] = text_of(form.email)
            return redirect(url_for("auth.link_sent"))
    return render_template("auth/forgotten_password.html", form=form)


@blueprint.route("/password/new/<token>", methods=["GET", "POST"])
@public
def new_password(token: str) -> ResponseReturnValue:
    """Set a password by an invitation or after losing the old one; then the second factor."""
    town = current_town()
    link = people.find_open_token(
        town.id, credentials.NEW_PASSWORD_PURPOSES, token, now=database_now()
    )
    if link is None:
        return render_template("auth/link_over.html"), 410
    form = NewPasswordForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            person = credentials.set_password_by_link(
                municipality_id=town.id,
                token=token,
                password=text_of(form.password),
                now=database_now(),
            )
            begin_pending(person)
            return redirect(_second_step(person))
    invited = people.find_person(town.id, link.person_id or 0)
    return render_template("auth/new_password.html", form=form, person=invited)


def _second_step(person: Person) -> str:
    credential = people.find_credential(person.id)
    enrolled = credential is not None and credential.enrolled_at is not None
    return url_for("auth.second_step" if enrolled else "auth.enrol")


def _signed_in(person: Person) -> ResponseReturnValue:
    target = after_sign_in(person, second_factor=True, next_page=pending_next())
    begin_session(person, second_factor=True)
    return remember_device(current_app.make_response(redirect(target)), person.email)


def _in_groups(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _qr_code(uri: str) -> Markup:
    # segno writes colours as attributes of the drawing, never as style: the policy allows that.
    svg = segno.make(uri, error="m").svg_inline(
        scale=5, border=4, dark="#000", light="#fff", svgclass="bb-qr", lineclass=None
    )
    return Markup(svg)  # noqa: S704
