"""Forms of the booth, and what a posted ballot says."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from app.forms import Form
from voting.ballots import Choices
from voting.counting.model import MotionChoice
from voting.errors import InputRefusedError, Reason

_LONGEST_NUMBER = 6


class CodeForm(Form):
    """The voting code, as it is typed or as the QR brings it."""

    code = StringField(
        _l("Your voting code"),
        description=_l(
            "16 letters and numbers, in four groups. You find it in your letter or on your slip."
        ),
        validators=[InputRequired(_l("Type your voting code.")), Length(max=200)],
    )


class BallotPaperForm(Form):
    """Choosing, checking and casting; the choices themselves are read by ``read_choices``."""


class EmptyForm(Form):
    """A button."""


def read_choices(posted: Sequence[str]) -> Choices:
    """The posted choices as the vote reads them; whether the paper allows them is its to check.

    :raises InputRefusedError: ``option_unknown`` for what cannot be an option's number.
    """
    if len(posted) == 1 and posted[0] in tuple(MotionChoice):
        return MotionChoice(posted[0])
    numbers = []
    for text in posted:
        if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
            raise InputRefusedError(Reason.OPTION_UNKNOWN, number=0)
        numbers.append(int(text))
    return numbers
