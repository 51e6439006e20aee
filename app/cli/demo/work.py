"""Who does what: tasks, calls, offers, decisions, reports from the work, and the money."""

from __future__ import annotations

from datetime import datetime

from app.cli.demo.facts import wishes
from app.cli.demo.played import ActivityFact, PaymentFact, ProgressFact
from app.cli.demo.stage import Stage
from app.cli.demo.years import Year
from participation.money import services as money
from participation.permissions import Actor
from participation.tasks import services
from participation.tasks.criteria import DEFAULT_WEIGHTS, Gate
from participation.tasks.states import Progress, Route
from participation.texts import LocalisedText


def open_call(stage: Stage, year: Year, fact: ActivityFact, now: datetime) -> None:
    """One task for the whole activity, and the question who wants to do it."""
    wish, activity = wishes()[fact.wish], year.activities[fact.wish]
    execute = year.fact.window("execute")
    task = services.add_task(
        actor=stage.one_of("coalition_staff"),
        activity=activity,
        brief=services.TaskBrief(
            title=wish.title,
            description=_description(wish.description, fact.for_whom),
            indicator=wish.indicator,
            route=Route(wish.route),
            budget_cents=activity.budget_cents,
            starts_on=stage.calendar.date(execute.start_day),
            ends_on=stage.calendar.date(execute.end_day),
        ),
        now=now,
    )
    services.open_call(
        actor=stage.one_of("coalition_staff"),
        task=task,
        closes_on=stage.calendar.date(fact.call_closes_day),
        weights=DEFAULT_WEIGHTS,
        gates=[Gate(gate) for gate in fact.gates],
        now=now,
    )
    year.tasks[fact.wish] = task


def make_offers(stage: Stage, year: Year, fact: ActivityFact, now: datetime) -> None:
    """Those who want to do it say how and for how much."""
    for offer in fact.offers:
        made = services.make_offer(
            actor=_member_of(stage, offer.organisation),
            task=year.tasks[fact.wish],
            organisation_id=stage.organisations[offer.organisation].id,
            terms=services.Terms(
                amount_cents=offer.amount_cents,
                plan=stage.say(offer.plan),
                language=stage.facts.language,
                hours=offer.hours,
                own_contribution_cents=offer.own_contribution_cents,
                support_wanted=stage.say(offer.support_wanted),
            ),
            now=now,
        )
        year.offers[fact.wish, offer.organisation] = made


def decide(stage: Stage, year: Year, fact: ActivityFact, now: datetime) -> None:
    """The coalition team chooses one, with a reason everybody may read."""
    if fact.decision is None:
        raise ValueError(f"nobody was chosen for {fact.wish}")
    services.decide_task(
        actor=stage.one_of("coalition_staff"),
        task=year.tasks[fact.wish],
        offer=year.offers[fact.wish, fact.decision.chosen],
        reason=services.Reason(stage.say(fact.decision.reason), stage.facts.language),
        now=now,
    )


def begin(stage: Stage, year: Year, fact: ActivityFact, now: datetime) -> None:
    """The executor begins."""
    services.start_task(actor=_executor(stage, fact), task=year.tasks[fact.wish], now=now)


def report(stage: Stage, year: Year, fact: ActivityFact, said: ProgressFact, now: datetime) -> None:
    """The executor tells everybody how it goes."""
    services.report_progress(
        actor=_executor(stage, fact),
        task=year.tasks[fact.wish],
        progress=Progress(said.progress),
        text=stage.say(said.text),
        language=stage.facts.language,
        key=f"demo:{year.fact.id}:{fact.wish}:{said.day}",
        now=now,
    )


def pay(stage: Stage, year: Year, fact: ActivityFact, paid: PaymentFact, now: datetime) -> None:
    """Money goes to the executor, or what was not needed comes back."""
    record = money.record_repayment if paid.is_repayment else money.record_payment
    record(
        actor=stage.one_of("coalition_staff"),
        task=year.tasks[fact.wish],
        amount_cents=paid.amount_cents,
        text=stage.say(paid.text),
        key=f"demo:{year.fact.id}:{fact.wish}:{paid.day}",
        now=now,
    )


def finish(stage: Stage, year: Year, fact: ActivityFact, now: datetime) -> None:
    """The work is done and paid."""
    services.finish_task(actor=stage.one_of("coalition_staff"), task=year.tasks[fact.wish], now=now)


def _description(description: LocalisedText, for_whom: LocalisedText) -> LocalisedText:
    return {
        language: f"{text}\n\n{for_whom[language]}." if language in for_whom else text
        for language, text in description.items()
    }


def _executor(stage: Stage, fact: ActivityFact) -> Actor:
    if fact.decision is None:
        raise ValueError(f"nobody was chosen for {fact.wish}")
    return _member_of(stage, fact.decision.chosen)


def _member_of(stage: Stage, organisation: str) -> Actor:
    member = next(fact for fact in stage.facts.staff if fact.organisation == organisation)
    return stage.actor(member.id)
