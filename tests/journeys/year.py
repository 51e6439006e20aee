"""The year that a journey plays: its people, its wishes, its dates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from tests.journeys.installation import Installation
from tests.journeys.people import Household, Person
from tests.journeys.starting import ADMIN_EMAIL, Town

BUDGET_EUROS = "10000"


@dataclass(frozen=True)
class Words:
    """What people of one language write."""

    tables: str
    ramp: str
    bridge: str
    story: str
    place: str
    meeting: str
    executor: str
    reason: str


WORDS = {
    "nl": Words(
        tables="Samen eten op woensdag",
        ramp="Verlichting langs het havenpad",
        bridge="Een nieuwe brug over de ringweg",
        story="Veel mensen in de buurt wonen alleen. Dit brengt ons bij elkaar.",
        place="Buurthuis aan de kade",
        meeting="Buurtavond over het plan",
        executor="Bewonersvereniging Havenkwartier",
        reason="Zo past het het beste bij de buurt.",
    ),
    "de": Words(
        tables="Gemeinsam essen am Mittwoch",
        ramp="Beleuchtung am Hafenweg",
        bridge="Eine neue Brücke über den Ring",
        story="Viele Menschen im Viertel leben allein. Das bringt uns zusammen.",
        place="Bürgerhaus am Kai",
        meeting="Quartiersabend zum Plan",
        executor="Bewohnerverein Hafenviertel",
        reason="So passt es am besten zum Viertel.",
    ),
}


@dataclass
class Year:
    """One neighbourhood's year as it is played; ids and addresses are filled in as they come."""

    town: Town
    house: Installation
    household: Household
    words: Words
    number: int
    staff: dict[str, Person] = field(default_factory=dict)
    residents: list[Person] = field(default_factory=list)
    cycle_id: int = 0
    priorities: dict[str, int] = field(default_factory=dict)
    election_id: int = 0
    codes: list[str] = field(default_factory=list)
    cards: list[str] = field(default_factory=list)
    meeting: str = ""
    task_id: int = 0
    next_cycle_id: int = 0

    @property
    def admin(self) -> Person:
        return self.staff["admin"]

    @property
    def area_slug(self) -> str:
        return self.town.neighbourhood.lower()

    @property
    def cycle(self) -> str:
        """Where the year's pages begin."""
        return f"/years/{self.cycle_id}"

    @property
    def election(self) -> str:
        """Where the vote's pages begin."""
        return f"/elections/{self.election_id}"

    def let_it_be(
        self, month: int, day: int, hour: int = 12, minute: int = 0, *, plan_year: bool = False
    ) -> None:
        """Move the clock into the year before, or into the plan year itself."""
        year = self.number if plan_year else self.number - 1
        self.house.move_clock(datetime(year, month, day, hour, minute))  # noqa: DTZ001  town's own

    def advance(self, cycle_id: int = 0) -> None:
        """The municipality begins the next phase."""
        cycle = cycle_id or self.cycle_id
        self.admin.goto(f"/years/{cycle}/steer")
        self.admin.submit(f"/years/{cycle}/advance")


def year_of(town: Town, house: Installation, household: Household) -> Year:
    """A year far enough ahead that all its phases are still to come."""
    admin = household.person(town.admin_name, ADMIN_EMAIL)
    year = Year(town, house, household, WORDS[town.language], house.now().year + 2)
    year.staff["admin"] = admin
    return year
