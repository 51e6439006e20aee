"""Forms to change the tree of areas."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.forms import Form


class AddAreaForm(Form):
    """A new area under another."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("Write a name.")), Length(max=120)])
    kind = SelectField(_l("What sort of area is it?"))
    parent = SelectField(_l("Part of"), coerce=int)
    population = IntegerField(_l("Residents"), validators=[Optional(), NumberRange(min=0)])
    code = StringField(_l("Official code"), validators=[Optional(), Length(max=20)])
    valid_from = DateField(
        _l("Exists from"), validators=[InputRequired(_l("Choose the first day."))]
    )


class EndAreaForm(Form):
    """From when an area no longer exists."""

    valid_until = DateField(
        _l("No longer exists from"), validators=[InputRequired(_l("Choose the day."))]
    )
    reason = StringField(
        _l("Reason"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_l("Write the reason. Everybody can read it.")), Length(max=500)],
    )
