"""How a person's name and address are written down. Pure."""

from __future__ import annotations

from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

from participation.errors import InvalidInputError

MAX_NAME = 120


class NameDisplay(StrEnum):
    """What others may read."""

    FULL = "full"
    FIRST = "first"
    HIDDEN = "hidden"


def shown_name(name: str, display: NameDisplay) -> str:
    """The part of a name others see; empty when it is hidden."""
    if display is NameDisplay.HIDDEN:
        return ""
    return name if display is NameDisplay.FULL else name.split(maxsplit=1)[0]


def display_of(name: str, shown: str) -> NameDisplay:
    """Which choice led to ``shown``."""
    if not shown:
        return NameDisplay.HIDDEN
    return NameDisplay.FULL if shown == name else NameDisplay.FIRST


def clean_name(name: str) -> str:
    """A name without needless space.

    :raises InvalidInputError: it is empty or far too long.
    """
    cleaned = " ".join(name.split())
    if not cleaned:
        raise InvalidInputError("name_missing", field="name")
    if len(cleaned) > MAX_NAME:
        raise InvalidInputError("name_too_long", field="name", limit=MAX_NAME)
    return cleaned


def clean_email(email: str) -> str:
    """An e-mail address in the form it is stored in.

    :raises InvalidInputError: nobody could have this address.
    """
    try:
        found = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise InvalidInputError("email_wrong", field="email") from None
    return found.normalized
