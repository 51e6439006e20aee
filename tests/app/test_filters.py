"""How a day is written in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask, g

from app.filters import moment, short_day, weekday


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("nl", ["zaterdag 3 oktober 2026", "3 okt", "3 oktober 2026, 20:00"]),
        ("de", ["Samstag, 3. Oktober 2026", "3. Okt.", "3. Oktober 2026, 20:00"]),
        ("en", ["Saturday 3 October 2026", "3 Oct", "3 October 2026, 20:00"]),
    ],
)
def test_days_are_written_as_the_language_writes_them(language: str, written: list[str]) -> None:
    with Flask("days").app_context():
        g.lang = language
        at_eight = datetime(2026, 10, 3, 18, tzinfo=UTC)
        day = date(2026, 10, 3)
        assert [weekday(day), short_day(day), moment(at_eight)] == written
