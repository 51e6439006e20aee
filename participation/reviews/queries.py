"""Reads of the review: answers counted for both sides, decisions, and the whole report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, column, func, select

from database import db
from participation.money import queries as money
from participation.money.queries import ActivitySums
from participation.permissions import Actor, Role, Subject
from participation.plans import queries as plans
from participation.reviews.models import ReviewAnswer, ReviewDecision
from participation.reviews.questions import AnswerKind, Voice, views_differ
from participation.rules.content import ReviewQuestion

if TYPE_CHECKING:
    from participation.cycles.models import Cycle
    from participation.plans.models import Activity

# Roles whose answers count on the professionals' side.
PROFESSIONAL_ROLES = frozenset(
    {Role.FACILITATOR, Role.BOARD_MEMBER, Role.COALITION_STAFF, Role.EXECUTOR_MEMBER}
)

# Value to the number of people who gave it.
Tally = Mapping[str, int]


@dataclass(frozen=True)
class BothViews:
    """One question's answers on both sides, and whether the sides see it differently."""

    question: ReviewQuestion
    residents: Tally
    professionals: Tally
    differ: bool


@dataclass(frozen=True)
class Reviewed:
    """One activity in the report: its money in cents, who answered, what, and the decision."""

    activity: Activity
    sums: ActivitySums
    people: Mapping[Voice, int]
    views: Sequence[BothViews] = field(default_factory=list)
    decision: ReviewDecision | None = None


@dataclass(frozen=True)
class Said:
    """A text somebody answered with; who it was is not told."""

    question_code: str
    voice: Voice
    text: str
    language: str


def count_unjudged_activities(cycle_id: int) -> int:
    """Activities of a year the review has not decided on."""
    decided = db.session.scalar(
        select(func.count()).select_from(ReviewDecision).where(ReviewDecision.cycle_id == cycle_id)
    )
    return plans.count_activities(cycle_id) - (decided or 0)


def decisions_of(activity_ids: Iterable[int]) -> Mapping[int, ReviewDecision]:
    """Decisions by activity, in one query."""
    rows = db.session.scalars(
        select(ReviewDecision).where(ReviewDecision.activity_id.in_(set(activity_ids)))
    )
    return {row.activity_id: row for row in rows}


def answer_of(activity_id: int, person_id: int | None) -> ReviewAnswer | None:
    """What this person answered on an activity."""
    return db.session.scalar(
        select(ReviewAnswer).where(
            ReviewAnswer.activity_id == activity_id, ReviewAnswer.person_id == person_id
        )
    )


def answered_by(cycle_id: int, person_id: int | None) -> frozenset[int]:
    """Activities of a year this person has answered on."""
    return frozenset(
        db.session.scalars(
            select(ReviewAnswer.activity_id).where(
                ReviewAnswer.cycle_id == cycle_id, ReviewAnswer.person_id == person_id
            )
        )
    )


def count_people(cycle_id: int) -> int:
    """How many people answered on at least one activity of a year."""
    return (
        db.session.scalar(
            select(func.count(ReviewAnswer.person_id.distinct())).where(
                ReviewAnswer.cycle_id == cycle_id
            )
        )
        or 0
    )


def report(cycle: Cycle) -> Sequence[Reviewed]:
    """The year's review, activity by activity in the plan's order.

    Texts are not in it, see ``list_texts``. Costs five queries, however much was answered.
    """
    activities = plans.activities(cycle.id)
    sums = money.sums_of_activities(activity.id for activity in activities)
    decisions = decisions_of(activity.id for activity in activities)
    people = _people(cycle.id)
    tallies = _tallies(cycle.id, _closed(cycle.rules.review_questions))
    return [
        Reviewed(
            activity=activity,
            sums=sums[activity.id],
            people={voice: people.get((activity.id, voice), 0) for voice in Voice},
            views=[
                _both(question, activity.id, tallies)
                for question in _closed(cycle.rules.review_questions)
            ],
            decision=decisions.get(activity.id),
        )
        for activity in activities
    ]


