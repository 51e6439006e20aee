"""The list of neighbourhoods and each neighbourhood's home."""

from __future__ import annotations

from collections.abc import Sequence

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from app.access import public
from app.areas import blueprint
from app.areas.opening import invitations
from app.cycles.year_line import year_line_of
from app.sentences.areas import AREA_KINDS
from app.towns import current_town
from database import database_now
from participation.areas import queries as areas
from participation.areas.models import Area
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.meetings import queries as meetings
from participation.money import queries as money
from participation.people import queries as people
from participation.permissions import Role
from participation.phases import Phase
from participation.plans import queries as plans


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """All neighbourhoods of the town, with where each stands."""
    here = current_town()
    today = database_now().date()
    words = request.args.get("q", "").strip()
    found = (
        areas.areas_named_like(here.id, words, on=today)
        if words
        else areas.list_plan_areas(here.id, on=today)
    )
    running: dict[int, list[Cycle]] = {}
    for cycle in cycles.list_current_cycles(here.id):
        running.setdefault(cycle.area_id, []).append(cycle)
    return render_template("areas/index.html", areas=found, running=running, words=words)


@blueprint.get("/<area_slug>")
@public
def show(area: Area) -> ResponseReturnValue:
    """A neighbourhood's home: the year line, what can be done now, meetings, money."""
    years = cycles.list_cycles(area.id)
    running = [cycle for cycle in years if cycle.phase is not Phase.CLOSED]
    main = running[0] if running else (years[0] if years else None)
    today = database_now().date()
    return render_template(
        "areas/show.html",
        area=area,
        kind_name=AREA_KINDS[area.kind],
        above=areas.ancestors(area),
        main=main,
        year=year_line_of(main) if main else [],
        years=years,
        invitations=[item for cycle in running for item in invitations(cycle)],
        money=_money_of(years),
        meetings=meetings.upcoming_meetings([area.id], now=database_now(), limit=5),
        board=people.people_with_role(area.path, Role.BOARD_MEMBER, on=today),
        subject=g.subject,
    )


def _money_of(years: Sequence[Cycle]) -> dict[str, object] | None:
    """Sums of the newest year that has an adopted plan."""
    for cycle in years:
        if plans.is_adopted(cycle.id):
            return {"cycle": cycle, "sums": money.cycle_sums(cycle.id)}
    return None
