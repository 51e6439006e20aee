"""Residents sign up and in by a link in an e-mail; no password, no hint who has an account."""

from __future__ import annotations

from flask import current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from app.access import public, signed_in
from app.auth import blueprint
from app.auth.forms import SignInForm, SignUpForm, area_choices
from app.auth.paths import after_sign_in, safe_next
from app.auth.throttle import may_submit, remember_device
from app.forms import Form, choice, refusals_on, text_of
from app.session import sign_in as begin_session
from app.session import sign_out as end_session
from app.towns import current_language, current_town
from app.transactions import transaction
from database import database_now
from participation.areas import queries as areas
from participation.people import queries as people
from participation.people import services
from participation.people.models import SignInToken
from participation.people.names import NameDisplay
from participation.rules import queries as rules


@blueprint.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Ask for a link; staff go on to their password."""
    form = SignInForm()
    next_page = safe_next(request.args.get("next"))
    if form.validate_on_submit() and may_submit(form, "link", text_of(form.email)):
        with refusals_on(form), transaction():
            services.request_sign_in(
                municipality_id=current_town().id,
                email=text_of(form.email),
                language=current_language(),
                next_page=next_page,
                now=database_now(),
            )
            return _sent(text_of(form.email))
    return render_template("auth/sign_in.html", form=form, next_page=next_page)


@blueprint.route("/sign-up", methods=["GET", "POST"])
@public
def sign_up() -> ResponseReturnValue:
    """Ask for an account as a resident."""
    form, town = _sign_up_form(), current_town()
    next_page = safe_next(request.args.get("next"))
    if form.validate_on_submit() and may_submit(form, "link", text_of(form.email)):
        with refusals_on(form), transaction():
            services.request_sign_up(
                municipality_id=town.id,
                sign_up=_filled_in(form),
                next_page=next_page,
                now=database_now(),
            )
            return _sent(text_of(form.email))
    return render_template(
        "auth/sign_up.html", form=form, next_page=next_page, minimum_age=_minimum_age()
    )


@blueprint.get("/sign-in/sent")
@public
def link_sent() -> ResponseReturnValue:
    """Look into your mailbox. The same words for every address."""
    shows_mailbox = "demo_mailbox.index" in current_app.view_functions and (
        not current_app.config["SETTINGS"].is_production
    )
    return render_template(
        "auth/link_sent.html", email=session.get("asked_for"), shows_mailbox=shows_mailbox
    )


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@public
def use_link(token: str) -> ResponseReturnValue:
    """Opening the link asks once more, so that a mail scanner cannot use it up."""
    form, town = Form(), current_town()
    link = people.find_open_token(town.id, services.LINK_PURPOSES, token, now=database_now())
    if link is None:
        return render_template("auth/link_over.html"), 410
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            used = services.confirm_link(municipality_id=town.id, token=token, now=database_now())
            person, next_page = used.person, used.next_page
            begin_session(person, second_factor=False)
            target = after_sign_in(person, second_factor=False, next_page=next_page)
            return remember_device(current_app.make_response(redirect(target)), person.email)
    return render_template("auth/use_link.html", form=form, email=_address_of(link))


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End the session."""
    end_session()
    return redirect(url_for("home.town"))


def _sent(email: str) -> ResponseReturnValue:
    session["asked_for"] = email
    return redirect(url_for("auth.link_sent"))


def _sign_up_form() -> SignUpForm:
    form = SignUpForm()
    found = areas.list_plan_areas(current_town().id, on=database_now().date())
    form.area.choices = [
        choice("0", _l("Choose your neighbourhood")),
        *area_choices(found),
    ]
    wanted = request.args.get("area", type=int)
    if request.method == "GET" and wanted is not None:
        form.area.data = wanted
    if _minimum_age() == 0:
        del form.old_enough
    return form


def _filled_in(form: SignUpForm) -> services.SignUp:
    return services.SignUp(
        email=text_of(form.email),
        name=text_of(form.name),
        display=NameDisplay(form.display.data),
        area_id=form.area.data,
        language=current_language(),
    )


def _minimum_age() -> int:
    """The lowest age any rules of this town ask for; each year's own rules decide later."""
    ages = [
        int(rule_set.content["minimum_age"]) for rule_set in rules.list_rule_sets(current_town().id)
    ]
    return min(ages, default=0)


def _address_of(link: SignInToken) -> str:
    if link.person_id is None:
        return str(link.details.get("email", ""))
    person = people.find_person(link.municipality_id, link.person_id)
    return person.email if person is not None else ""
