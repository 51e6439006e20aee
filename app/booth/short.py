"""Short addresses for letters: ``/stem`` and ``/abstimmen`` lead to the booth of a town.

A code in the fragment (``/stem#CODE``) is never sent to us; browsers carry it along a redirect,
and the page that asks for the town carries it along its links.
"""

from __future__ import annotations

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import public
from app.booth import short_blueprint
from participation.areas import queries as areas
from participation.areas.models import Municipality


@short_blueprint.get("/stem")
@public
def stem() -> ResponseReturnValue:
    """From a Dutch letter."""
    return _lead_on("nl")


@short_blueprint.get("/abstimmen")
@public
def abstimmen() -> ResponseReturnValue:
    """From a German letter."""
    return _lead_on("de")


@short_blueprint.get("/<lang:lang>/vote/")
@public
def towns() -> ResponseReturnValue:
    """Where somebody votes, when the address does not say it."""
    town = _only_town()
    if town is not None:
        return redirect(url_for("booth.enter", town=town.slug))
    return render_template("booth/towns.html", towns=areas.list_municipalities())


@short_blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """As in the booth itself."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _lead_on(language: str) -> ResponseReturnValue:
    town = _only_town()
    if town is not None:
        return redirect(url_for("booth.enter", lang=language, town=town.slug))
    return redirect(url_for("short.towns", lang=language))


def _only_town() -> Municipality | None:
    owner = areas.municipality_by_host(request.host.partition(":")[0])
    if owner is not None:
        return owner
    found = areas.list_municipalities()
    return found[0] if len(found) == 1 else None
