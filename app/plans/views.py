"""The plan for everybody: page and data."""

from __future__ import annotations

from flask import abort, g, jsonify, render_template
from flask.typing import ResponseReturnValue

from app.access import public
from app.plans import blueprint
from app.plans.page import as_json, goals_of, how_made, left_out
from participation.areas import queries as areas
from participation.cycles.models import Cycle
from participation.meetings import queries as meetings
from participation.money import queries as money
from participation.plans import queries
from participation.plans.models import PlanState
from participation.priorities.states import PriorityState


@blueprint.get("/years/<int:cycle_id>/plan")
@public
def show(cycle: Cycle) -> ResponseReturnValue:
    """Goals, activities, money, how the plan was made, and what is not in it."""
    plan = queries.plan_of_cycle(cycle.id)
    return render_template(
        "plans/show.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        plan=plan,
        is_adopted=plan is not None and plan.state is PlanState.ADOPTED,
        motion=meetings.adopted_motion(cycle.id),
        goals=goals_of(cycle),
        sums=money.cycle_sums(cycle.id),
        made=how_made(cycle),
        refused=left_out(cycle, PriorityState.REFUSED),
        not_chosen=left_out(cycle, PriorityState.NOT_CHOSEN),
        subject=g.subject,
    )


@blueprint.get("/years/<int:cycle_id>/plan.json")
@public
def data(cycle: Cycle) -> ResponseReturnValue:
    """The plan for machines."""
    plan = queries.plan_of_cycle(cycle.id)
    area = areas.find_area(cycle.municipality_id, cycle.area_id)
    if plan is None or area is None:
        abort(404)
    answer = jsonify(as_json(plan, cycle, area.name))
    name = f"plan-{area.slug}-{cycle.plan_year}.json"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
