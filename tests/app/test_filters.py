"""How a day and a share are written in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from flask import Flask, g

from app.filters import moment, percent, short_day, weekday


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


@pytest.mark.parametrize(
    ("language", "written"), [("nl", "24,6%"), ("de", "24,6\xa0%"), ("en", "24.6%")]
)
def test_a_share_is_written_as_the_language_writes_it(language: str, written: str) -> None:
    with Flask("shares").app_context():
        g.lang = language
        assert percent(64, 260) == written
