"""The year's review: what residents and professionals answered, what was decided on each goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from app.cli.demo.played import ActivityFact, ReviewersFact
from app.cli.demo.stage import Stage
from app.cli.demo.years import Year
from participation.priorities import queries as priorities
from participation.reviews import services
from participation.reviews.questions import Outcome, Voice


def answer(
    stage: Stage, year: Year, fact: ActivityFact, reviewers: ReviewersFact, now: datetime
) -> None:
    """Everybody who took part answers on one activity, so that the counts of the facts come out."""
    for voice, people in (
        (Voice.RESIDENT, _with_accounts(stage, year, reviewers.residents)),
        (Voice.PROFESSIONAL, reviewers.professionals),
    ):
        for person, answers in zip(people, _sheets(stage, fact, voice, len(people)), strict=True):
            if answers:
                services.answer_review(
                    actor=stage.actor(person),
                    activity=year.activities[fact.wish],
                    voice=voice,
                    answers=answers,
                    language=stage.facts.language,
                    now=now,
                )


def decide(
    stage: Stage, year: Year, fact: ActivityFact, follower: Year | None, now: datetime
) -> None:
    """What the review decides on a goal; a wish carried over stands in the year that follows."""
    told = fact.outcome
    if told is None:
        raise ValueError(f"nothing was decided on {fact.wish}")
    decision = services.decide_review(
        actor=stage.one_of("facilitator"),
        activity=year.activities[fact.wish],
        verdict=services.Verdict(
            outcome=Outcome(told.outcome),
            reason=stage.say(told.reason),
            language=stage.facts.language,
            new_goal=told.new_goal,
        ),
        now=now,
    )
    carried = decision.carried_priority_id
    if carried is not None and follower is not None:
        follower.priorities[fact.wish] = priorities.by_ids([carried])[carried]


def _sheets(
    stage: Stage, fact: ActivityFact, voice: Voice, people: int
) -> Sequence[Mapping[str, str]]:
    """One sheet of answers a person; together they give the counts of the facts."""
    sheets: list[dict[str, str]] = [{} for _ in range(people)]
    for turn, (question, counts) in enumerate(fact.counts.items()):
        values = [value for value, times in counts.get(voice, {}).items() for _ in range(times)]
        for place, value in enumerate(values):
            # Whoever liked one thing does not have to like them all.
            sheets[(place + 3 * turn) % people][question] = value
    for question, said in fact.texts.items():
        own = [text for speaker, text in said if speaker == voice]
        for place, text in enumerate(own):
            sheets[2 * place % people][question] = stage.say(text)
    return sheets


def _with_accounts(stage: Stage, year: Year, names: Sequence[str]) -> Sequence[str]:
    """Those named, with a neighbour in the place of whoever has no account."""
    spare = iter(name for name in stage.residents_of[year.fact.area] if name not in names)
    return [name if name in stage.people else next(spare) for name in names]
