"""The form for a set of rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import EuroField, Form, choice
from app.sentences.year import BALLOT_FORMAT_NAMES
from participation.rules.content import BallotFormat


class RulesForm(Form):
    """The numbers of a rule set; criteria and questions keep their texts."""

    minimum_age = IntegerField(
        _l("Vote from the age of"), validators=[InputRequired(), NumberRange(min=0, max=120)]
    )
    support_threshold = IntegerField(
        _l("Support needed before the check"), validators=[InputRequired(), NumberRange(min=0)]
    )
    cost_cap_cents = EuroField(
        _l("Most that one proposal may cost"),
        description=_l("Leave this empty if there is no limit."),
        validators=[Optional()],
    )
    ballot_format = SelectField(
        _l("How you vote"),
        choices=[choice(f.value, BALLOT_FORMAT_NAMES[f]) for f in BallotFormat],
    )
    legal_form_above_cents = EuroField(
        _l("Only organisations with a legal form may receive more than"),
        validators=[InputRequired(_l("Write an amount."))],
    )
    reason = StringField(
        _l("Reason for the change"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_l("Write the reason. Everybody can read it.")), Length(max=500)],
    )
