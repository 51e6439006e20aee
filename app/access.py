"""Every endpoint declares who may use it; the app does not boot with one that does not.

Also turns the ids of an address into what they stand for (see ``subjects``), so that a view's
arguments are already known to belong to this municipality.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.session import current_actor
from app.subjects import load_values, town_subject
from participation.actions import Action
from participation.permissions import Actor, Subject, can, require

View = Callable[..., ResponseReturnValue]

# Flask's own file server; our static files are for everybody.
_EXEMPT_ENDPOINTS = frozenset({"static"})


@dataclass(frozen=True)
class Access:
    """What an endpoint declared."""

    kind: str
    action: Action | None = None


class UndeclaredEndpointError(Exception):
    """An endpoint says not who may use it."""


def public(view: View) -> View:
    """Everybody, without an account."""
    return _guarded(view, Access("public"), lambda _actor, _subject: None)


def signed_in(view: View) -> View:
    """Any account of this municipality."""
    return _guarded(view, Access("signed_in"), _require_account)


def allowed(action: Action) -> Callable[[View], View]:
    """Accounts that ``can`` do ``action`` on the innermost thing the address names."""

    def check(actor: Actor, subject: Subject | None) -> ResponseReturnValue | None:
        if not actor.is_signed_in:
            return _ask_to_sign_in()
        require(actor, action, subject or _this_town())
        return None

    def decorate(view: View) -> View:
        return _guarded(view, Access("allowed", action), check)

    return decorate


def in_environment(*names: str) -> Callable[[View], View]:
    """Everybody, but only where the installation is of this sort (the demo's mailbox)."""

    def check(_actor: Actor, _subject: Subject | None) -> None:
        if current_app.config["SETTINGS"].environment not in names:
            abort(404)

    def decorate(view: View) -> View:
        return _guarded(view, Access("environment"), check)

    return decorate


def allowed_here(action: Action, subject: Subject | None = None) -> bool:
    """For templates: whether the reader may do ``action`` on ``subject`` (default: the town)."""
    actor = current_actor()
    if not actor.is_signed_in:
        return False
    return can(actor, action, subject or _this_town())


def require_declared_access(app: Flask) -> None:
    """Refuse to boot with an endpoint that does not declare its access.

    :raises UndeclaredEndpointError: naming every such endpoint.
    """
    missing = sorted(
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in _EXEMPT_ENDPOINTS
        and not hasattr(app.view_functions[rule.endpoint], "access")
    )
    if missing:
        names = ", ".join(missing)
        raise UndeclaredEndpointError(
            f"Declare who may use: {names}. Put @public, @signed_in or @allowed(Action.…) on it."
        )


Check = Callable[[Actor, Subject | None], ResponseReturnValue | None]


def _guarded(view: View, access: Access, check: Check) -> View:
    @wraps(view)
    def guarded(**values: Any) -> ResponseReturnValue:
        subject: Subject | None = None
        if g.get("town") is not None:
            values, subject = load_values(g.town.id, values)
        refusal = check(current_actor() if access.kind != "public" else _VISITOR, subject)
        if refusal is not None:
            return refusal
        g.access_granted = True
        g.subject = subject
        return view(**values)

    guarded.access = access  # type: ignore[attr-defined]
    return guarded


_VISITOR = Actor(person_id=None, municipality_id=None)


def _this_town() -> Subject:
    """The town of this request as permissions see it; looked up once a request."""
    if "town_subject" not in g:
        g.town_subject = town_subject(g.town.id)
    subject: Subject = g.town_subject
    return subject


def _require_account(actor: Actor, _subject: Subject | None) -> ResponseReturnValue | None:
    return None if actor.is_signed_in else _ask_to_sign_in()


def _ask_to_sign_in() -> ResponseReturnValue:
    if g.get("town") is None:
        abort(404)
    # A form sent without a session cannot be repeated by going back to its address.
    target = request.full_path if request.method == "GET" else None
    return redirect(url_for("auth.sign_in", next=target))
