"""One stop of a wish's life, in words; drawn by ``templates/components/life_line.html``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from app.filters import day
from app.sentences.year import PHASE_NAMES
from app.towns import current_language
from participation.cycles.facts import DATED_PHASES
from participation.phases import Phase


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, with the language they wrote it in."""

    text: str
    language: str


@dataclass(frozen=True)
class Paid:
    """How an activity's money stands, in cents."""

    paid: int
    promised: int
    budget: int


@dataclass(frozen=True)
class LifeStep:
    """One stop: the house number of its phase, when, what, and where one can read on.

    ``at`` orders what has happened. ``state`` is ``done``, ``now`` or ``next``.
    """

    phase: Phase
    at: datetime | None
    when: str
    title: str
    text: str = ""
    state: str = "done"
    onward: tuple[str, str] | None = None
    quote: Quote | None = None
    paid: Paid | None = None

    @property
    def number(self) -> int:
        """The phase's house number in the year line."""
        return DATED_PHASES.index(self.phase) + 1


def happened(
    phase: Phase,
    at: datetime,
    title: str,
    *,
    text: str = "",
    link: tuple[str, str] | None = None,
    quote: Quote | None = None,
) -> LifeStep:
    """A stop that lies behind us."""
    when = gettext("%(day)s · %(phase)s", day=day(at), phase=PHASE_NAMES[phase])
    return LifeStep(phase, at, when, title, text=text, onward=link, quote=quote)


def quoted(text: str, language: str) -> Quote | None:
    """Somebody's words, or nothing where they wrote none."""
    return Quote(text, language) if text.strip() else None


def quoted_in(texts: Mapping[str, str]) -> Quote | None:
    """Words that exist in several languages, in the reader's where there are any."""
    wanted = current_language()
    for language in (wanted, *texts):
        if texts.get(language, "").strip():
            return Quote(texts[language], language)
    return None
