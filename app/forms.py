"""What all forms share: euros typed as people type them, refusals shown where they belong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, ValidationError
from wtforms.fields import choices

from app.errors import sentence_for
from participation.errors import (
    BlockedError,
    ConflictError,
    InvalidInputError,
    ParticipationError,
    PhaseClosedError,
)
from voting.errors import VotingError

_EUROS = re.compile(r"^(?:€|EUR)?\s*(\d{1,3}(?:[.\s\u00a0]\d{3})+|\d+)(?:,(\d{2}))?(?:,-)?\s*€?$")
MAX_CENTS = 100_000_000_00


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """Base of every form; carries the CSRF token."""


class EuroField(StringField):
    """An amount typed as ``1250``, ``1.250`` or ``1.250,50``; ``data`` is integer cents."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        if self.data is None:
            return ""
        euros, cents = divmod(int(self.data), 100)
        return f"{euros},{cents:02}" if cents else str(euros)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = str(valuelist[0]).strip() if valuelist else ""
        if not text:
            self.data = None
            return
        found = _EUROS.match(text)
        if found is None:
            self.data = None
            raise ValidationError(_l("Write the amount in euros, for example 1250 or 1.250,50."))
        whole = int(re.sub(r"\D", "", found.group(1)))
        self.data = whole * 100 + int(found.group(2) or 0)
        if self.data > MAX_CENTS:
            self.data = None
            raise ValidationError(_l("This amount is too high."))


def text_of(field: StringField) -> str:
    """What was typed into a text field; empty when nothing was sent."""
    return field.data or ""


def day_of(field: DateField) -> date:
    """The day of a required date field of a form that was found valid."""
    if field.data is None:
        raise ValueError(f"{field.name} is not required, or the form was not validated")
    return field.data


def whole_of(field: IntegerField) -> int:
    """The number of a required field of a form that was found valid."""
    if field.data is None:
        raise ValueError(f"{field.name} is not required, or the form was not validated")
    return int(field.data)


def choice(value: str, label: object) -> Any:
    """One answer of a select or radio field; plain tuples are deprecated by WTForms."""
    # The published types are older than the library.
    return choices.SelectChoice(value, label)  # type: ignore[attr-defined]


@contextmanager
def refusals_on(form: Form) -> Iterator[None]:
    """Show what the domain refuses at the field it belongs to; the form keeps what was typed."""
    try:
        yield
    except (InvalidInputError, ConflictError, PhaseClosedError, BlockedError, VotingError) as error:
        _show(form, error)


def _show(form: Form, error: ParticipationError | VotingError) -> None:
    name = error.params.get("field")
    sentence = sentence_for(error)
    if isinstance(name, str) and name in form:
        field = form[name]
        field.errors = [*field.errors, sentence]
    else:
        form.form_errors = [*form.form_errors, sentence]
