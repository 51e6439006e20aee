"""The plan of a year: drafted from the result, described, adopted by the hall and the town."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.cli.demo.facts import wishes
from app.cli.demo.played import PlayedFact
from app.cli.demo.stage import Stage
from app.cli.demo.years import Year
from participation.plans import queries, services


def draft(stage: Stage, year: Year, played: PlayedFact, now: datetime) -> None:
    """Make the plan of what was chosen, with a goal and an indicator for each."""
    actor = stage.one_of("coalition_staff")
    plan = services.draft_plan(actor=actor, cycle=year.cycle, now=now)
    services.introduce_plan(
        actor=actor,
        plan=plan,
        introduction=played.introduction,
        continuity=played.continuity,
        now=now,
    )
    by_priority = {row.priority_id: row for row in queries.activities(year.cycle.id)}
    for fact in played.activities:
        activity = by_priority[year.priorities[fact.wish].id]
        services.describe_activity(
            actor=actor,
            activity=activity,
            goal=fact.goal,
            indicator=wishes()[fact.wish].indicator,
            location=activity.location,
            now=now,
        )
        year.activities[fact.wish] = activity


def adopt(stage: Stage, year: Year, now: datetime) -> None:
    """The town's body adopts what the hall adopted, and one may object for some weeks."""
    plan = queries.plan_of_cycle(year.cycle.id)
    if plan is None:
        raise ValueError(f"{year.fact.id} has no plan")
    adopted_on = now.astimezone(stage.calendar.zone).date()
    services.adopt_plan(
        actor=stage.one_of("municipality"),
        plan=plan,
        adoption=services.Adoption(
            body=stage.facts.adopting_body,
            adopted_on=adopted_on,
            objection_until=adopted_on + timedelta(days=stage.facts.objection_days),
        ),
        now=now,
    )
