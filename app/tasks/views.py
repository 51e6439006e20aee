"""Tasks for everybody: the list of a year and one task with its whole story."""

from __future__ import annotations

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from app.access import public
from app.pages import Page, asked_page
from app.sentences.work import CRITERIA, GATES, PROGRESS, ROUTES, TASK_STATES
from app.session import current_actor
from app.tasks import blueprint
from app.tasks.page import offer_rows, rows_of, surroundings
from app.towns import current_town
from database import database_now
from participation.areas import queries as areas
from participation.cycles.models import Cycle
from participation.money import queries as money
from participation.organisations import queries as organisations
from participation.plans import queries as plans
from participation.tasks import queries
from participation.tasks.criteria import Criterion, Gate
from participation.tasks.models import Task
from participation.tasks.states import OfferState, TaskState

PER_PAGE = 30
POSTS_PER_PAGE = 10


@blueprint.get("/years/<int:cycle_id>/tasks/")
@public
def index(cycle: Cycle) -> ResponseReturnValue:
    """Every task of a year: who does it, how far it is, what it costs."""
    wanted = _wanted_state()
    states = (wanted,) if wanted is not None else ()
    page = Page(
        number=asked_page(),
        per_page=PER_PAGE,
        total=queries.count_tasks(cycle.id, states=states),
    )
    tasks = queries.list_tasks(cycle.id, states=states, offset=page.offset, limit=page.per_page)
    activities = plans.activities(cycle.id)
    return render_template(
        "tasks/index.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        rows=rows_of(tasks),
        page=page,
        wanted=wanted,
        activities={activity.id: activity for activity in activities},
        without_task=_without_task([activity.id for activity in activities]),
        is_adopted=plans.is_adopted(cycle.id),
        names={"states": TASK_STATES, "routes": ROUTES, "progress": PROGRESS},
        today=queries.day_in_town(current_town().id, database_now()),
        subject=g.subject,
    )


@blueprint.get("/tasks/<int:task_id>")
@public
def show(task: Task) -> ResponseReturnValue:
    """One task: what it asks for, who does it and why, how it goes, what it costs."""
    page = Page(
        number=asked_page(),
        per_page=POSTS_PER_PAGE,
        total=queries.count_progress(task.id),
    )
    posts = queries.list_progress(task.id, offset=page.offset, limit=page.per_page)
    actor = current_actor()
    own = queries.offers_of_organisations(actor.organisation_ids, task_id=task.id)
    return render_template(
        "tasks/show.html",
        task=task,
        here=surroundings(task),
        executor=organisations.organisations_by_id([task.executor_id]).get(task.executor_id or 0),
        decision=queries.decisions_of([task.id]).get(task.id),
        sums=money.sums_of_tasks([task.id])[task.id],
        posts=posts,
        page=page,
        offers=queries.count_offers([task.id]).get(task.id, 0),
        own_offers=[row for row in offer_rows(own) if row.offer.state is not OfferState.WITHDRAWN],
        may_offer=bool(queries.may_offer_for(actor, task)),
        criteria=_criteria(task),
        gates=[GATES[Gate(gate)] for gate in task.gates],
        names={"states": TASK_STATES, "routes": ROUTES, "progress": PROGRESS},
        today=queries.day_in_town(current_town().id, database_now()),
        subject=g.subject,
    )


def _criteria(task: Task) -> list[tuple[object, int]]:
    """What quality is made of, the heaviest first."""
    weights = task.weights or {}
    return [
        (CRITERIA[criterion], weights[criterion.value])
        for criterion in sorted(Criterion, key=lambda c: -weights.get(c.value, 0))
        if criterion.value in weights
    ]


def _wanted_state() -> TaskState | None:
    try:
        return TaskState(request.args.get("state", ""))
    except ValueError:
        return None


def _without_task(activity_ids: list[int]) -> list[int]:
    """Activities that nobody has made a task of."""
    given = queries.tasks_of_activities(activity_ids)
    return [key for key in activity_ids if not given.get(key)]
