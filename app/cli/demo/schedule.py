"""Everything that happened in a town's years as dated acts, in the order of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from app.cli.demo import votes, wishes, years
from app.cli.demo.agenda import acts_of_meetings
from app.cli.demo.facts import ElectionFact, WishInYear
from app.cli.demo.played import played_years
from app.cli.demo.stage import Dated, Stage
from app.cli.demo.stock import outline_of
from app.cli.demo.workplan import acts_of_plan
from app.cli.demo.years import ORDER, Year
from participation.phases import Phase

_VOTERS_A_DAY = 25


@dataclass(order=True)
class Act:
    """Something that happens at a moment; ``rank`` orders what happens at the same one."""

    at: datetime
    rank: int
    do: Callable[[datetime], None] = field(compare=False)

    def __call__(self) -> None:
        self.do(self.at)


def acts_of_town(stage: Stage) -> list[Act]:
    """All acts of all years of the town, oldest first."""
    told = played_years()
    played = {
        fact.id: Year(fact, told.get(fact.id) or outline_of(fact)) for fact in stage.facts.years
    }
    acts: list[Act] = []
    for year in played.values():
        for at, do in _acts_of(stage, year, played):
            acts.append(Act(at, len(acts), do))
    return sorted(acts)


def _acts_of(stage: Stage, year: Year, played: dict[str, Year]) -> Iterator[Dated]:
    yield from _acts_of_steering(stage, year)
    for entry in year.fact.wishes:
        yield from _acts_of_wish(stage, year, entry, played)
    if year.fact.election is not None:
        yield from _acts_of_vote(stage, year, year.fact.election)
    yield from acts_of_meetings(stage, year)
    yield from acts_of_plan(stage, year, _follower(year, played))


def _acts_of_steering(stage: Stage, year: Year) -> Iterator[Dated]:
    day = stage.calendar.past
    yield day(year.entered_day(Phase.PREPARATION), 8), partial(years.start, stage, year)
    for slip in year.fact.slips:
        yield day(slip.moved_day, 9), partial(years.move_dates, stage, year, slip)
    for phase in ORDER[1:]:
        if year.has_reached(phase):
            yield day(year.entered_day(phase), 8), partial(years.advance, stage, year, phase)


def _acts_of_wish(
    stage: Stage, year: Year, entry: WishInYear, played: dict[str, Year]
) -> Iterator[Dated]:
    day = stage.calendar.past
    source = played.get(entry.carried_from or "")
    if source is None:
        yield day(entry.day, 10), partial(wishes.propose, stage, year, entry)
    elif source.entry(entry.wish).state == "not_chosen":
        yield day(entry.day, 10), partial(wishes.carry_over, stage, year, entry, source)
    yield from _waves_of_support(stage, year, entry)
    if entry.check is not None:
        yield day(entry.check.day, 11), partial(wishes.check, stage, year, entry)


def _waves_of_support(stage: Stage, year: Year, entry: WishInYear) -> Iterator[Dated]:
    """Support comes in three waves between publishing and the end of collecting."""
    collect = year.fact.window("collect")
    first = max(entry.day, collect.start_day)
    last = min(collect.end_day, 0)
    given = 0
    for wave in (1, 2, 3):
        until = entry.supports * wave // 3
        if until > given:
            at = stage.calendar.past(first + (last - first) * wave // 4, 12 + wave)
            yield at, partial(wishes.support, stage, year, entry, range(given, until))
        given = until


def _acts_of_vote(stage: Stage, year: Year, vote: ElectionFact) -> Iterator[Dated]:
    day = stage.calendar.past
    yield day(year.fact.window("check").end_day, 16), partial(votes.prepare, stage, year)
    yield day(vote.opens_day, 8, 30), partial(votes.open_vote, stage, year)
    for group, first in enumerate(range(0, vote.ballots, _VOTERS_A_DAY), start=1):
        voters = range(first, min(first + _VOTERS_A_DAY, vote.ballots))
        yield day(vote.opens_day + group, 17), partial(votes.cast, stage, year, voters)
    if not year.has_reached(Phase.ADOPT):
        yield stage.calendar.now, partial(votes.leave_open, stage, year)
        return
    yield day(vote.closes_day, votes.CLOSING_HOUR, 1), partial(votes.close, year)
    yield day(vote.closes_day + 1, 10), partial(votes.count, stage, year)
    yield day(vote.closes_day + 1, 12), partial(votes.publish, stage, year)


def _follower(year: Year, played: dict[str, Year]) -> Year | None:
    """The area's year after this one."""
    for other in played.values():
        if (other.fact.area, other.fact.plan_year) == (year.fact.area, year.fact.plan_year + 1):
            return other
    return None
