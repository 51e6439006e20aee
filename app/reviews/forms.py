"""Forms of the review. The questions come from the year's rules, so their form is made for them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import Field, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.filters import localised
from app.forms import Form, choice
from app.sentences.work import OUTCOMES, SCALE, YES_PARTLY_NO
from participation.reviews.questions import MAX_TEXT, AnswerKind, Voice
from participation.rules.content import ReviewQuestion

_WORDS: dict[AnswerKind, dict[str, Any]] = {
    AnswerKind.YES_PARTLY_NO: YES_PARTLY_NO,
    AnswerKind.SCALE_1_5: SCALE,
    AnswerKind.OUTCOME: {outcome.value: word for outcome, word in OUTCOMES.items()},
}
# The field's name begins with this, so that no question can be called like something of the form.
PREFIX = "answer_"


class AnswerForm(Form):
    """Base of the form of one year; ``form_for`` adds its questions."""

    voice = RadioField(
        _l("For whom do you answer?"),
        description=_l("You live here and you work here. Choose one."),
        choices=[
            choice(Voice.RESIDENT.value, _l("As a resident")),
            choice(Voice.PROFESSIONAL.value, _l("As a professional")),
        ],
        validators=[InputRequired(_l("Choose one answer."))],
    )

    def answers(self) -> dict[str, str]:
        """What was answered, by question code."""
        return {
            field.name.removeprefix(PREFIX): field.data or ""
            for field in self
            if field.name.startswith(PREFIX)
        }

    def questions(self) -> list[Field]:
        """The fields of the questions, in the order asked."""
        return [field for field in self if field.name.startswith(PREFIX)]


def form_for(questions: Iterable[ReviewQuestion], voices: tuple[Voice, ...]) -> type[AnswerForm]:
    """The form of a year's questions; whoever has one voice is not asked for it."""
    fields: dict[str, Any] = {PREFIX + q.code: _field(q) for q in questions}
    if len(voices) < 2:
        fields["voice"] = None
    return type("YearAnswerForm", (AnswerForm,), fields)


def _field(question: ReviewQuestion) -> Any:
    label, kind = localised(question.text), AnswerKind(question.answer)
    if kind is AnswerKind.TEXT:
        return TextAreaField(label, validators=[Length(max=MAX_TEXT)])
    choices = [choice(value, word) for value, word in _WORDS[kind].items()]
    choices.append(choice("", gettext("I do not know")))
    return RadioField(label, choices=choices, default="")


class VerdictForm(Form):
    """What the review decides on one goal."""

    outcome = RadioField(
        _l("What happens to this goal?"),
        choices=[choice(outcome.value, word) for outcome, word in OUTCOMES.items()],
        validators=[InputRequired(_l("Choose one answer."))],
    )
    new_goal = StringField(
        _l("The new goal"),
        description=_l("Only when the goal is adapted."),
        validators=[Length(max=300)],
    )
    reason = TextAreaField(
        _l("Why?"),
        description=_l("Everybody can read this."),
        validators=[
            InputRequired(_l("Write the reason. Everybody can read it.")),
            Length(max=MAX_TEXT),
        ],
    )
