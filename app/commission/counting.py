"""Counting: two key cards in one request, or two tellers who do not see each other's numbers."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.commission import blueprint
from app.commission.desk import desk_of, tellers_done
from app.commission.forms import (
    ConfirmForm,
    CountForm,
    is_counted_by_hand,
    totals_form,
    totals_of,
)
from app.forms import Form, refusals_on, text_of
from app.peppers import peppers
from app.session import current_actor
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from voting.box.queries import turnout
from voting.elections import queries as elections
from voting.elections.models import Election
from voting.results import queries as results
from voting.results import services
from voting.states import Act, ElectionState

_TELLING = frozenset({ElectionState.OPEN, ElectionState.CLOSED})


@blueprint.route("/elections/<int:election_id>/count", methods=["GET", "POST"])
@allowed(Action.RUN_ELECTION)
def count(election: Election) -> ResponseReturnValue:
    """Open the box with two cards, or compare what two tellers wrote down."""
    by_hand = is_counted_by_hand(election)
    form: Form = ConfirmForm() if by_hand else CountForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            _count(election, form)
            flash(
                gettext("The ballots are counted. Look at the result, then publish it."), "success"
            )
            return redirect(url_for("commission.show", election_id=election.id))
    desk = desk_of(election)
    page = render_template(
        "commission/count_by_hand.html" if by_hand else "commission/count.html",
        election=election,
        desk=desk,
        agreement=desk.agreement(Act.COUNT),
        tellers=tellers_done(election),
        turnout=turnout(election.id),
        form=form,
    )
    response = make_response(page, 400 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.route("/elections/<int:election_id>/totals", methods=["GET", "POST"])
@allowed(Action.RUN_ELECTION)
def totals(election: Election) -> ResponseReturnValue:
    """A teller writes down what was counted in the room."""
    own = results.teller_totals(election.id, viewer=current_actor().person_id or 0)
    values = {}
    if own and election.state in _TELLING:
        values = {f"total_{name}": number for name, number in own[0].totals.items()}
        values["issued"] = own[0].issued
    form = totals_form(election, elections.options(election.id))(data=values)
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            services.record_teller_totals(
                actor=current_actor().person_id or 0,
                election_id=election.id,
                issued=form["issued"].data,
                totals=totals_of(form),
                now=database_now(),
            )
            flash(
                gettext("Your numbers are written down. The other teller cannot see them."),
                "success",
            )
            return redirect(url_for("commission.show", election_id=election.id))
    page = render_template(
        "commission/totals.html", election=election, desk=desk_of(election), form=form
    )
    return page, 400 if form.errors else 200


def _count(election: Election, form: Form) -> None:
    actor, now = current_actor().person_id or 0, database_now()
    if isinstance(form, CountForm):
        services.count_election(
            actor=actor,
            election_id=election.id,
            cards=(text_of(form.card_one), text_of(form.card_two)),
            peppers=peppers(),
            now=now,
        )
    else:
        services.count_by_hand(actor=actor, election_id=election.id, peppers=peppers(), now=now)
