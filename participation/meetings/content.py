"""What is said of a meeting and of somebody who will come, each checked. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime

from participation.errors import InvalidInputError
from participation.meetings.states import MeetingKind
from participation.texts import LocalisedText

TITLE_LENGTH = 160
TEXT_LENGTH = 10_000
MINUTES_LENGTH = 50_000
NAME_LENGTH = 120
MOST_SEATS = 10
LONGEST_DAYS = 3


@dataclass(frozen=True)
class MeetingDetails:
    """Everything one must know to come. Moments carry a time zone; ``None``: no limit of seats."""

    kind: MeetingKind
    title: LocalisedText
    starts_at: datetime
    ends_at: datetime
    place: str
    agenda: LocalisedText = field(default_factory=dict)
    is_step_free: bool = False
    has_hearing_loop: bool = False
    has_interpreter: bool = False
    access_notes: LocalisedText = field(default_factory=dict)
    capacity: int | None = None


@dataclass(frozen=True)
class Visitor:
    """Somebody who will come; name and e-mail address are theirs to give or not."""

    language: str
    name: str = ""
    email: str = ""
    seats: int = 1


def checked_details(details: MeetingDetails) -> MeetingDetails:
    """Texts without blanks around them and without empty languages.

    :raises InvalidInputError: ``field`` names what is missing or cannot be.
    """
    title = _texts(details.title, "title", TITLE_LENGTH)
    if not title:
        raise InvalidInputError("title_missing", field="title")
    if not details.place.strip():
        raise InvalidInputError("place_missing", field="place")
    if details.ends_at <= details.starts_at:
        raise InvalidInputError("meeting_ends_before_start", field="end_time")
    if (details.ends_at - details.starts_at).days > LONGEST_DAYS:
        raise InvalidInputError("meeting_too_long", field="end_time")
    if details.capacity is not None and details.capacity < 1:
        raise InvalidInputError("capacity_too_small", field="capacity", taken=0)
    return replace(
        details,
        title=title,
        place=details.place.strip(),
        agenda=_texts(details.agenda, "agenda", TEXT_LENGTH),
        access_notes=_texts(details.access_notes, "access_notes", TEXT_LENGTH),
    )


def checked_visitor(visitor: Visitor) -> Visitor:
    """Name and address without blanks around them.

    :raises InvalidInputError: too many seats, or a text is too long.
    """
    if not 1 <= visitor.seats <= MOST_SEATS:
        raise InvalidInputError("seats_out_of_range", field="seats", max=MOST_SEATS)
    name, email = visitor.name.strip(), visitor.email.strip()
    for text, field_name in ((name, "name"), (email, "email")):
        if len(text) > NAME_LENGTH:
            raise InvalidInputError("text_too_long", field=field_name, max=NAME_LENGTH)
    return replace(visitor, name=name, email=email)


def checked_minutes(text: str) -> str:
    """The minutes without blanks around them.

    :raises InvalidInputError: too long.
    """
    if len(text) > MINUTES_LENGTH:
        raise InvalidInputError("text_too_long", field="minutes", max=MINUTES_LENGTH)
    return text.strip()


def _texts(texts: LocalisedText, name: str, most: int) -> LocalisedText:
    kept = {language: text.strip() for language, text in texts.items() if text.strip()}
    if any(len(text) > most for text in kept.values()):
        raise InvalidInputError("text_too_long", field=name, max=most)
    return kept
