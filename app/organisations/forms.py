"""The form that adds an organisation."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Email, InputRequired, Length

from app.forms import Form, choice
from app.sentences.work import LEGAL_FORMS, ORGANISATION_KINDS


class OrganisationForm(Form):
    """What everybody may read of an organisation, and where it can be reached."""

    name = StringField(_l("Name"), validators=[InputRequired(_l("Write a name.")), Length(max=200)])
    kind = SelectField(
        _l("What sort of organisation is it?"),
        choices=[choice(kind.value, name) for kind, name in ORGANISATION_KINDS.items()],
        validators=[InputRequired(_l("Choose one answer."))],
    )
    legal_form = SelectField(
        _l("Legal form"),
        description=_l("A group without a legal form can only do small tasks."),
        choices=[choice(form.value, name) for form, name in LEGAL_FORMS.items()],
        validators=[InputRequired(_l("Choose one answer."))],
    )
    description = TextAreaField(
        _l("What does it do?"),
        description=_l("Everybody can read this. Do not name persons."),
        validators=[Length(max=2000)],
    )
    contact_email = StringField(
        _l("E-mail address"),
        description=_l("We write here about offers. It is not shown to others."),
        validators=[
            InputRequired(_l("Write an e-mail address.")),
            Email(_l("Write an e-mail address.")),
        ],
    )
