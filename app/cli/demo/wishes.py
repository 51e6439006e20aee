"""What residents want: proposing, supporting, checking, shortlisting, carrying over."""

from __future__ import annotations

from datetime import datetime

from app.cli.demo.facts import WishFact, WishInYear, wishes
from app.cli.demo.stage import Stage
from app.cli.demo.years import Year
from config import LANGUAGES
from participation.cycles.models import Cycle
from participation.priorities import services
from participation.priorities.content import How, What, Where
from participation.priorities.models import CheckOutcome, Priority, Route
from participation.texts import in_language

# A wish in one of these states went no further than its first page.
_NEVER_PUBLISHED = frozenset({"draft"})
_SHORTLISTED = frozenset({"on_ballot", "chosen", "not_chosen"})
_SOMEBODY = {
    "nl": "Een bewoner zonder account, via het spreekuur in het buurthuis",
    "de": "Eine Person ohne Konto, über die Sprechstunde im Nachbarschaftshaus",
}


def propose(stage: Stage, year: Year, entry: WishInYear, now: datetime) -> None:
    """A resident writes a wish, or the facilitator does so for somebody without an account."""
    wish = wishes()[entry.wish]
    if entry.by is None or entry.by in stage.facts.without_account:
        priority = _propose_for_somebody(stage, year.cycle, entry, wish, now)
    else:
        priority = _propose_oneself(stage, year.cycle, entry, wish, now)
    year.priorities[entry.wish] = priority
    for language in LANGUAGES:
        if language != stage.facts.language and language in wish.title:
            services.add_translation(
                actor=stage.one_of("facilitator"),
                priority=priority,
                what=_what(wish, language),
                now=now,
            )


def carry_over(stage: Stage, year: Year, entry: WishInYear, source: Year, now: datetime) -> None:
    """A wish that was not chosen stands in the next year again, with its history."""
    year.priorities[entry.wish] = services.carry_over_priority(
        actor=stage.one_of("facilitator"),
        priority=source.priorities[entry.wish],
        target_cycle=year.cycle,
        reason=stage.say(entry.carry_reason),
        now=now,
    )


def support(stage: Stage, year: Year, entry: WishInYear, turns: range, now: datetime) -> None:
    """Some of the neighbours say that they support it; each wish begins with another one."""
    neighbours = [name for name in stage.residents_of[year.fact.area] if name != entry.by]
    first = year.fact.wishes.index(entry) * 5
    for turn in turns:
        services.support_priority(
            actor=stage.actor(neighbours[(first + turn) % len(neighbours)]),
            priority=year.priorities[entry.wish],
            now=now,
        )


def check(stage: Stage, year: Year, entry: WishInYear, now: datetime) -> None:
    """The coalition team decides whether it can be done."""
    found, wish = entry.check, wishes()[entry.wish]
    if found is None:
        raise ValueError(f"{entry.wish} was not checked")
    is_refusal = found.criterion is not None
    explanation = found.explanation or (wish.explanation if is_refusal else {})
    services.check_priority(
        actor=stage.one_of("coalition_staff", found.day),
        priority=year.priorities[entry.wish],
        outcome=CheckOutcome.REFUSED if is_refusal else CheckOutcome.FEASIBLE,
        explanation=stage.say(explanation),
        language=stage.facts.language,
        now=now,
        criterion_code=found.criterion,
        cost_cents=found.cost_cents or (wish.cost_cents if wish.estimated_cents else None),
    )


def shortlist(stage: Stage, year: Year, now: datetime) -> None:
    """Everything feasible that went on gets its place on the ballot."""
    for entry in year.fact.wishes:
        if entry.state in _SHORTLISTED:
            services.shortlist_priority(
                actor=stage.one_of("coalition_staff"),
                priority=year.priorities[entry.wish],
                now=now,
            )


def _propose_oneself(
    stage: Stage, cycle: Cycle, entry: WishInYear, wish: WishFact, now: datetime
) -> Priority:
    actor = stage.actor(entry.by or "")
    priority = services.start_draft(
        actor=actor, cycle=cycle, what=_what(wish, stage.facts.language), now=now
    )
    for part in (_where(stage, wish), _how(stage, wish)):
        services.save_draft(actor=actor, priority=priority, part=part, now=now)
    if entry.state not in _NEVER_PUBLISHED:
        services.publish_priority(actor=actor, priority=priority, now=now)
    return priority


def _propose_for_somebody(
    stage: Stage, cycle: Cycle, entry: WishInYear, wish: WishFact, now: datetime
) -> Priority:
    return services.propose_for_someone(
        actor=stage.actor(entry.entered_by) if entry.entered_by else stage.one_of("facilitator"),
        cycle=cycle,
        what=_what(wish, stage.facts.language),
        where=_where(stage, wish),
        how=_how(stage, wish),
        on_behalf_of=stage.facts.without_account.get(
            entry.by or "", _SOMEBODY[stage.facts.language]
        ),
        now=now,
    )


def _what(wish: WishFact, language: str) -> What:
    return What(
        title=in_language(wish.title, language),
        description=in_language(wish.description, language),
        language=language,
    )


def _where(stage: Stage, wish: WishFact) -> Where:
    return Where(
        place=stage.say(wish.place),
        theme_id=stage.themes[wish.theme],
        function_id=stage.functions[wish.function],
    )


def _how(stage: Stage, wish: WishFact) -> How:
    return How(
        cost_cents=wish.estimated_cents or wish.cost_cents,
        route=Route(wish.route),
        route_reason=stage.say(wish.route_reason),
    )
