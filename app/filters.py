"""How values look in a page: money, dates, numbers, texts in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, format_percent
from flask import Flask

from app.towns import current_language, current_time_zone
from participation.texts import in_language


def money(cents: int) -> str:
    """Cents as euros, whole euros without decimals: ``€ 1.250`` or ``1.250 €``."""
    return _money(cents, current_language())


def number(value: int) -> str:
    """A whole number with the language's separators."""
    return _number(value, current_language())


def percent(part: int, whole: int) -> str:
    """``part`` of ``whole`` with one decimal; nothing of nothing is 0."""
    share = Fraction(part, whole) if whole else Fraction(0)
    pattern = "#,##0.#\xa0%" if current_language() == "de" else "#,##0.#%"
    return str(format_percent(float(share), pattern, locale=current_language()))


def day(value: date | datetime) -> str:
    """A day written out: ``3 oktober 2026``."""
    return _day(_local_day(value), "d MMMM y", current_language())


def short_day(value: date | datetime) -> str:
    """A day without its year: ``3 okt.``."""
    return _day(_local_day(value), "d MMM", current_language())


def weekday(value: date | datetime) -> str:
    """A day with its weekday: ``zaterdag 3 oktober 2026``."""
    return _day(_local_day(value), "EEEE d MMMM y", current_language())


def moment(value: datetime) -> str:
    """Day and time in the town's zone."""
    local = value.astimezone(ZoneInfo(current_time_zone()))
    pattern = _in_order("d MMMM y, HH:mm", current_language())
    return str(format_datetime(local, pattern, locale=current_language()))


def clock_time(value: datetime) -> str:
    """Time of day in the town's zone."""
    local = value.astimezone(ZoneInfo(current_time_zone()))
    return str(format_time(local, "HH:mm", locale=current_language()))


def localised(texts: Mapping[str, str]) -> str:
    """A municipality's own text in the reader's language, else in one it has."""
    return in_language(texts, current_language())


def _local_day(value: date | datetime) -> date:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo(current_time_zone())).date()
    return value


# Formatting was 41 % of a list page's time; the same few amounts and dates come again and again.
@lru_cache(maxsize=4096)
def _money(cents: int, language: str) -> str:
    whole = cents % 100 == 0
    pattern = None
    if whole:
        pattern = "#,##0\xa0¤" if language == "de" else "¤\xa0#,##0;¤\xa0-#,##0"
        if language == "en":
            pattern = "¤#,##0"
    amount = cents // 100 if whole else cents / 100
    return str(format_currency(amount, "EUR", pattern, locale=language, currency_digits=not whole))


@lru_cache(maxsize=4096)
def _number(value: int, language: str) -> str:
    return str(format_decimal(value, locale=language))


@lru_cache(maxsize=4096)
def _day(value: date, pattern: str, language: str) -> str:
    return str(format_date(value, _in_order(pattern, language), locale=language))


def _in_order(pattern: str, language: str) -> str:
    # German writes a point after the day and a comma after the weekday.
    if language != "de":
        return pattern
    return pattern.replace("d ", "d. ").replace("EEEE ", "EEEE, ")


def register_filters(app: Flask) -> None:
    """Make every formatter a template filter."""
    for formatter in (
        money,
        number,
        percent,
        day,
        short_day,
        weekday,
        moment,
        clock_time,
        localised,
    ):
        app.add_template_filter(formatter)
