"""The municipality makes the year's election from its shortlist."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.commission import blueprint
from app.commission.forms import DraftForm, moment_of
from app.forms import refusals_on
from app.sentences.voting import BALLOT_FORMAT_NAMES, STATE_NAMES, TIE_CRITERIA
from app.session import current_actor
from app.towns import current_time_zone
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles.ballot import draft_cycle_election
from participation.cycles.models import Cycle
from participation.people.queries import people_with_role
from participation.permissions import Role
from participation.phases import Phase
from participation.priorities import queries as priorities
from voting.counting.model import TieCriterion
from voting.elections import queries as elections
from voting.elections.kinds import BallotFormat

OPENING = time(9)
CLOSING = time(20)


@blueprint.route("/years/<int:cycle_id>/ballot", methods=["GET", "POST"])
@allowed(Action.DRAFT_ELECTION)
def draft(cycle: Cycle) -> ResponseReturnValue:
    """Choose commission and times; the rest follows from the year's rules and shortlist."""
    form = DraftForm()
    holders = people_with_role(cycle.area_path, Role.COMMISSION_MEMBER, on=database_now().date())
    people = [(person.id, person.name) for person in holders]
    form.commission.choices = people
    if form.validate_on_submit():
        with refusals_on(form), transaction():
            draft_cycle_election(
                actor=current_actor(),
                cycle=cycle,
                commission_person_ids=form.commission.data or (),
                opens_at=moment_of(form.opens_at),
                closes_at=moment_of(form.closes_at),
                now=database_now(),
            )
            flash(gettext("The vote is drafted. The commission can now prepare it."), "success")
            return redirect(url_for("commission.draft", cycle_id=cycle.id))
    if request.method == "GET":
        _fill_in(form, cycle, [person_id for person_id, _ in people])
    return _page(cycle, form)


def _fill_in(form: DraftForm, cycle: Cycle, everybody: list[int]) -> None:
    """What stands in the draft, else the whole commission and the phase's own days."""
    if cycle.election_id is not None:
        election = elections.get_election(cycle.election_id)
        form.commission.data = elections.commission(election.id)
        form.opens_at.data, form.closes_at.data = election.opens_at, election.closes_at
        return
    form.commission.data = everybody
    window = cycle.window(Phase.VOTE)
    if window is not None:
        form.opens_at.data = _at(window.planned_start, OPENING)
        form.closes_at.data = _at(window.planned_end, CLOSING)


def _at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZoneInfo(current_time_zone()))


def _page(cycle: Cycle, form: DraftForm) -> ResponseReturnValue:
    election = elections.get_election(cycle.election_id) if cycle.election_id else None
    rules = cycle.rules
    page = render_template(
        "commission/draft.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        election=election,
        states=STATE_NAMES,
        shortlist=priorities.list_on_ballot(cycle.id),
        ballot_format=BALLOT_FORMAT_NAMES[BallotFormat(rules.ballot_format.value)],
        ties=[TIE_CRITERIA[TieCriterion(name)] for name in rules.tie_criteria],
        form=form,
    )
    return page, 400 if form.errors else 200
