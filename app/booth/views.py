"""From the code to the receipt. Every page looks at the box anew; nothing is kept between them.

What was chosen travels in the form from page to page, never in an address, a cookie or a session.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError

from app.access import public
from app.booth import blueprint, privacy
from app.booth.forms import CodeForm, EmptyForm, read_choices
from app.booth.pages import check_page, choose_page, stopped_page
from app.booth.throttle import note_wrong_code, throttled
from app.errors import sentence_for
from app.forms import text_of
from app.peppers import application_secret, peppers
from app.towns import current_town
from app.transactions import transaction
from database import database_now
from participation.cycles.elections import find_election
from voting.ballots import check_ballot
from voting.box.booth import Booth, cast_ballot, find_booth, open_booth
from voting.box.tokens import BoothAccess, read_form
from voting.elections import queries as elections
from voting.errors import InputRefusedError, Reason, UnknownError, VotingError

# A town whose neighbourhoods all vote at once does not list them at the door.
MOST_LISTED = 12

BoothView = Callable[[Booth], ResponseReturnValue]

# Refusals of a code that are told beside the field, so that it can be typed again.
_CODE_REFUSALS = frozenset({Reason.CODE_MISTYPED, Reason.CODE_UNKNOWN})
# The voter is no longer in the booth.
_LEFT = frozenset({Reason.BOOTH_EXPIRED, Reason.CODE_UNKNOWN, Reason.FORM_BROKEN})


def in_booth(view: BoothView) -> Callable[[], ResponseReturnValue]:
    """The view gets the voter's booth, checked anew, and the voter half an hour more."""

    @wraps(view)
    def inside() -> ResponseReturnValue:
        now = database_now()
        booth = open_booth(access=privacy.read_booth_access(now), peppers=peppers(), now=now)
        _require_this_town(booth.election_id)
        response = make_response(view(booth))
        if not response.headers.getlist("Set-Cookie"):
            privacy.let_in(response, booth.access, now)
        return response

    return inside


@blueprint.route("/", methods=["GET", "POST"])
@public
@throttled
def enter() -> ResponseReturnValue:
    """Type the code, or let the QR bring it."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            return _let_in(text_of(form.code))
        except VotingError as refusal:
            if refusal.reason not in _CODE_REFUSALS:
                raise
            if refusal.reason is Reason.CODE_UNKNOWN:
                note_wrong_code()
            form.code.errors = [sentence_for(refusal)]
    now = database_now()
    running = elections.open_by_code(current_town().id, now, limit=MOST_LISTED + 1)
    page = render_template(
        "booth/enter.html", form=form, elections=running if len(running) <= MOST_LISTED else []
    )
    return page, 400 if form.errors else 200


@blueprint.route("/choose", methods=["GET", "POST"])
@public
@in_booth
def choose(booth: Booth) -> ResponseReturnValue:
    """The ballot paper; with what was chosen, for who comes back from the check."""
    return choose_page(booth, request.form.getlist("choice"))


@blueprint.route("/check", methods=["GET", "POST"])
@public
@in_booth
def check(booth: Booth) -> ResponseReturnValue:
    """What the ballot says, before it is cast; stores nothing."""
    if request.method == "GET":
        return redirect(url_for("booth.choose"))
    posted = request.form.getlist("choice")
    try:
        ballot = check_ballot(booth.paper, read_choices(posted))
    except InputRefusedError as refusal:
        return choose_page(booth, posted, refusal)
    return check_page(booth, ballot)


@blueprint.route("/cast", methods=["GET", "POST"])
@public
def cast() -> ResponseReturnValue:
    """Seal the ballot and put it into the box; the same form sent twice is one ballot.

    Does not open the booth first: a repeated form gets its receipt even after the close.
    """
    access = privacy.read_booth_access(database_now())
    if request.method == "GET":
        return redirect(url_for("booth.choose"))
    _require_this_town(access.election_id)
    posted = request.form.getlist("choice")
    try:
        form = read_form(request.form.get("form", ""), secret=application_secret())
        with transaction():
            result = cast_ballot(
                access=access, form=form, choices=read_choices(posted), peppers=peppers()
            )
    except VotingError as refusal:
        return _not_cast(access, posted, refusal)
    response = redirect(url_for("booth.receipt"), 303)
    privacy.hand_receipt(response, access.election_id, result.receipt, database_now())
    return response


@blueprint.get("/receipt")
@public
def receipt() -> ResponseReturnValue:
    """The ballot is in the box: its receipt, and what happens next."""
    kept = privacy.read_receipt()
    election = find_election(current_town().id, kept.election_id) if kept else None
    if kept is None or election is None:
        return redirect(url_for("booth.enter"))
    return render_template("booth/receipt.html", kept=kept, election=election, form=EmptyForm())


@blueprint.post("/leave")
@public
def leave() -> ResponseReturnValue:
    """Clear the device for the next voter."""
    privacy.begin_anew()
    flash(gettext("The screen is cleared. The next voter can begin."), "success")
    response = redirect(url_for("booth.enter"), 303)
    privacy.clear(response)
    return response


@blueprint.post("/extend")
@public
@in_booth
def extend(_booth: Booth) -> ResponseReturnValue:
    """Half an hour more; the page itself stays as it is."""
    return "", 204


@blueprint.errorhandler(VotingError)
def refuse(refusal: VotingError) -> ResponseReturnValue:
    """Back to the code, to the receipt of the ballot just cast, or to a page that says why not."""
    if refusal.reason not in _LEFT:
        return stopped_page(refusal)
    if privacy.read_receipt() is not None:
        return redirect(url_for("booth.receipt"), 303)
    flash(gettext("The ballot paper is closed. Type your code again to go on."), "info")
    response = redirect(url_for("booth.enter"), 303)
    privacy.clear(response)
    return response


@blueprint.errorhandler(CSRFError)
def refuse_stale_form(_error: CSRFError) -> ResponseReturnValue:
    """The page was made for the voter before, or is hours old."""
    return refuse(InputRefusedError(Reason.BOOTH_EXPIRED))


def _let_in(code: str) -> ResponseReturnValue:
    now = database_now()
    booth = find_booth(code=code, peppers=peppers(), now=now)
    _require_this_town(booth.election_id)
    response = redirect(url_for("booth.choose"), 303)
    privacy.begin_anew()
    privacy.drop_receipt(response)
    privacy.let_in(response, booth.access, now)
    return response


def _require_this_town(election_id: int) -> None:
    if find_election(current_town().id, election_id) is None:
        raise UnknownError(Reason.CODE_UNKNOWN)


def _not_cast(access: BoothAccess, posted: list[str], refusal: VotingError) -> ResponseReturnValue:
    """Ask again where the voter can go on, else refuse."""
    is_changed = refusal.reason is Reason.BALLOT_CHANGED
    is_invalid = isinstance(refusal, InputRefusedError) and refusal.reason not in _LEFT
    if not is_changed and not is_invalid:
        raise refusal
    booth = open_booth(access=access, peppers=peppers(), now=database_now())
    if is_invalid:
        return choose_page(booth, posted, refusal)
    return check_page(booth, check_ballot(booth.paper, read_choices(posted)), status=409)
