"""Forms to steer a year."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from app.forms import EuroField, Form


class AdvanceForm(Form):
    """One button; ``expected`` makes a double click advance once."""

    expected = HiddenField(validators=[InputRequired()])


class MovePhaseForm(Form):
    """New dates of a phase and the public reason."""

    phase = SelectField(_l("Phase"), validators=[InputRequired(_l("Choose a phase."))])
    start = DateField(_l("First day"), validators=[InputRequired(_l("Choose the first day."))])
    end = DateField(_l("Last day"), validators=[InputRequired(_l("Choose the last day."))])
    reason = StringField(
        _l("Reason"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_l("Write the reason. Everybody can read it.")), Length(max=500)],
    )


class BudgetForm(Form):
    """What the neighbourhood may spend in the plan year."""

    budget = EuroField(
        _l("Budget in euros"), validators=[InputRequired(_l("Write the budget in euros."))]
    )


class StartCycleForm(Form):
    """A new plan year of an area."""

    plan_year = SelectField(_l("Plan year"), coerce=int)
    rule_set = SelectField(_l("Rules"), coerce=int)
    budget = EuroField(
        _l("Budget in euros"), validators=[InputRequired(_l("Write the budget in euros."))]
    )
