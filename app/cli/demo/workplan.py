"""From the result to the last account of a year, as dated acts: plan, work, review."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.cli.demo import plans, reviews, work
from app.cli.demo.played import ActivityFact, PlayedFact
from app.cli.demo.stage import Dated, Stage
from app.cli.demo.stock import draft_of
from app.cli.demo.years import Year
from participation.phases import Phase

_DAYS_TO_DRAFT = 2


def acts_of_plan(stage: Stage, year: Year, follower: Year | None) -> Iterator[Dated]:
    """Everything after the vote, as far as the year has come."""
    if not year.has_reached(Phase.ADOPT):
        return
    day = stage.calendar.past
    played = year.played or draft_of(year.fact)
    drafted = year.fact.window("adopt").start_day + _DAYS_TO_DRAFT
    yield day(drafted, 11), partial(plans.draft, stage, year, played)
    if year.fact.adopted_day is None:
        return
    yield day(year.fact.adopted_day, 11), partial(plans.adopt, stage, year)
    for fact in played.activities:
        yield from _acts_of_work(stage, year, fact)
        yield from _acts_of_review(stage, year, fact, played, follower)


def _acts_of_work(stage: Stage, year: Year, fact: ActivityFact) -> Iterator[Dated]:
    day = stage.calendar.past
    yield day(fact.call_opens_day, 9), partial(work.open_call, stage, year, fact)
    offers_day = fact.call_opens_day + min(2, max(0, fact.call_closes_day - fact.call_opens_day))
    yield day(offers_day, 13), partial(work.make_offers, stage, year, fact)
    if fact.decision is None:
        return
    yield day(fact.decision.day, 12), partial(work.decide, stage, year, fact)
    began = year.entered_day(Phase.EXECUTE)
    yield day(began, 9), partial(work.begin, stage, year, fact)
    for said in fact.progress:
        yield day(said.day, 15), partial(work.report, stage, year, fact, said)
    for paid in fact.payments:
        yield day(paid.day, 14), partial(work.pay, stage, year, fact, paid)
    if fact.finished_day is not None:
        # Nothing is paid to a task that has ended, so it ends with its last payment.
        last = max(p.day for p in fact.payments if not p.is_repayment)
        yield day(max(fact.finished_day, last), 16), partial(work.finish, stage, year, fact)


def _acts_of_review(
    stage: Stage, year: Year, fact: ActivityFact, played: PlayedFact, follower: Year | None
) -> Iterator[Dated]:
    day = stage.calendar.past
    if played.reviewers is not None and fact.counts:
        turn = played.activities.index(fact)
        answered = max(played.reviewers.opens_day, played.reviewers.closes_day - 1 - turn)
        yield (
            day(answered, 18),
            partial(reviews.answer, stage, year, fact, played.reviewers),
        )
    if fact.outcome is not None:
        yield (
            day(fact.outcome.day, 21),
            partial(reviews.decide, stage, year, fact, follower),
        )
