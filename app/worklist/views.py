"""Today's work."""

from __future__ import annotations

from flask import render_template
from flask.typing import ResponseReturnValue

from app.access import signed_in
from app.session import current_actor
from app.towns import current_town
from app.worklist import blueprint
from app.worklist.items import work_of
from participation.areas import queries as areas
from participation.cycles import queries as cycles


@blueprint.get("/work")
@signed_in
def show() -> ResponseReturnValue:
    """What the reader can do now, by neighbourhood; nothing for those without a staff role."""
    here = current_town()
    by_id = {area.id: area for area in areas.list_areas(here.id)}
    groups = work_of(current_actor(), cycles.list_current_cycles(here.id), by_id)
    return render_template("worklist/show.html", groups=groups)
