"""Preparing: look at the register's list, then make codes and cards and hand them out once.

The answer to the confirming POST is the print page itself, not a redirect: codes and cards are
nowhere to be fetched from a second time. Whoever loses that page prepares again.
"""

from __future__ import annotations

from datetime import UTC

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.commission import blueprint
from app.commission.desk import desk_of
from app.commission.forms import ConfirmForm, PrepareForm, RollForm, is_counted_by_hand
from app.commission.print_file import (
    as_data_address,
    print_file,
    printed_cards,
    printed_slips,
    short_address,
)
from app.commission.roll_file import (
    RollCheck,
    RollFile,
    RollFileError,
    check,
    pack,
    read_roll,
    unpack,
)
from app.forms import Form, refusals_on, text_of
from app.peppers import peppers
from app.sentences.voting import INELIGIBILITIES, ROLL_FILES, ROLL_LINES
from app.session import current_actor
from app.towns import current_town
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from voting.elections.models import Election
from voting.elections.services import Preparation, prepare_election
from voting.eligibility import EligibilityRules
from voting.states import Act

_NOBODY = RollFile((), (), ())


@blueprint.route("/elections/<int:election_id>/prepare", methods=["GET", "POST"])
@allowed(Action.RUN_ELECTION)
def prepare(election: Election) -> ResponseReturnValue:
    """Hand in the register's list; shows what would become of it and keeps nothing."""
    if is_counted_by_hand(election):
        return _prepare_hall(election)
    form = RollForm()
    if form.validate_on_submit():
        try:
            roll = read_roll(form.roll.data.read()) if form.roll.data else _NOBODY
        except RollFileError as error:
            form.roll.errors = [str(ROLL_FILES[error.code] % error.params)]
        else:
            return _preview_page(election, form, roll)
    return _page("commission/prepare.html", election, form)


@blueprint.post("/elections/<int:election_id>/prepare/confirm")
@allowed(Action.RUN_ELECTION)
def confirm_preparation(election: Election) -> ResponseReturnValue:
    """Make codes and cards of the checked list. Its answer is the only copy of them."""
    form = PrepareForm()
    if form.validate_on_submit():
        try:
            people = unpack(text_of(form.packed))
        except RollFileError as error:
            form.form_errors = [str(ROLL_FILES[error.code] % error.params)]
            return _page("commission/prepare.html", election, RollForm(formdata=None), form)
        with refusals_on(form), transaction():
            made = prepare_election(
                actor=current_actor().person_id or 0,
                election_id=election.id,
                roll=people,
                slips=form.slips.data or 0,
                tally_cards=form.tally_cards.data or 0,
                peppers=peppers(),
                now=database_now(),
            )
            # Drawn before the commit: a page that cannot be made leaves nothing prepared.
            return _print_page(election, made)
    return _page("commission/prepare.html", election, RollForm(formdata=None), form)


def _prepare_hall(election: Election) -> ResponseReturnValue:
    """A show of cards needs neither list nor codes."""
    form = ConfirmForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            prepare_election(
                actor=current_actor().person_id or 0,
                election_id=election.id,
                roll=(),
                peppers=peppers(),
                now=database_now(),
            )
            flash(gettext("The vote is prepared. Now it can be opened."), "success")
            return redirect(url_for("commission.show", election_id=election.id))
    return _page("commission/prepare_hall.html", election, form)


def _page(
    template: str, election: Election, form: Form, failed: Form | None = None
) -> ResponseReturnValue:
    desk = desk_of(election)
    if failed is not None:
        form.form_errors = [error for errors in failed.errors.values() for error in errors]
    page = render_template(
        template,
        election=election,
        desk=desk,
        agreement=desk.agreement(Act.PREPARE),
        form=form,
    )
    return page, 400 if form.errors else 200


def _preview_page(election: Election, form: RollForm, roll: RollFile) -> ResponseReturnValue:
    desk = desk_of(election)
    found: RollCheck = check(roll, _rules(election))
    confirm = PrepareForm(
        formdata=None,
        data={
            "packed": pack(roll.people),
            "slips": form.slips.data,
            "tally_cards": form.tally_cards.data,
        },
    )
    page = render_template(
        "commission/preview.html",
        election=election,
        desk=desk,
        agreement=desk.agreement(Act.PREPARE),
        form=confirm,
        found=found,
        slips=form.slips.data,
        lines=_lines_in_words(found),
    )
    return _unkept(page)


def _lines_in_words(found: RollCheck) -> list[tuple[int, str]]:
    unreadable = [
        (fault.line, str(ROLL_LINES[fault.code] % {"value": fault.value})) for fault in found.faults
    ]
    refused = [(line, str(INELIGIBILITIES[reason])) for line, reason in found.refused]
    return sorted([*unreadable, *refused])


def _print_page(election: Election, made: Preparation) -> ResponseReturnValue:
    town = current_town()
    content = print_file(made.letters, made.slips, town, database_now())
    page = render_template(
        "commission/print.html",
        election=election,
        made=made,
        cards=printed_cards(made.cards),
        slips=printed_slips(made.slips, town),
        short_address=short_address(town, election.language),
        download=as_data_address(content),
        download_name=f"vote-{election.id}-codes.zip",
        protected=sum(letter.protected for letter in made.letters),
    )
    return _unkept(page)


def _unkept(page: str) -> ResponseReturnValue:
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _rules(election: Election) -> EligibilityRules:
    day = election.reference_date or election.opens_at.astimezone(UTC).date()
    return EligibilityRules(reference_date=day, minimum_age=election.minimum_age)
