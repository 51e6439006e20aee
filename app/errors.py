"""From a refusal's code to a sentence in the reader's language and an HTTP status."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, flash, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.filters import moment, money
from app.sentences import BLOCK_REASONS, REFUSALS
from participation.errors import (
    BlockedError,
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    ParticipationError,
    PhaseClosedError,
)
from participation.phases import BlockReason
from voting.errors import (
    InputRefusedError,
    IntegrityRefusedError,
    NotPermittedError,
    StateRefusedError,
    UnknownError,
    VotingError,
)

_STATUS: dict[type[ParticipationError], int] = {
    NotFoundError: 404,
    NotAllowedError: 403,
    PhaseClosedError: 409,
    InvalidInputError: 400,
    ConflictError: 409,
    BlockedError: 409,
}


_VOTING_STATUS: dict[type[VotingError], int] = {
    NotPermittedError: 403,
    UnknownError: 404,
    StateRefusedError: 409,
    InputRefusedError: 400,
    IntegrityRefusedError: 409,
}
_PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 500, 503})


def sentence_for(error: ParticipationError | VotingError) -> str:
    """The refusal in words; a code without a sentence fails a convention test."""
    return str(REFUSALS[error.code] % _plain(error.params))


def reason_in_words(reason: BlockReason) -> str:
    """One thing that blocks the next phase, in words."""
    return str(BLOCK_REASONS[reason.code] % _plain(reason.params))


def _plain(params: dict[str, Any]) -> dict[str, str]:
    return {name: _in_words(name, value) for name, value in params.items()}


def _in_words(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if name.endswith("_cents") and isinstance(value, int):
        return money(value)
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return str(value)


def handle_refusal(error: ParticipationError) -> ResponseReturnValue:
    """A refusal no form caught."""
    return _answer(error, _STATUS.get(type(error), 400))


def handle_voting_refusal(error: VotingError) -> ResponseReturnValue:
    """A refusal of the vote no form caught."""
    return _answer(error, _VOTING_STATUS.get(type(error), 400))


def _answer(error: ParticipationError | VotingError, status: int) -> ResponseReturnValue:
    # A button pressed on a stale page leads back to that page, which now shows what is true.
    page = _page_before()
    if request.method == "POST" and status == 409 and page is not None:
        flash(sentence_for(error), "error")
        return redirect(page)
    return _page(status, sentence_for(error))


def handle_http_error(error: HTTPException) -> ResponseReturnValue:
    """Pages for what Flask itself refuses."""
    status = error.code or 500
    if status < 400:
        return error.get_response()
    g.setdefault("lang", "en")
    g.setdefault("town", None)
    return _page(status)


def handle_stale_form(_error: CSRFError) -> ResponseReturnValue:
    """The form is older than its session."""
    sentence = gettext("This page was open too long. Go back, reload the page and try again.")
    return _page(400, sentence)


def _page_before() -> str | None:
    """The page of ours that the reader came from."""
    before = request.referrer
    return before if before and urlsplit(before).netloc == request.host else None


def _page(status: int, sentence: str = "") -> ResponseReturnValue:
    g.is_broken = status >= 500
    name = status if status in _PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{name}.html", sentence=sentence), status


def register_errors(app: Flask) -> None:
    """Bind every handler."""
    app.register_error_handler(ParticipationError, handle_refusal)
    app.register_error_handler(VotingError, handle_voting_refusal)
    app.register_error_handler(CSRFError, handle_stale_form)
    app.register_error_handler(HTTPException, handle_http_error)
