"""Forms on money."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from app.forms import EuroField, Form


class MoneyForm(Form):
    """An amount and what it is for; ``key`` makes a double click pay once."""

    key = HiddenField(validators=[InputRequired(), Length(max=40)])
    amount = EuroField(
        _l("Amount in euros"),
        validators=[InputRequired(_l("Write the amount in euros, for example 1250 or 1.250,50."))],
    )
    text = StringField(
        _l("What is it for?"),
        description=_l("Everybody can read this. No names of persons, no account numbers."),
        validators=[InputRequired(_l("Write what the money is for.")), Length(max=300)],
    )


class ReversalForm(Form):
    """Why an entry was wrong."""

    reason = StringField(
        _l("What was wrong?"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_l("Write the reason. Everybody can read it.")), Length(max=300)],
    )
