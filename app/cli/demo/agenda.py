"""Which meetings a year had and will have, as dated acts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.cli.demo import gatherings
from app.cli.demo.stage import Dated, Stage
from app.cli.demo.years import Year
from participation.phases import Phase

_ANNOUNCED_BEFORE = 21
_WISHES_AFTER = 30
_HALL_BEFORE_ADOPTION = 5
# How many days ahead the next meeting of a year is, by the phase it is in.
_NEXT = {
    Phase.PREPARATION: ("wishes", 27),
    Phase.COLLECT: ("wishes", 6),
    Phase.CHECK: ("round_table", 3),
    Phase.VOTE: ("voting_evening", 5),
    Phase.ADOPT: ("adoption", 9),
    Phase.REVIEW: ("review", 13),
}


def acts_of_meetings(stage: Stage, year: Year) -> Iterator[Dated]:
    """Meetings that were held, with their minutes, and the next one."""
    for name, day in held_meetings(year):
        yield from _announced(stage, year, name, day)
        if name == "adoption":
            at = stage.calendar.past(day, 20, 30)
            yield at, partial(gatherings.decide_on_plan, stage, year, name)
        at = stage.calendar.past(day + 1, 15)
        yield at, partial(gatherings.write_down, stage, year, name)
    following = _NEXT.get(year.phase)
    if following is not None and following[0] not in dict(held_meetings(year)):
        yield from _announced(stage, year, *following)


def held_meetings(year: Year) -> list[tuple[str, int]]:
    """Names and days of the meetings that were held."""
    held = []
    wishes_day = year.fact.window("collect").start_day + _WISHES_AFTER
    if year.has_reached(Phase.COLLECT) and wishes_day < 0:
        held.append(("wishes", wishes_day))
    if year.fact.adopted_day is not None:
        held.append(("adoption", year.fact.adopted_day - _HALL_BEFORE_ADOPTION))
    outcomes = [a.outcome for a in year.played.activities if a.outcome] if year.played else []
    if outcomes:
        held.append(("review", outcomes[0].day))
    return held


def _announced(stage: Stage, year: Year, name: str, day: int) -> Iterator[Dated]:
    earliest = year.entered_day(Phase.PREPARATION) + 1
    announced = max(earliest, day - _ANNOUNCED_BEFORE)
    yield (
        stage.calendar.past(announced, 12),
        partial(gatherings.announce, stage, year, name, day),
    )
    yield (
        stage.calendar.past(max(announced, day - 7), 14),
        partial(gatherings.sign_up, stage, year, name),
    )
