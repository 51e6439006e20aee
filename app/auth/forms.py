"""Forms of signing up, signing in and one's own account."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import DataRequired, InputRequired

from app.forms import Form, choice
from app.towns import LANGUAGE_NAMES
from participation.areas.models import Area
from participation.people.names import NameDisplay
from participation.people.passwords import MIN_LENGTH

LANGUAGES = [choice(code, name) for code, name in LANGUAGE_NAMES.items()]
DISPLAY_NAMES = {
    NameDisplay.FULL: _l("My whole name"),
    NameDisplay.FIRST: _l("Only my first name"),
    NameDisplay.HIDDEN: _l("No name: others see “a resident”"),
}


class SignInForm(Form):
    """Asks for a link."""

    email = EmailField(
        _l("Your e-mail address"), validators=[DataRequired(_l("Write your e-mail address."))]
    )


class ProfileFields:
    """What signing up and the account page both ask."""

    name = StringField(_l("Your name"), validators=[DataRequired(_l("Write your name."))])
    display = RadioField(
        _l("What others see of your name"),
        choices=[choice(display.value, name) for display, name in DISPLAY_NAMES.items()],
        default=NameDisplay.FULL.value,
        validators=[InputRequired(_l("Choose what others see of your name."))],
    )
    area = SelectField(
        _l("Your neighbourhood"),
        coerce=int,
        validators=[DataRequired(_l("Choose your neighbourhood."))],
    )


class SignUpForm(ProfileFields, Form):
    """Asks for an account as a resident."""

    email = EmailField(
        _l("Your e-mail address"),
        description=_l("We send you a link. You need no password."),
        validators=[DataRequired(_l("Write your e-mail address."))],
    )
    old_enough = BooleanField("", validators=[DataRequired(_l("You must be old enough."))])


class AccountForm(ProfileFields, Form):
    """Changes one's own account."""

    language = SelectField(
        _l("Language of our messages to you"), choices=LANGUAGES, validators=[InputRequired()]
    )


class EmailForm(Form):
    """Asks for the new address."""

    email = EmailField(
        _l("Your new e-mail address"),
        description=_l("We send a link to this address. Open it to confirm."),
        validators=[DataRequired(_l("Write your e-mail address."))],
    )


class PasswordSignInForm(Form):
    """First step of staff."""

    email = EmailField(
        _l("Your e-mail address"), validators=[DataRequired(_l("Write your e-mail address."))]
    )
    password = PasswordField(
        _l("Your password"), validators=[DataRequired(_l("Write your password."))]
    )


class CodeForm(Form):
    """Second step of staff."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits from the app on your phone."),
        validators=[DataRequired(_l("Write the code."))],
    )


class NewPasswordForm(Form):
    """Sets a password by a link."""

    password = PasswordField(
        _l("New password"),
        description=_l(
            "At least %(limit)s characters. A few words in a row are easy to remember.",
            limit=MIN_LENGTH,
        ),
        validators=[DataRequired(_l("Write a new password."))],
    )


class ChangePasswordForm(NewPasswordForm):
    """Changes one's own password."""

    old_password = PasswordField(
        _l("Your present password"), validators=[DataRequired(_l("Write your present password."))]
    )


def area_choices(areas: Iterable[Area]) -> list[Any]:
    """Neighbourhoods to choose from."""
    return [choice(str(area.id), area.name) for area in areas]
