"""Forms of meetings. Days and times are the town's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import Email, InputRequired, Length, NumberRange, Optional

from app.forms import Form, choice, text_of
from app.sentences.meetings import KINDS
from participation.cycles.models import Cycle
from participation.meetings.content import (
    MINUTES_LENGTH,
    MOST_SEATS,
    NAME_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
    MeetingDetails,
)
from participation.meetings.models import Meeting
from participation.meetings.states import MeetingKind
from participation.people.models import Person
from participation.texts import LocalisedText

MOST_PEOPLE = 100_000
_NOT_NEGATIVE = NumberRange(0, MOST_PEOPLE, _l("Write a number from 0 on."))


class MeetingForm(Form):
    """Everything one must know to come."""

    key = HiddenField(validators=[Length(max=40)])
    kind = SelectField(
        _l("What sort of meeting is it?"),
        choices=[choice(kind.value, name) for kind, name in KINDS.items()],
        validators=[InputRequired(_l("Choose one of the answers."))],
    )
    title = StringField(
        _l("Title"),
        validators=[InputRequired(_l("Write a short title.")), Length(max=TITLE_LENGTH)],
    )
    day = DateField(_l("Day"), validators=[InputRequired(_l("Choose the day."))])
    start_time = TimeField(_l("Begins at"), validators=[InputRequired(_l("Write when it begins."))])
    end_time = TimeField(_l("Ends at"), validators=[InputRequired(_l("Write when it ends."))])
    place = StringField(
        _l("Place"),
        description=_l("Name and address. For an online meeting, the link."),
        validators=[InputRequired(_l("Write where it is.")), Length(max=300)],
    )
    is_step_free = BooleanField(_l("One can get in without steps"))
    has_hearing_loop = BooleanField(_l("There is a hearing loop"))
    has_interpreter = BooleanField(_l("There is an interpreter"))
    access_notes = TextAreaField(
        _l("More about access"),
        description=_l("For example: the door is at the back, sign language on request."),
        validators=[Length(max=TEXT_LENGTH)],
    )
    capacity = IntegerField(
        _l("Number of seats"),
        description=_l("Leave this empty when nobody has to count."),
        validators=[
            Optional(),
            NumberRange(1, MOST_PEOPLE, _l("Write a number from 1 on.")),
        ],
    )
    agenda = TextAreaField(
        _l("Agenda"),
        description=_l("One line for each item, with its time."),
        validators=[Length(max=TEXT_LENGTH)],
    )
    cycle = SelectField(_l("Plan year"))

    def offer(self, cycles: Iterable[Cycle]) -> None:
        """Fill in the years it can belong to."""
        self.cycle.choices = [
            choice("", _l("No plan year")),
            *(choice(str(cycle.id), str(cycle.plan_year)) for cycle in cycles),
        ]

    def details(self, language: str, zone: ZoneInfo, before: Meeting | None) -> MeetingDetails:
        """What was typed, in this language beside what stands there in others."""
        day, starts, ends = self.day.data, self.start_time.data, self.end_time.data
        if day is None or starts is None or ends is None:
            raise ValueError("the form was not validated")
        return MeetingDetails(
            kind=MeetingKind(self.kind.data),
            title=_beside(before.title if before else {}, language, text_of(self.title)),
            starts_at=_moment(day, starts, zone),
            ends_at=_moment(day, ends, zone),
            place=text_of(self.place),
            agenda=_beside(before.agenda if before else {}, language, text_of(self.agenda)),
            is_step_free=bool(self.is_step_free.data),
            has_hearing_loop=bool(self.has_hearing_loop.data),
            has_interpreter=bool(self.has_interpreter.data),
            access_notes=_beside(
                before.access_notes if before else {}, language, text_of(self.access_notes)
            ),
            capacity=self.capacity.data,
        )


def values_of(meeting: Meeting, language: str, zone: ZoneInfo) -> dict[str, Any]:
    """A meeting as its form shows it."""
    starts, ends = meeting.starts_at.astimezone(zone), meeting.ends_at.astimezone(zone)
    return {
        "kind": meeting.kind.value,
        "title": meeting.title.get(language, ""),
        "day": starts.date(),
        "start_time": starts.time(),
        "end_time": ends.time(),
        "place": meeting.place,
        "is_step_free": meeting.is_step_free,
        "has_hearing_loop": meeting.has_hearing_loop,
        "has_interpreter": meeting.has_interpreter,
        "access_notes": meeting.access_notes.get(language, ""),
        "capacity": meeting.capacity,
        "agenda": meeting.agenda.get(language, ""),
        "cycle": str(meeting.cycle_id or ""),
    }


class SignUpForm(Form):
    """Somebody will come. Nothing but the number of people is needed."""

    token = HiddenField(validators=[InputRequired(), Length(max=100)])
    seats = IntegerField(
        _l("How many people come?"),
        default=1,
        validators=[
            InputRequired(_l("Write how many people come.")),
            NumberRange(1, MOST_SEATS, _l("Write a number from 1 to 10.")),
        ],
    )
    name = StringField(_l("Name"), validators=[Length(max=NAME_LENGTH)])
    email = EmailField(
        _l("E-mail address"),
        description=_l("Then we write to you when something changes, and send the minutes."),
        validators=[
            Optional(),
            Email(_l("This is not an e-mail address.")),
            Length(max=NAME_LENGTH),
        ],
    )


class CancelForm(Form):
    """Call a meeting off."""

    reason = StringField(
        _l("Reason"),
        description=_l("Everybody can read this."),
        validators=[InputRequired(_l("Write the reason. Everybody can read it.")), Length(max=500)],
    )


class AttendanceForm(Form):
    """How many people came."""

    count = IntegerField(
        _l("How many people are there?"),
        validators=[InputRequired(_l("Write how many people are there.")), _NOT_NEGATIVE],
    )


class MinutesForm(Form):
    """What was said and decided."""

    minutes = TextAreaField(
        _l("Minutes"),
        description=_l("Do not name persons who have not agreed to it."),
        validators=[InputRequired(_l("Write the minutes first.")), Length(max=MINUTES_LENGTH)],
    )


class MotionForm(Form):
    """Who counts beside the one who begins."""

    second_teller = RadioField(
        _l("Who is the second teller?"), validators=[InputRequired(_l("Choose the second teller."))]
    )

    def offer(self, people: Iterable[Person]) -> None:
        """Fill in who may count."""
        self.second_teller.choices = [choice(str(p.id), p.name) for p in people]


class CardsForm(Form):
    """What one teller counted."""

    issued = IntegerField(
        _l("Cards given out"),
        validators=[InputRequired(_l("Write how many people got cards.")), _NOT_NEGATIVE],
    )
    for_ = IntegerField(
        _l("For"),
        name="for",
        validators=[InputRequired(_l("Write how many are for it.")), _NOT_NEGATIVE],
    )
    against = IntegerField(
        _l("Against"),
        validators=[InputRequired(_l("Write how many are against it.")), _NOT_NEGATIVE],
    )
    abstain = IntegerField(
        _l("Abstain"),
        validators=[InputRequired(_l("Write how many abstain.")), _NOT_NEGATIVE],
    )


class ButtonForm(Form):
    """A step without questions: only the token."""


def _moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, tzinfo=zone)


def _beside(texts: LocalisedText, language: str, text: str) -> LocalisedText:
    return {**texts, language: text}
