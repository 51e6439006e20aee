"""The report of a year's review, for everybody."""

from __future__ import annotations

from flask import g, render_template
from flask.typing import ResponseReturnValue

from app.access import public
from app.pages import Page, asked_page
from app.reviews import blueprint
from app.sentences.work import ANSWERS, OUTCOMES, VOICES
from app.session import current_actor
from app.tasks.page import surroundings_of_activity
from participation.actions import Action
from participation.areas import queries as areas
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.permissions import can
from participation.plans.models import Activity
from participation.reviews import queries

TEXTS_PER_PAGE = 30


@blueprint.get("/years/<int:cycle_id>/review")
@public
def show(cycle: Cycle) -> ResponseReturnValue:
    """Residents' and professionals' answers side by side, and what was decided."""
    actor = current_actor()
    return render_template(
        "reviews/show.html",
        cycle=cycle,
        area=areas.find_area(cycle.municipality_id, cycle.area_id),
        reviewed=queries.report(cycle),
        people=queries.count_people(cycle.id),
        answered=queries.answered_by(cycle.id, actor.person_id),
        is_open=can(actor, Action.ANSWER_REVIEW, g.subject),
        following=cycles.next_cycle(cycle.id),
        names={"answers": ANSWERS, "outcomes": OUTCOMES, "voices": VOICES},
        subject=g.subject,
    )


@blueprint.get("/activities/<int:activity_id>/review/texts")
@public
def texts(activity: Activity) -> ResponseReturnValue:
    """What people wrote about one activity, without their names."""
    here = surroundings_of_activity(activity)
    questions = here.cycle.rules.review_questions
    page = Page(
        number=asked_page(),
        per_page=TEXTS_PER_PAGE,
        total=queries.count_texts(activity.id, questions),
    )
    return render_template(
        "reviews/texts.html",
        here=here,
        said=queries.list_texts(activity.id, questions, offset=page.offset, limit=page.per_page),
        page=page,
        questions={question.code: question.text for question in questions},
        voices=VOICES,
    )
