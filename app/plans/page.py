"""What the plan's page shows, gathered in a constant number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.towns import current_language
from participation.cycles.models import Cycle
from participation.meetings import queries as meetings
from participation.organisations import queries as organisations
from participation.plans import queries as plans
from participation.plans.models import Activity, Plan
from participation.priorities import queries as priorities
from participation.priorities.listing import Listed, ListFilter, sums_of
from participation.priorities.states import PriorityState
from participation.rules import queries as rules
from participation.tasks import queries as tasks
from participation.tasks.states import TaskState
from participation.texts import LocalisedText, in_language
from voting.box import queries as box

SHOWN_LEFT_OUT = 5


@dataclass(frozen=True)
class Line:
    """One activity of a goal and who does it; no names while nobody was chosen."""

    activity: Activity
    executors: Sequence[str]


@dataclass(frozen=True)
class Goal:
    """Activities of one theme that serve the same goal; ``number`` counts them through the plan."""

    number: int
    theme: LocalisedText
    words: LocalisedText
    lines: Sequence[Line]

    @property
    def budget_cents(self) -> int:
        return sum(line.activity.budget_cents for line in self.lines)


@dataclass(frozen=True)
class HowMade:
    """In what way a plan came about, in numbers."""

    wishes: int
    meetings: int
    attendance: int
    on_ballot: int
    ballots: int | None


@dataclass(frozen=True)
class LeftOut:
    """Some of the proposals that are not in the plan, and how many there are."""

    rows: Sequence[Listed]
    total: int


def goals_of(cycle: Cycle) -> list[Goal]:
    """The plan's activities under their themes and goals, in the plan's order."""
    promised = plans.activities(cycle.id)
    executors = _executors(activity.id for activity in promised)
    themes = {theme.id: theme.name for theme in rules.list_themes(cycle.municipality_id)}
    language = current_language()
    groups: dict[tuple[int | None, str], list[Activity]] = {}
    for activity in promised:
        words = in_language(activity.goal, language) or in_language(activity.titles, language)
        groups.setdefault((activity.theme_id, words), []).append(activity)
    return [
        Goal(
            number=number,
            theme=themes.get(theme_id or 0, {}),
            words=group[0].goal or group[0].titles,
            lines=[Line(activity, executors.get(activity.id, ())) for activity in group],
        )
        for number, ((theme_id, _words), group) in enumerate(groups.items(), start=1)
    ]


def how_made(cycle: Cycle) -> HowMade:
    """Wishes, meetings and votes behind the plan."""
    wishes = sums_of(cycle.id)
    held = meetings.meetings_of_cycle(cycle.id)
    return HowMade(
        wishes=wishes.total,
        meetings=len(held),
        attendance=sum(meeting.attendance_count or 0 for meeting in held),
        on_ballot=wishes.on_ballot,
        ballots=box.turnout(cycle.election_id).cast if cycle.election_id is not None else None,
    )


def left_out(cycle: Cycle, state: PriorityState) -> LeftOut:
    """The most supported proposals that were refused, or that the vote did not choose."""
    wanted = ListFilter(state=state)
    return LeftOut(
        rows=priorities.list_priorities(
            cycle.id, language=current_language(), wanted=wanted, limit=SHOWN_LEFT_OUT
        ),
        total=priorities.count_priorities(cycle.id, wanted=wanted),
    )


def as_json(plan: Plan, cycle: Cycle, area_name: str) -> dict[str, Any]:
    """The plan for machines. Amounts in cents, days as ISO dates, texts by language."""
    return {
        "area": area_name,
        "plan_year": cycle.plan_year,
        "state": plan.state.value,
        "budget_cents": cycle.budget_cents,
        "introduction": plan.introduction,
        "continuity": plan.continuity,
        "adoption": {
            "body": plan.adopting_body,
            "on": plan.adopted_on.isoformat() if plan.adopted_on else None,
            "objection_until": plan.objection_until.isoformat() if plan.objection_until else None,
        },
        "goals": [_goal_as_json(goal) for goal in goals_of(cycle)],
    }


def _goal_as_json(goal: Goal) -> dict[str, Any]:
    return {
        "theme": goal.theme,
        "goal": goal.words,
        "activities": [
            {
                "titles": line.activity.titles,
                "executors": list(line.executors),
                "indicator": line.activity.indicator,
                "location": line.activity.location,
                "budget_cents": line.activity.budget_cents,
                "priority_id": line.activity.priority_id,
            }
            for line in goal.lines
        ],
    }


def _executors(activity_ids: Iterable[int]) -> Mapping[int, Sequence[str]]:
    """Names of those who do each activity, in the order they were chosen; stopped ones left out."""
    given = tasks.tasks_of_activities(activity_ids)
    names = organisations.organisations_by_id(
        task.executor_id for group in given.values() for task in group
    )
    return {
        activity_id: tuple(
            dict.fromkeys(
                names[task.executor_id].name
                for task in group
                if task.executor_id is not None and task.state is not TaskState.STOPPED
            )
        )
        for activity_id, group in given.items()
    }
