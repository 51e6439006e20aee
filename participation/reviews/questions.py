"""What the review asks, what may be answered, and how two views differ. Pure.

The questions themselves stand in the year's rules (DOMAIN.md, review questions).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction

from participation.errors import InvalidInputError
from participation.rules.content import ReviewQuestion

MAX_TEXT = 1000


class Voice(StrEnum):
    """On which side of the page an answer is counted."""

    RESIDENT = "resident"
    PROFESSIONAL = "professional"


class Outcome(StrEnum):
    """What happens to a goal after its year."""

    CONTINUE = "continue"
    ADAPT = "adapt"
    STOP = "stop"
    CARRY_OVER = "carry_over"
    MAKE_PERMANENT = "make_permanent"


class AnswerKind(StrEnum):
    """How a question is answered."""

    YES_PARTLY_NO = "yes_partly_no"
    TEXT = "text"
    SCALE_1_5 = "scale_1_5"
    OUTCOME = "outcome"


CHOICES: dict[AnswerKind, tuple[str, ...]] = {
    AnswerKind.YES_PARTLY_NO: ("yes", "partly", "no"),
    AnswerKind.SCALE_1_5: ("1", "2", "3", "4", "5"),
    AnswerKind.OUTCOME: tuple(outcome.value for outcome in Outcome),
}

# From where on the two sides are said to see something differently, on a scale from 0 to 1.
_APART = Fraction(1, 4)
_VALUES: dict[AnswerKind, dict[str, Fraction]] = {
    AnswerKind.YES_PARTLY_NO: {"yes": Fraction(1), "partly": Fraction(1, 2), "no": Fraction(0)},
    AnswerKind.SCALE_1_5: {str(mark): Fraction(mark - 1, 4) for mark in range(1, 6)},
}


def checked_answers(
    questions: Iterable[ReviewQuestion], answers: Mapping[str, str]
) -> dict[str, str]:
    """What was answered, in the order asked; questions left open are left out.

    :raises InvalidInputError: nothing was answered, an answer is not among the choices, a text is
        too long; ``field`` is the question's code.
    """
    kept: dict[str, str] = {}
    for question in questions:
        value = answers.get(question.code, "").strip()
        choices = CHOICES.get(AnswerKind(question.answer))
        if value and choices is not None and value not in choices:
            raise InvalidInputError("answer_not_offered", field=question.code)
        if len(value) > MAX_TEXT:
            raise InvalidInputError("text_too_long", field=question.code, max=MAX_TEXT)
        if value:
            kept[question.code] = value
    if not kept:
        raise InvalidInputError("nothing_answered")
    return kept


def views_differ(
    kind: AnswerKind, residents: Mapping[str, int], professionals: Mapping[str, int]
) -> bool:
    """Whether the two sides answered one question differently.

    On questions with an order: their averages are a quarter of the scale apart or more. On the
    outcome: what most on one side want is not what most on the other side want. Nobody on one
    side: no difference can be said.
    """
    if not sum(residents.values()) or not sum(professionals.values()):
        return False
    values = _VALUES.get(kind)
    if values is None:
        return _favourites(residents).isdisjoint(_favourites(professionals))
    return abs(_average(residents, values) - _average(professionals, values)) >= _APART


def _average(tally: Mapping[str, int], values: Mapping[str, Fraction]) -> Fraction:
    points = sum((values[value] * count for value, count in tally.items()), Fraction(0))
    return points / sum(tally.values())


def _favourites(tally: Mapping[str, int]) -> set[str]:
    most = max(tally.values())
    return {value for value, count in tally.items() if count == most}
