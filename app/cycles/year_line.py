"""The year as eight houses: which phase is when, what is past, where we are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date, format_interval

from app.sentences.year import PHASE_NAMES
from app.towns import current_language
from participation.cycles.facts import DATED_PHASES
from participation.cycles.models import Cycle
from participation.cycles.services import default_windows
from participation.phases import Phase

_ORDER = list(Phase)


@dataclass(frozen=True)
class Stop:
    """One house: its number, name, dates in words, and ``done``, ``now`` or ``next``."""

    number: int
    phase: Phase
    name: str
    dates: str
    state: str


def year_line_of(cycle: Cycle) -> list[Stop]:
    """The eight phases of a cycle with their dates."""
    stops = []
    for number, phase in enumerate(DATED_PHASES, start=1):
        window = cycle.window(phase)
        dates = in_words(window.planned_start, window.planned_end) if window else ""
        stops.append(Stop(number, phase, str(PHASE_NAMES[phase]), dates, _state(cycle, phase)))
    return stops


def usual_year() -> list[Stop]:
    """The eight phases with their usual dates, for pages that explain the year."""
    windows = default_windows(2)
    return [
        Stop(
            number,
            phase,
            str(PHASE_NAMES[phase]),
            in_words(windows[phase].start, windows[phase].end),
            "done",
        )
        for number, phase in enumerate(DATED_PHASES, start=1)
    ]


def in_words(start: date, end: date) -> str:
    """Two days as a short span, ``1 – 21 okt``; whole months by their names."""
    language = current_language()
    if start.year != end.year:
        pattern = "MMM" if start.month != end.month else "MMM y"
        months = [format_date(day, pattern, locale=language) for day in (start, end)]
        return " – ".join(months)
    return str(format_interval(start, end, skeleton="MMMd", locale=language))


def _state(cycle: Cycle, phase: Phase) -> str:
    if phase is cycle.phase:
        return "now"
    return "done" if _ORDER.index(phase) < _ORDER.index(cycle.phase) else "next"
