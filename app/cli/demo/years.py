"""One area's one year while it is played: starting it, moving its dates, going on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from app.cli.demo.facts import SlipFact, WindowFact, WishInYear, YearFact
from app.cli.demo.played import PlayedFact
from app.cli.demo.stage import Calendar, Stage
from participation.cycles import services
from participation.cycles.models import Cycle
from participation.meetings.models import Meeting
from participation.phases import Phase
from participation.plans.models import Activity
from participation.priorities.models import Priority
from participation.tasks.models import Offer, Task

if TYPE_CHECKING:
    from app.cli.demo.votes import Vote

ORDER = list(Phase)


@dataclass
class Year:
    """A year's facts, and the rows that have come of them so far."""

    fact: YearFact
    played: PlayedFact | None = None
    rows: list[Cycle] = field(default_factory=list)
    priorities: dict[str, Priority] = field(default_factory=dict)
    votes: list[Vote] = field(default_factory=list)
    activities: dict[str, Activity] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    offers: dict[tuple[str, str], Offer] = field(default_factory=dict)

    @property
    def cycle(self) -> Cycle:
        """Its row, once it was started."""
        return self.rows[0]

    @property
    def vote(self) -> Vote:
        """Its vote, once it was prepared."""
        return self.votes[0]

    @property
    def phase(self) -> Phase:
        """Where it stands today."""
        return Phase(self.fact.phase)

    def has_reached(self, phase: Phase) -> bool:
        """Whether it has come to this phase by today."""
        return ORDER.index(self.phase) >= ORDER.index(phase)

    def entry(self, wish: str) -> WishInYear:
        """What became of a wish in it."""
        return next(entry for entry in self.fact.wishes if entry.wish == wish)

    def entered_day(self, phase: Phase) -> int:
        """The day a phase began: work does when all of it has been given out."""
        if phase is Phase.CLOSED:
            return self.fact.closed_day or 0
        if phase is Phase.EXECUTE:
            decided = self.played.decided_day() if self.played is not None else None
            start_day = self.fact.window("execute").start_day
            return start_day if decided is None else max(start_day, decided + 1)
        return self.fact.window(phase.value).start_day


def start(stage: Stage, year: Year, now: datetime) -> None:
    """Begin preparing it, with the dates as they were planned then."""
    planned = {window.phase: window for window in year.fact.windows}
    for slip in reversed(year.fact.slips):
        planned[slip.before.phase] = slip.before
    year.rows.append(
        services.start_cycle(
            actor=stage.one_of("municipality"),
            area=stage.area(year.fact.area),
            plan_year=stage.calendar.base_year + year.fact.plan_year,
            rules=stage.rules,
            budget_cents=year.fact.budget_cents,
            windows={Phase(p): _window(stage.calendar, w) for p, w in planned.items()},
            now=now,
        )
    )


def move_dates(stage: Stage, year: Year, slip: SlipFact, now: datetime) -> None:
    """Change planned dates, with the reason everybody may read."""
    services.move_phase_dates(
        actor=stage.one_of("municipality"),
        cycle=year.cycle,
        phase=Phase(slip.after.phase),
        window=_window(stage.calendar, slip.after),
        reason=stage.say(slip.reason),
        now=now,
    )


def advance(stage: Stage, year: Year, phase: Phase, now: datetime) -> None:
    """Go on to a phase from the one before it."""
    services.advance_cycle(
        actor=stage.one_of("municipality"),
        cycle=year.cycle,
        expected=ORDER[ORDER.index(phase) - 1],
        now=now,
    )


def _window(calendar: Calendar, window: WindowFact) -> services.Window:
    return services.Window(calendar.date(window.start_day), calendar.date(window.end_day))
