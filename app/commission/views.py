"""The commission's list, the page of each election, agreements, simple acts, journal, protocol."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.access import allowed, signed_in
from app.commission import blueprint
from app.commission.acts import GRAVE_ACTS, SIMPLE_ACTS, carry_out, needs_reason, words_of
from app.commission.desk import Desk, desk_of
from app.commission.forms import ConfirmForm, ReasonForm, is_counted_by_hand
from app.commission.journal import election_journal
from app.commission.protocol import protocol_of
from app.forms import Form, refusals_on, text_of
from app.pages import Page, asked_page
from app.sentences.voting import ACT_NAMES, STATE_NAMES
from app.session import current_actor
from app.towns import current_town
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.permissions import can
from voting.box.queries import turnout
from voting.elections import queries as elections
from voting.elections import services
from voting.elections.models import Election
from voting.states import Act

PER_PAGE = 50
_SIMPLE = ", ".join(act.value for act in SIMPLE_ACTS)
_AGREEABLE = ", ".join(act.value for act in Act if act is not Act.REVOKE)


@blueprint.get("/elections/")
@signed_in
def index() -> ResponseReturnValue:
    """Every election the reader may watch over, with where it stands."""
    by_id = {area.id: area for area in areas.list_areas(current_town().id)}
    found = [
        election
        for election in elections.elections_of_municipality(current_town().id)
        if election.area_id in by_id
        and can(
            current_actor(),
            Action.OBSERVE_ELECTION,
            areas.subject_of(by_id[election.area_id]),
        )
    ]
    page = Page(number=asked_page(), per_page=PER_PAGE, total=len(found))
    return render_template(
        "commission/index.html",
        elections=found[page.offset : page.offset + page.per_page],
        page=page,
        areas=by_id,
        states=STATE_NAMES,
    )


@blueprint.get("/elections/<int:election_id>")
@allowed(Action.OBSERVE_ELECTION)
def show(election: Election) -> ResponseReturnValue:
    """Where the election stands, what comes next, and what has been agreed."""
    return render_template(
        "commission/show.html",
        election=election,
        desk=desk_of(election),
        options=elections.options(election.id),
        turnout=turnout(election.id),
        states=STATE_NAMES,
        acts=ACT_NAMES,
        act_url=act_url,
        by_hand=is_counted_by_hand(election),
        subject=g.subject,
    )


@blueprint.route(f"/elections/<int:election_id>/<any({_SIMPLE}):act_name>", methods=["GET", "POST"])
@allowed(Action.RUN_ELECTION)
def act(election: Election, act_name: str) -> ResponseReturnValue:
    """Say what an act will do, ask a second member, then do it."""
    which, desk = Act(act_name), desk_of(election)
    form: Form = ReasonForm() if needs_reason(which, desk) else ConfirmForm()
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            reason = text_of(form.reason) if isinstance(form, ReasonForm) else ""
            carry_out(which, election, reason, database_now())
            flash(words_of(which).done, "success")
            return redirect(url_for("commission.show", election_id=election.id))
    return _act_page(desk_of(election) if form.errors else desk, which, form)


@blueprint.post(f"/elections/<int:election_id>/agree/<any({_AGREEABLE}):act_name>")
@allowed(Action.RUN_ELECTION)
def agree(election: Election, act_name: str) -> ResponseReturnValue:
    """Agree to an act, so that another member can carry it out."""
    with transaction():
        services.give_consent(
            actor=current_actor().person_id or 0,
            election_id=election.id,
            act=Act(act_name),
            now=database_now(),
        )
    return redirect(act_url(Act(act_name), election))


@blueprint.post(f"/elections/<int:election_id>/withdraw/<any({_AGREEABLE}):act_name>")
@allowed(Action.RUN_ELECTION)
def withdraw(election: Election, act_name: str) -> ResponseReturnValue:
    """Take an agreement back."""
    with transaction():
        services.withdraw_consent(
            actor=current_actor().person_id or 0,
            election_id=election.id,
            act=Act(act_name),
            now=database_now(),
        )
    return redirect(act_url(Act(act_name), election))


@blueprint.get("/elections/<int:election_id>/journal")
@allowed(Action.OBSERVE_ELECTION)
def journal(election: Election) -> ResponseReturnValue:
    """Everything that was done, and whether the chain holds."""
    desk = desk_of(election)
    return render_template(
        "commission/journal.html",
        election=election,
        desk=desk,
        journal=election_journal(election.id, desk.names, asked_page()),
    )


@blueprint.get("/elections/<int:election_id>/protocol")
@allowed(Action.OBSERVE_ELECTION)
def protocol(election: Election) -> ResponseReturnValue:
    """What was done and found, to be printed and signed."""
    desk = desk_of(election)
    return render_template(
        "commission/protocol.html",
        election=election,
        desk=desk,
        protocol=protocol_of(election),
        states=STATE_NAMES,
    )


def act_url(which: Act, election: Election) -> str:
    """Where an act is done."""
    own_pages = {Act.PREPARE: "commission.prepare", Act.COUNT: "commission.count"}
    if which in own_pages:
        return url_for(own_pages[which], election_id=election.id)
    if which in SIMPLE_ACTS:
        return url_for("commission.act", election_id=election.id, act_name=which.value)
    return url_for("commission.show", election_id=election.id)


def _act_page(desk: Desk, which: Act, form: Form) -> ResponseReturnValue:
    if which not in desk.acts and not form.errors:
        abort(404)
    page = render_template(
        "commission/act.html",
        election=desk.election,
        desk=desk,
        act=which,
        agreement=desk.agreement(which),
        name=ACT_NAMES[which],
        text=words_of(which),
        is_grave=which in GRAVE_ACTS,
        form=form,
        blocked_until=desk.election.closes_at
        if which is Act.CLOSE and desk.closes_by_itself
        else None,
    )
    return page, 400 if form.errors else 200
