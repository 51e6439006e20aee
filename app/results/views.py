"""Pages of a vote that everybody may read. Nothing here knows a total before it is published."""

from __future__ import annotations

from flask import Response, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from app.access import allowed, public
from app.commission.forms import ReceiptForm, is_counted_by_hand
from app.forms import text_of
from app.pages import Page, asked_page
from app.results import blueprint
from app.results.explain import explain
from app.results.headlines import headline
from app.results.pabulib import CITATION, TOWN_SLUG
from app.sentences import voting as words
from app.session import current_actor
from app.towns import current_town
from database import database_now
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles.queries import cycle_of_election
from voting.box.queries import receipt_status, some_counted_receipts, turnout
from voting.counting.model import Majority, TieCriterion
from voting.elections import queries as elections
from voting.elections.models import Election
from voting.errors import UnknownError
from voting.results import queries as results
from voting.results.queries import Result

RECEIPTS_PER_PAGE = 200


@blueprint.get("/elections/<int:election_id>/result")
@public
def show(election: Election) -> ResponseReturnValue:
    """The result with the reason for each project; before that, when it comes."""
    result = results.published_result(election.id)
    if result is None:
        return _pending_page(election)
    return _result_page(election, result)


@blueprint.get("/elections/<int:election_id>/counted")
@allowed(Action.RUN_ELECTION)
def counted(election: Election) -> ResponseReturnValue:
    """What was counted, for the commission, before everybody may read it."""
    result = results.counted_result(election.id, viewer=current_actor().person_id or 0)
    if result is None:
        abort(404)
    return _result_page(election, result)


@blueprint.get("/elections/<int:election_id>/receipts")
@public
def receipts(election: Election) -> ResponseReturnValue:
    """Receipts of all ballots that were in the box at closing, in alphabetical order."""
    if results.published_result(election.id) is None:
        abort(404)
    page = Page(
        number=asked_page(),
        per_page=RECEIPTS_PER_PAGE,
        total=turnout(election.id).cast,
    )
    shown = some_counted_receipts(election.id, offset=page.offset, limit=page.per_page)
    return render_template("results/receipts.html", **_shared(election), page=page, shown=shown)


@blueprint.route("/elections/<int:election_id>/received", methods=["GET", "POST"])
@public
def received(election: Election) -> ResponseReturnValue:
    """Was my ballot received? The receipt travels in the body, so that no log holds it."""
    form = ReceiptForm()
    answer = None
    if form.validate_on_submit():
        answer = receipt_status(election.id, text_of(form.receipt))
    page = render_template(
        "results/received.html",
        **_shared(election),
        form=form,
        status=answer,
        answer=words.RECEIPTS[answer] if answer is not None else "",
    )
    response = make_response(page, 400 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/elections/<int:election_id>/files/<name>")
@public
def download(election: Election, name: str) -> ResponseReturnValue:
    """A published file, byte for byte."""
    try:
        media_type, content = results.published_file(election.id, name)
    except UnknownError:
        abort(404)
    response = Response(content, mimetype=media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"vote-{election.id}-{name}")
    return response


def _result_page(election: Election, result: Result) -> ResponseReturnValue:
    page = "results/motion.html" if result.motion is not None else "results/projects.html"
    return render_template(page, **_shared(election), **_of_result(result))


def _pending_page(election: Election) -> ResponseReturnValue:
    return render_template(
        "results/pending.html",
        **_shared(election),
        turnout=turnout(election.id),
        by_hand=is_counted_by_hand(election),
        now=database_now(),
    )


def _shared(election: Election) -> dict[str, object]:
    return {
        "election": election,
        "area": areas.find_area(election.municipality_id, election.area_id),
        "cycle": cycle_of_election(election.id),
        "citation": CITATION if current_town().slug == TOWN_SLUG else "",
        "options": {option.reference: option for option in elections.options(election.id)},
    }


def _of_result(result: Result) -> dict[str, object]:
    winners, losers = explain(result)
    return {
        "result": result,
        "headline": headline(result),
        "winners": winners,
        "losers": losers,
        "steps": sorted((*result.winners, *result.losers), key=lambda line: line.step),
        "tie_rules": [words.TIE_CRITERIA[TieCriterion(name)] for name in result.tie_criteria],
        "invalid_reasons": words.INVALID_BALLOTS,
        "majority": words.MAJORITIES[Majority(result.motion.majority)] if result.motion else "",
        "motion_reason": words.MOTION_REASONS[result.motion.reason] if result.motion else "",
    }
