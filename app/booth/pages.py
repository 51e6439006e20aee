"""The pages of the booth that more than one view shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import make_response, render_template
from flask.typing import ResponseReturnValue

from app.booth import privacy
from app.booth.forms import BallotPaperForm
from app.errors import sentence_for
from app.peppers import application_secret
from database import database_now
from voting.ballots import Ballot, PaperOption
from voting.box.booth import Booth
from voting.box.tokens import STAY, seal_form
from voting.errors import IntegrityRefusedError, VotingError

LAST_MINUTES = 10


@dataclass(frozen=True)
class Clock:
    """How long this page and the vote still last, in seconds by the database's clock."""

    stay: int
    until_close: int

    @property
    def closes_soon(self) -> bool:
        return self.until_close <= LAST_MINUTES * 60


def choose_page(
    booth: Booth, posted: Sequence[str], refusal: VotingError | None = None
) -> ResponseReturnValue:
    """The ballot paper with what was chosen so far, and why it cannot be checked yet."""
    form = BallotPaperForm()
    if refusal is not None:
        form.form_errors = [sentence_for(refusal)]
    chosen = [option for option in booth.paper.options if str(option.number) in posted]
    page = render_template(
        "booth/choose.html",
        booth=booth,
        paper=booth.paper,
        form=form,
        posted=posted,
        chosen=chosen,
        spent=_cost(chosen),
        clock=_clock(booth),
    )
    return page, 400 if refusal is not None else 200


def check_page(booth: Booth, ballot: Ballot, status: int = 200) -> ResponseReturnValue:
    """What the ballot says, with a form token that makes casting it twice one ballot."""
    chosen = [option for option in booth.paper.options if option.number in ballot.numbers]
    page = render_template(
        "booth/check.html",
        booth=booth,
        paper=booth.paper,
        form=BallotPaperForm(),
        ballot=ballot,
        chosen=chosen,
        spent=_cost(chosen),
        token=seal_form(booth.access, revision=booth.revision, secret=application_secret()),
        clock=_clock(booth),
    )
    return page, status


def stopped_page(refusal: VotingError) -> ResponseReturnValue:
    """No vote can be cast now; says why, and lets go of the code."""
    is_fault = isinstance(refusal, IntegrityRefusedError)
    page = render_template(
        "booth/stopped.html", sentence=sentence_for(refusal), code=refusal.code, is_fault=is_fault
    )
    response = make_response(page, 503 if is_fault else 409)
    privacy.clear(response)
    return response


def _clock(booth: Booth) -> Clock:
    left = booth.closes_at - database_now()
    return Clock(stay=int(STAY.total_seconds()), until_close=max(0, int(left.total_seconds())))


def _cost(options: Sequence[PaperOption]) -> int:
    return sum(option.cost_cents for option in options)