def list_texts(
    activity_id: int, questions: Iterable[ReviewQuestion], *, offset: int = 0, limit: int = 50
) -> Sequence[Said]:
    """What people wrote about an activity, question by question, the first answer first."""
    codes = _text_codes(questions)
    answer = _each_answer()
    rows = db.session.execute(
        select(answer.c.key, ReviewAnswer.voice, answer.c.value, ReviewAnswer.language)
        .select_from(ReviewAnswer)
        .join(answer, answer.c.key.in_(codes))
        .where(ReviewAnswer.activity_id == activity_id)
        .order_by(func.array_position(codes, answer.c.key), ReviewAnswer.id)
        .offset(offset)
        .limit(limit)
    )
    return [Said(code, voice, text, language) for code, voice, text, language in rows]


def count_texts(activity_id: int, questions: Iterable[ReviewQuestion]) -> int:
    """How many texts ``list_texts`` would give in all."""
    answer = _each_answer()
    return (
        db.session.scalar(
            select(func.count())
            .select_from(ReviewAnswer)
            .join(answer, answer.c.key.in_(_text_codes(questions)))
            .where(ReviewAnswer.activity_id == activity_id)
        )
        or 0
    )


def voices_of(actor: Actor, subject: Subject) -> tuple[Voice, ...]:
    """On which sides the actor may answer here; two for a resident who is also a professional."""
    roles = {grant.role for grant in actor.grants if grant.area_id in subject.area_path}
    voices = []
    if Role.RESIDENT in roles:
        voices.append(Voice.RESIDENT)
    if roles & PROFESSIONAL_ROLES:
        voices.append(Voice.PROFESSIONAL)
    return tuple(voices)


def _closed(questions: Iterable[ReviewQuestion]) -> list[ReviewQuestion]:
    return [q for q in questions if AnswerKind(q.answer) is not AnswerKind.TEXT]


def _text_codes(questions: Iterable[ReviewQuestion]) -> list[str]:
    return [q.code for q in questions if AnswerKind(q.answer) is AnswerKind.TEXT]


def _each_answer() -> Any:
    """One row for each question somebody answered."""
    return (
        func.jsonb_each_text(ReviewAnswer.answers)
        .table_valued(column("key"), column("value"), joins_implicitly=True)
        .lateral()
    )


def _tallies(
    cycle_id: int, questions: Iterable[ReviewQuestion]
) -> dict[tuple[int, str, Voice], dict[str, int]]:
    answer = _each_answer()
    said: ColumnElement[Any] = answer.c.value
    rows = db.session.execute(
        select(ReviewAnswer.activity_id, answer.c.key, ReviewAnswer.voice, said, func.count())
        .select_from(ReviewAnswer)
        .join(answer, answer.c.key.in_([q.code for q in questions]))
        .where(ReviewAnswer.cycle_id == cycle_id)
        .group_by(ReviewAnswer.activity_id, answer.c.key, ReviewAnswer.voice, said)
    )
    found: dict[tuple[int, str, Voice], dict[str, int]] = {}
    for activity_id, code, voice, value, count in rows:
        found.setdefault((activity_id, code, voice), {})[value] = count
    return found


def _people(cycle_id: int) -> dict[tuple[int, Voice], int]:
    rows = db.session.execute(
        select(ReviewAnswer.activity_id, ReviewAnswer.voice, func.count())
        .where(ReviewAnswer.cycle_id == cycle_id)
        .group_by(ReviewAnswer.activity_id, ReviewAnswer.voice)
    )
    return {(activity_id, voice): count for activity_id, voice, count in rows}


def _both(
    question: ReviewQuestion,
    activity_id: int,
    tallies: Mapping[tuple[int, str, Voice], dict[str, int]],
) -> BothViews:
    residents = tallies.get((activity_id, question.code, Voice.RESIDENT), {})
    professionals = tallies.get((activity_id, question.code, Voice.PROFESSIONAL), {})
    kind = AnswerKind(question.answer)
    return BothViews(
        question, residents, professionals, views_differ(kind, residents, professionals)
    )
