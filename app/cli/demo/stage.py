"""What every act of the play shares: the town, its people and places, the calendar, the clock.

Owns the way from the facts' names and days to rows and moments.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.cli.demo.facts import TownFact
from app.clock import set_clock_shift
from database import db
from participation.areas.models import Area, Municipality
from participation.organisations.models import Organisation
from participation.people import queries as people
from participation.people.models import Person
from participation.permissions import Actor, Subject
from participation.rules.content import Rules
from participation.texts import LocalisedText, in_language
from voting.peppers import PepperStore

# When something happens, and what.
Dated = tuple[datetime, Callable[[datetime], None]]


@dataclass(frozen=True)
class Calendar:
    """Days counted from today, as moments in the town's own time zone."""

    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    @property
    def base_year(self) -> int:
        """The plan year most of whose work lies around today."""
        return (self.today - timedelta(days=143)).year

    def date(self, day: int) -> date:
        """The date that many days after today."""
        return self.today + timedelta(days=day)

    def at(self, day: int, hour: int = 10, minute: int = 0) -> datetime:
        """A moment of that day, in UTC."""
        local = datetime.combine(self.date(day), time(hour, minute), self.zone)
        return local.astimezone(UTC)

    def past(self, day: int, hour: int = 10, minute: int = 0) -> datetime:
        """The same, but never ahead of the present: what is told has happened."""
        return min(self.at(day, hour, minute), self.now)


@dataclass(frozen=True)
class OpenVote:
    """A vote that runs today: codes nobody has used, and the cards that open its count."""

    area: str
    election_id: int
    closes_at: datetime
    codes: Sequence[str]
    cards: Sequence[str]


@dataclass
class Stage:
    """A town while its demo is being played."""

    facts: TownFact
    calendar: Calendar
    peppers: PepperStore
    town: Municipality
    rules: Rules
    areas: dict[str, Area] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    themes: dict[str, int] = field(default_factory=dict)
    functions: dict[str, int] = field(default_factory=dict)
    residents_of: dict[str, list[str]] = field(default_factory=dict)
    open_votes: list[OpenVote] = field(default_factory=list)
    _actors: dict[str, Actor] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """Somebody of the facts with all their roles, as after signing in."""
        if name not in self._actors:
            today = self.calendar.today
            self._actors[name] = people.load_actor(
                self.people[name], with_staff_roles=True, on=today
            )
        return self._actors[name]

    def staff_of(self, role: str, area: str = "") -> list[str]:
        """Who holds a role: first on the area itself, then on the whole town."""
        own = [p.id for p in self.facts.staff if p.role == role and p.area == area]
        return own + [p.id for p in self.facts.staff if p.role == role and p.area == self.facts.id]

    def one_of(self, role: str, turn: int = 0) -> Actor:
        """One of those who hold a role on the whole town; ``turn`` spreads the work."""
        holders = self.staff_of(role)
        return self.actor(holders[turn % len(holders)])

    def area(self, name: str) -> Subject:
        """An area as permissions see it."""
        area = self.areas[name]
        return Subject(municipality_id=area.municipality_id, area_path=tuple(area.path))

    def say(self, texts: LocalisedText) -> str:
        """A text in the town's language."""
        return in_language(texts, self.facts.language)


def turn_clock_to(moment: datetime) -> None:
    """Let the database believe it is ``moment``, as far as this transaction sees."""
    real: datetime = db.session.scalars(select(func.clock_timestamp())).one()
    set_clock_shift(moment - real)
