"""Where every euro of a year is, for everybody."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from app.access import public
from app.money import blueprint
from app.money.page import lines_of
from app.pages import Page, asked_page
from app.sentences.work import ENTRY_KINDS
from participation.areas import queries as areas
from participation.cycles.models import Cycle
from participation.money import queries
from participation.plans import queries as plans

PER_PAGE = 40


@blueprint.get("/years/<int:cycle_id>/money")
@public
def show(cycle: Cycle) -> ResponseReturnValue:
    """The year's sums, each activity's share, and every entry, newest first."""
    page = Page(
        number=asked_page(),
        per_page=PER_PAGE,
        total=queries.count_entries(cycle.id),
    )
    activities = plans.activities(cycle.id)
    return render_template(
        "money/show.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        sums=queries.cycle_sums(cycle.id),
        activities=activities,
        shares=queries.sums_of_activities(activity.id for activity in activities),
        lines=lines_of(queries.list_entries(cycle.id, offset=page.offset, limit=page.per_page)),
        page=page,
        is_adopted=plans.is_adopted(cycle.id),
        kinds=ENTRY_KINDS,
        subject=g.subject,
    )
