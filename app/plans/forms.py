"""Forms to make a plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.forms import Form


class DraftForm(Form):
    """One button."""


class IntroductionForm(Form):
    """What stands before the goals."""

    introduction = TextAreaField(
        _l("Introduction"),
        description=_l("Say in a few sentences what this plan is about."),
        validators=[Length(max=4000)],
    )
    continuity = TextAreaField(
        _l("What goes well and must go on"),
        description=_l("One thing on each line."),
        validators=[Length(max=4000)],
    )


class ActivityForm(Form):
    """What an activity is for and what will show that it worked."""

    goal = StringField(
        _l("Goal"),
        description=_l("Use the same words for activities with the same goal."),
        validators=[InputRequired(_l("Write the goal.")), Length(max=300)],
    )
    indicator = StringField(
        _l("What shows that it worked?"),
        description=_l("For example: 40 people come each week."),
        validators=[InputRequired(_l("Write what shows that it worked.")), Length(max=300)],
    )
    location = StringField(_l("Place"), validators=[Length(max=200)])


class AdoptionForm(Form):
    """The decision of the body that adopts the plan."""

    body = StringField(
        _l("Who adopts the plan?"),
        validators=[InputRequired(_l("Write who adopts the plan.")), Length(max=200)],
    )
    adopted_on = DateField(
        _l("Day of the decision"),
        validators=[InputRequired(_l("Choose the day of the decision."))],
    )
    objection_until = DateField(
        _l("Last day to object"),
        validators=[InputRequired(_l("Choose the last day to object."))],
    )
