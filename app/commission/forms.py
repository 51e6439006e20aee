"""Forms of the commission and of who drafts its election."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileAllowed, FileField
from wtforms import (
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from app.forms import Form
from app.towns import current_time_zone
from voting.elections.kinds import Channel, Kind
from voting.elections.models import Election, Option

MOST_SLIPS = 20_000
MOST_CARDS = 9
MOST_TOTAL = 1_000_000
# Beyond these no vote is held, and near the calendar's ends no moment can be reckoned.
_FIRST_YEAR, _LAST_YEAR = 2000, 2099


class TownTimeField(DateTimeLocalField):
    """A moment typed in the town's own time; ``data`` has that time zone."""

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        if self.data is None:
            return ""
        local: datetime = self.data.astimezone(ZoneInfo(current_time_zone()))
        return local.strftime("%Y-%m-%dT%H:%M")

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        if self.data is None:
            return
        if not _FIRST_YEAR <= self.data.year <= _LAST_YEAR:
            self.data = None
            raise ValidationError(self.gettext("Not a valid datetime value."))
        zone = ZoneInfo(current_time_zone())
        local = self.data.replace(tzinfo=zone)
        through_utc = local.astimezone(ZoneInfo("UTC")).astimezone(zone)
        if through_utc.replace(tzinfo=None) != self.data:
            self.data = None
            raise ValidationError(_l("The clock is put forward then; this time does not exist."))
        self.data = local


def moment_of(field: TownTimeField) -> datetime:
    """The moment in a field of a checked form."""
    if field.data is None:
        raise ValueError("read only after the form was checked")
    return field.data


class DraftForm(Form):
    """Who watches over the vote, and when it opens and closes."""

    commission = SelectMultipleField(
        _l("Members of the polling commission"),
        description=_l("At least two. Everything they do needs two of them."),
        coerce=int,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validators=[InputRequired(_l("Choose at least two members."))],
    )
    opens_at = TownTimeField(
        _l("Opens"), validators=[InputRequired(_l("Choose when the vote opens."))]
    )
    closes_at = TownTimeField(
        _l("Closes"), validators=[InputRequired(_l("Choose when the vote closes."))]
    )


class ConfirmForm(Form):
    """An act without questions."""


class ReasonForm(Form):
    """An act that everybody may ask the reason of."""

    reason = StringField(
        _l("Reason"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_l("Write the reason. Everybody can read it.")), Length(max=500)],
    )


class _Amounts(Form):
    slips = IntegerField(
        _l("Number of slips without a name"),
        description=_l("For voters without a letter and for the hall."),
        default=0,
        validators=[
            InputRequired(_l("Write a number, or 0.")),
            NumberRange(0, MOST_SLIPS, _l("Choose a number between 0 and 20,000.")),
        ],
    )
    tally_cards = IntegerField(
        _l("Number of cards for the ballot box"),
        description=_l("At least three. Any two of them open the box after closing."),
        default=3,
        validators=[
            InputRequired(_l("Write a number, 3 or more.")),
            NumberRange(3, MOST_CARDS, _l("Choose a number between 3 and 9.")),
        ],
    )


class RollForm(_Amounts):
    """The register's list to look at before anything is made of it."""

    roll = FileField(
        _l("List of voters"),
        description=_l(
            "A CSV file with the columns name, address, birth date and language."
            " Dates as 1950-03-31 or 31-3-1950."
        ),
        validators=[FileAllowed(["csv", "txt"], _l("Choose a CSV file."))],
    )


class PrepareForm(_Amounts):
    """The checked list on its way back, with the amounts."""

    packed = HiddenField(validators=[Length(max=8_000_000)])


class SecretField(StringField):
    """Shows what is being typed, because a card is long; never sends it back to a page."""

    def _value(self) -> str:
        return ""


class CountForm(Form):
    """Two key cards in one request."""

    card_one = SecretField(
        _l("First card"),
        description=_l("All signs on the card, for example: T1 7Q2M …"),
        validators=[InputRequired(_l("Type the first card.")), Length(max=200)],
    )
    card_two = SecretField(
        _l("Second card"), validators=[InputRequired(_l("Type the second card.")), Length(max=200)]
    )


class ReceiptForm(Form):
    """A receipt, as the booth showed it."""

    receipt = StringField(
        _l("Receipt"),
        description=_l("20 letters and numbers, as the last page of the vote showed them."),
        validators=[InputRequired(_l("Type the receipt.")), Length(max=100)],
    )


def totals_form(election: Election, options: Sequence[Option]) -> type[Form]:
    """A form with one number for the cards given out and one for each possible answer."""

    def count(label: Any) -> IntegerField:
        rules = [
            InputRequired(_l("Write a number, or 0.")),
            NumberRange(0, MOST_TOTAL, _l("This number is not possible.")),
        ]
        return IntegerField(label, validators=rules)

    fields: dict[str, Any] = {"issued": count(_l("Cards given out"))}
    if election.kind is Kind.MOTION:
        labels = {"for": _l("For"), "against": _l("Against"), "abstain": _l("Abstained")}
        fields |= {f"total_{name}": count(label) for name, label in labels.items()}
    else:
        fields |= {f"total_{o.reference}": count(_option_label(o)) for o in options}
    return type("TotalsForm", (Form,), fields)


def totals_of(form: Form) -> dict[str, int]:
    """The numbers of a ``totals_form``, by answer."""
    prefix = "total_"
    return {
        field.name.removeprefix(prefix): field.data
        for field in form
        if field.name.startswith(prefix)
    }


def is_counted_by_hand(election: Election) -> bool:
    """Whether hands or cards in a room are counted instead of a box."""
    return Channel.CARDS.value in election.channels


def _option_label(option: Option) -> str:
    title = next((text for text in option.title.values() if text), "")
    return f"{option.number}. {title}"
