"""What may be answered, and when two sides see something differently."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.errors import InvalidInputError
from participation.reviews.questions import (
    MAX_TEXT,
    AnswerKind,
    checked_answers,
    views_differ,
)
from tests.builders import RULES

QUESTIONS = RULES.review_questions
TALLIES = st.dictionaries(st.sampled_from(["yes", "partly", "no"]), st.integers(0, 50))


def test_questions_may_be_left_open() -> None:
    assert checked_answers(QUESTIONS, {"rq2": " Ja, elke week. ", "rq1": ""}) == {
        "rq2": "Ja, elke week."
    }


def test_answers_to_what_was_not_asked_are_dropped() -> None:
    assert checked_answers(QUESTIONS, {"rq1": "yes", "rq99": "yes"}) == {"rq1": "yes"}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({}, "nothing_answered"),
        ({"rq1": "maybe"}, "answer_not_offered"),
        ({"rq7": "forget"}, "answer_not_offered"),
        ({"rq2": "x" * (MAX_TEXT + 1)}, "text_too_long"),
    ],
)
def test_what_cannot_be_counted_is_refused(answers: dict[str, str], code: str) -> None:
    with pytest.raises(InvalidInputError, match=code):
        checked_answers(QUESTIONS, answers)


@pytest.mark.parametrize(
    ("kind", "residents", "professionals", "differ"),
    [
        (AnswerKind.YES_PARTLY_NO, {"yes": 4}, {"partly": 2}, True),
        (AnswerKind.YES_PARTLY_NO, {"yes": 3, "no": 1}, {"yes": 1}, True),
        (AnswerKind.YES_PARTLY_NO, {"yes": 4, "partly": 1}, {"yes": 1}, False),
        (AnswerKind.YES_PARTLY_NO, {"yes": 4}, {}, False),
        (AnswerKind.SCALE_1_5, {"4": 2}, {"3": 2}, True),
        (AnswerKind.SCALE_1_5, {"4": 2}, {"3": 1, "4": 1}, False),
        (AnswerKind.OUTCOME, {"continue": 5, "stop": 1}, {"stop": 2}, True),
        (AnswerKind.OUTCOME, {"continue": 2, "stop": 2}, {"stop": 2}, False),
    ],
)
def test_two_sides_differ_from_a_quarter_of_the_scale_on(
    kind: AnswerKind, residents: dict[str, int], professionals: dict[str, int], differ: bool
) -> None:
    assert views_differ(kind, residents, professionals) is differ


@given(TALLIES, TALLIES)
def test_difference_is_the_same_from_both_sides(
    left: dict[str, int], right: dict[str, int]
) -> None:
    kind = AnswerKind.YES_PARTLY_NO
    assert views_differ(kind, left, right) is views_differ(kind, right, left)
    assert not views_differ(kind, left, left)
