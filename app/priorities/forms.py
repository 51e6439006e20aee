"""Forms of priorities, one a question page."""

from __future__ import annotations

import secrets
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from app.filters import localised
from app.forms import EuroField, Form, choice
from app.sentences.priorities import ROUTES, SORTS, STATES
from app.towns import LANGUAGE_NAMES
from participation.priorities.content import (
    DESCRIPTION_LENGTH,
    PLACE_LENGTH,
    REASON_LENGTH,
    TITLE_LENGTH,
)
from participation.priorities.models import CheckOutcome, Route
from participation.priorities.states import PUBLIC_STATES, PriorityState
from participation.rules import queries as rules

_LONGEST_ID = 18
_LANGUAGES = [choice(code, name) for code, name in LANGUAGE_NAMES.items()]


class NeededToGoOn(InputRequired):
    """An answer the next page needs; whoever goes on later may leave it open."""

    def __call__(self, form: Any, field: Any) -> None:
        is_empty = not any(str(value).strip() for value in field.raw_data or ())
        if "later" in request.form and is_empty:
            field.errors = []
            raise StopValidation
        super().__call__(form, field)


class ListForm(Form):
    """Narrow and sort a list, by GET."""

    class Meta:
        csrf = False

    q = StringField(_l("Search"))
    theme = SelectField(_l("Theme"), validate_choice=False)
    function = SelectField(_l("What it does"), validate_choice=False)
    state = SelectField(_l("State"), validate_choice=False)
    sort = SelectField(_l("Order"), validate_choice=False)

    def offer(self, municipality_id: int) -> None:
        """Fill in what can be chosen in this town."""
        self.theme.choices = [choice("", _l("All themes")), *_themes(municipality_id)]
        self.function.choices = [choice("", _l("All")), *_functions(municipality_id)]
        self.state.choices = [
            choice("", _l("All")),
            *(choice(s.value, STATES[s]) for s in PriorityState if s in PUBLIC_STATES),
        ]
        self.sort.choices = [choice(sort.value, name) for sort, name in SORTS.items()]


class WhatForm(Form):
    """What somebody wants, in their own words and language."""

    submission = HiddenField(validators=[Length(max=40)])
    title = StringField(
        _l("What should happen? Say it in a few words."),
        description=_l("For example: Eating together on Wednesdays."),
        validators=[InputRequired(_l("Write a short title.")), Length(max=TITLE_LENGTH)],
    )
    description = TextAreaField(
        _l("Tell us more"),
        description=_l("For whom is it? Why is it needed? Do not write names of people."),
        validators=[
            NeededToGoOn(_l("Write what should happen.")),
            Length(max=DESCRIPTION_LENGTH),
        ],
    )
    language = SelectField(
        _l("In which language did you write this?"),
        choices=_LANGUAGES,
        validators=[InputRequired(_l("Choose one of the languages."))],
    )


class WhereForm(Form):
    """Where it is and what it is about."""

    place = StringField(
        _l("Where is it?"),
        description=_l("A street, a square or a building. Or: the whole neighbourhood."),
        validators=[NeededToGoOn(_l("Write where it is.")), Length(max=PLACE_LENGTH)],
    )
    theme = RadioField(
        _l("What is it about?"), validators=[NeededToGoOn(_l("Choose a theme."))], coerce=str
    )
    function = RadioField(
        _l("What does it do for people?"),
        validators=[NeededToGoOn(_l("Choose what it does for people."))],
        coerce=str,
    )

    def offer(self, municipality_id: int) -> None:
        """Fill in what can be chosen in this town."""
        self.theme.choices = _themes(municipality_id)
        self.function.choices = _functions(municipality_id)


class HowForm(Form):
    """What it costs and who could do it."""

    cost = EuroField(
        _l("What does it cost, in euros?"),
        validators=[NeededToGoOn(_l("Write what it costs, as well as you know."))],
    )
    route = RadioField(
        _l("Who could do it?"),
        choices=[choice(route.value, name) for route, name in ROUTES.items()],
        validators=[NeededToGoOn(_l("Choose who could do it."))],
    )
    route_reason = TextAreaField(
        _l("Why should they do it?"), validators=[Length(max=REASON_LENGTH)]
    )


class ForSomeoneForm(WhatForm, WhereForm, HowForm):
    """A wish that a facilitator writes down for somebody, on one page."""

    on_behalf_of = StringField(
        _l("For whom do you write this down?"),
        description=_l("Name and how to reach them. Nobody else sees this. It can be erased."),
        validators=[InputRequired(_l("Write for whom this is.")), Length(max=300)],
    )


class CheckForm(Form):
    """The decision of the feasibility check."""

    decisions_seen = HiddenField(validators=[InputRequired()])
    outcome = RadioField(
        _l("Can it be done?"),
        choices=[
            choice(CheckOutcome.FEASIBLE.value, _l("Yes, it is feasible")),
            choice(CheckOutcome.REFUSED.value, _l("No, it does not meet a criterion")),
        ],
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    criterion = SelectField(
        _l("Which criterion is not met?"),
        description=_l("Only for a refusal. These criteria were published before."),
    )
    explanation = TextAreaField(
        _l("Explanation"),
        description=_l("Everybody can read this. A refusal needs one."),
        validators=[Length(max=DESCRIPTION_LENGTH)],
    )
    cost = EuroField(
        _l("What does it cost, in euros?"),
        description=_l("Change the amount when you know better than the proposer."),
    )


class TranslationForm(Form):
    """A proposal's words in another language."""

    language = SelectField(
        _l("Language"),
        choices=_LANGUAGES,
        validators=[InputRequired(_l("Choose one of the languages."))],
    )
    title = StringField(
        _l("Title"),
        validators=[InputRequired(_l("Write a short title.")), Length(max=TITLE_LENGTH)],
    )
    description = TextAreaField(
        _l("Description"),
        validators=[
            InputRequired(_l("Write what should happen.")),
            Length(max=DESCRIPTION_LENGTH),
        ],
    )

    def leave_out(self, language: str) -> None:
        """Offer every language but the one it was written in."""
        self.language.choices = [
            choice(code, name) for code, name in LANGUAGE_NAMES.items() if code != language
        ]


class ButtonForm(Form):
    """A step without questions: only the token."""


def new_submission() -> str:
    """A number for a form, by which the domain knows the same form sent twice."""
    return secrets.token_urlsafe(12)


def route_of(value: str | None) -> Route | None:
    """The route behind a form's value; nothing where none was chosen."""
    return Route(value) if value else None


def number_of(value: str | None) -> int | None:
    """The id behind a form's value; nothing where it is empty or cannot be one."""
    return int(value) if value and value.isdecimal() and len(value) <= _LONGEST_ID else None


def _themes(municipality_id: int) -> list[Any]:
    return [
        choice(str(theme.id), localised(theme.name)) for theme in rules.list_themes(municipality_id)
    ]


def _functions(municipality_id: int) -> list[Any]:
    return [
        choice(str(function.id), localised(function.name))
        for function in rules.list_functions(municipality_id)
    ]
