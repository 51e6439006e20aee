"""Forms on tasks, offers and reports from the work."""

from __future__ import annotations

import secrets

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import EuroField, Form, choice
from app.sentences.work import CRITERIA, GATES, PROGRESS, ROUTES
from participation.tasks.criteria import DEFAULT_WEIGHTS, Criterion

_REASON = _l("Write the reason. Everybody can read it.")


def new_key() -> str:
    """A number of its own for each form that is shown, so that sending it twice acts once."""
    return secrets.token_urlsafe(12)


class TaskForm(Form):
    """What a task asks for."""

    key = HiddenField(validators=[Length(max=40)])
    title = StringField(
        _l("What must be done?"),
        validators=[InputRequired(_l("Write what must be done.")), Length(max=150)],
    )
    description = TextAreaField(
        _l("For whom, where and how?"),
        validators=[InputRequired(_l("Write for whom, where and how.")), Length(max=5000)],
    )
    indicator = StringField(
        _l("What shows that it worked?"),
        validators=[InputRequired(_l("Write what shows that it worked.")), Length(max=300)],
    )
    route = SelectField(
        _l("Who is to do it?"),
        choices=[choice(route.value, name) for route, name in ROUTES.items()],
        validators=[InputRequired(_l("Choose one answer."))],
    )
    budget = EuroField(
        _l("Most that it may cost, in euros"),
        validators=[InputRequired(_l("Write the amount in euros, for example 1250 or 1.250,50."))],
    )
    starts_on = DateField(_l("First day"), validators=[InputRequired(_l("Choose the first day."))])
    ends_on = DateField(_l("Last day"), validators=[InputRequired(_l("Choose the last day."))])


class CallForm(Form):
    """Until when offers are taken, what an executor must have, and what weighs how much."""

    closes_on = DateField(
        _l("Last day for offers"), validators=[InputRequired(_l("Choose the last day."))]
    )
    gates = SelectMultipleField(
        _l("What an executor must have"),
        choices=[choice(gate.value, name) for gate, name in GATES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def weights(self) -> dict[Criterion, int]:
        """What was typed, by criterion."""
        return {criterion: self[criterion.value].data or 0 for criterion in Criterion}


for _criterion, _name in CRITERIA.items():
    setattr(
        CallForm,
        _criterion.value,
        IntegerField(
            _name,
            default=DEFAULT_WEIGHTS[_criterion],
            validators=[
                InputRequired(_l("Write a number.")),
                NumberRange(0, 100, _l("Write a number from 0 to 100.")),
            ],
        ),
    )


class OfferForm(Form):
    """What an organisation would do for how much."""

    organisation = SelectField(
        _l("For which organisation?"),
        coerce=int,
        validators=[InputRequired(_l("Choose one answer."))],
    )
    amount = EuroField(
        _l("How much money do you ask for, in euros?"),
        validators=[InputRequired(_l("Write the amount in euros, for example 1250 or 1.250,50."))],
    )
    plan = TextAreaField(
        _l("How will you do it?"),
        validators=[InputRequired(_l("Write how you will do it.")), Length(max=5000)],
    )
    hours = IntegerField(
        _l("How many hours of work is it in all?"),
        default=0,
        validators=[Optional(), NumberRange(0, 100_000, _l("Write a number."))],
    )
    own_contribution = EuroField(
        _l("How much do you pay yourselves, in euros?"), validators=[Optional()]
    )
    support_wanted = TextAreaField(
        _l("What help would you like?"),
        description=_l("For example: a room, advice, somebody who knows the rules."),
        validators=[Length(max=1000)],
    )


class DecisionForm(Form):
    """Who does it, or nobody, and why."""

    choice = RadioField(
        _l("Who does this task?"), validators=[InputRequired(_l("Choose one answer."))]
    )
    reason = TextAreaField(
        _l("Why?"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_REASON), Length(max=5000)],
    )


class ProgressForm(Form):
    """A report from the work."""

    key = HiddenField(validators=[InputRequired(), Length(max=40)])
    progress = RadioField(
        _l("How does it go?"),
        choices=[choice(progress.value, name) for progress, name in PROGRESS.items()],
        validators=[InputRequired(_l("Choose one answer."))],
    )
    text = TextAreaField(
        _l("What happened?"),
        description=_l(
            "Everybody can read this. If it takes longer, say why. Do not name persons."
        ),
        validators=[InputRequired(_l("Write how the work goes.")), Length(max=5000)],
    )


class EndForm(Form):
    """One button."""


class StopForm(Form):
    """Why a task ends before it is done."""

    reason = TextAreaField(
        _l("Why does it stop?"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_REASON), Length(max=5000)],
    )
