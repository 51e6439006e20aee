"""Pages that belong to no neighbourhood."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.access import public
from app.areas.opening import open_now
from app.cycles.year_line import usual_year
from app.home import blueprint, installation_blueprint
from app.towns import current_language, current_town
from database import database_now
from participation.areas import queries as areas
from participation.cycles import queries as cycles


@installation_blueprint.get("/")
@public
def start() -> ResponseReturnValue:
    """The bare address: on to the reader's language, and to the town the host name names."""
    town = areas.municipality_by_host(request.host.partition(":")[0])
    if town is not None:
        return redirect(url_for("home.town", town=town.slug))
    return redirect(url_for("installation.towns", lang=current_language()))


@installation_blueprint.get("/<lang:lang>/")
@public
def towns() -> ResponseReturnValue:
    """All towns of this installation; straight on when there is one."""
    found = areas.list_municipalities()
    owner = areas.municipality_by_host(request.host.partition(":")[0])
    if owner is not None or len(found) == 1:
        return redirect(url_for("home.town", town=(owner or found[0]).slug))
    return render_template("home/towns.html", towns=found)


@blueprint.get("/")
@public
def town() -> ResponseReturnValue:
    """A town's home: find my neighbourhood, what is open now, last year."""
    here = current_town()
    today = database_now().date()
    words = request.args.get("q", "").strip()
    plan_areas = areas.list_plan_areas(here.id, on=today)
    found = areas.areas_named_like(here.id, words, on=today) if words else []
    if len(found) == 1:
        return redirect(url_for("areas.show", area_slug=found[0].slug))
    running = cycles.list_current_cycles(here.id)
    return render_template(
        "home/town.html",
        areas=plan_areas,
        words=words,
        found=found,
        opening=open_now(running, {area.id: area for area in plan_areas}),
        year=usual_year(),
    )


@blueprint.get("/how-it-works")
@public
def how_it_works() -> ResponseReturnValue:
    """The year in eight steps."""
    return render_template("home/how_it_works.html", year=usual_year())


@blueprint.get("/accessibility")
@public
def accessibility() -> ResponseReturnValue:
    """What works for whom, and where to complain."""
    return render_template("home/accessibility.html")


@blueprint.get("/privacy")
@public
def privacy() -> ResponseReturnValue:
    """What is kept of whom, why, and how long."""
    return render_template("home/privacy.html")


@blueprint.get("/source")
@public
def source() -> ResponseReturnValue:
    """Where the programme and the facts of the example come from."""
    return render_template("home/source.html")
