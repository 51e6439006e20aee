"""Forms of the pages on people."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import DateField, EmailField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional

from app.auth.forms import LANGUAGES, area_choices
from app.forms import Form, choice
from app.sentences.people import ROLE_NAMES
from participation.areas.models import Area
from participation.organisations.models import Organisation
from participation.people.administration import STAFF_ROLE_CHOICES

NO_ORGANISATION = 0


class RoleFields:
    """Which role, where, and for which organisation."""

    role = SelectField(
        _l("Role"),
        choices=[
            choice("", _l("Choose a role")),
            *(choice(role.value, ROLE_NAMES[role]) for role in STAFF_ROLE_CHOICES),
        ],
        validators=[InputRequired(_l("Choose a role."))],
    )
    area = SelectField(
        _l("Area"),
        description=_l("The role also holds in everything below this area."),
        coerce=int,
        validators=[DataRequired(_l("Choose an area."))],
    )
    organisation = SelectField(
        _l("Organisation"),
        description=_l("Only for members of an executor."),
        coerce=int,
        validators=[Optional()],
    )


class InviteForm(RoleFields, Form):
    """Invites somebody into a role."""

    name = StringField(_l("Name"), validators=[DataRequired(_l("Write a name."))])
    email = EmailField(
        _l("E-mail address"), validators=[DataRequired(_l("Write the e-mail address."))]
    )
    language = SelectField(
        _l("Language of our messages"), choices=LANGUAGES, validators=[InputRequired()]
    )


class GiveRoleForm(RoleFields, Form):
    """Gives an account another role."""

    valid_from = DateField(
        _l("First day"), description=_l("Empty: from today."), validators=[Optional()]
    )
    valid_until = DateField(
        _l("First day on which it is over"),
        description=_l("Empty: until you end it."),
        validators=[Optional()],
    )


class ReasonForm(Form):
    """Asks for the reason of a step that touches somebody."""

    reason = TextAreaField(
        _l("Reason"),
        description=_l("It stays in the journal. Write no private details."),
        validators=[DataRequired(_l("Write the reason. It stays in the journal."))],
    )


def fill_choices(
    form: InviteForm | GiveRoleForm, areas: Iterable[Area], organisations: Iterable[Organisation]
) -> None:
    """Put the town's areas and organisations into a form."""
    form.area.choices = [choice("0", _l("Choose an area")), *area_choices(areas)]
    form.organisation.choices = [
        choice(str(NO_ORGANISATION), _l("None")),
        *(choice(str(o.id), o.name) for o in organisations),
    ]


def chosen_organisation(form: InviteForm | GiveRoleForm) -> int | None:
    """The organisation's id, or ``None``."""
    return form.organisation.data or None
