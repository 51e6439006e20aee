"""Small builders with keyword defaults: a town, areas, people, a year. Through services only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from database import db
from participation.areas import queries as area_queries
from participation.areas import services as area_services
from participation.areas.models import Area, AreaKind, Municipality
from participation.cycles import services as cycle_services
from participation.cycles.models import Cycle
from participation.people.models import Person, PersonState, RoleAssignment
from participation.permissions import Actor, Grant, Role
from participation.phases import Phase
from participation.rules.content import Criterion, ReviewQuestion, Rules

NOW = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)

RULES = Rules(
    criteria=(
        Criterion("law", {"nl": "Het mag.", "de": "Es ist erlaubt.", "en": "It is allowed."}),
        Criterion("cost", {"nl": "Niet te duur.", "de": "Nicht zu teuer.", "en": "Not too dear."}),
    ),
    review_questions=(
        ReviewQuestion("rq1", "yes_partly_no", {"en": "Was the goal reached?"}),
        ReviewQuestion("rq2", "text", {"en": "How do we see that?"}),
        ReviewQuestion("rq7", "outcome", {"en": "What do we do next year?"}),
    ),
    adopting_body={"nl": "College van B en W", "de": "Verwaltungsvorstand", "en": "Executive"},
)


def make_town(
    *, slug: str = "lindestad", name: str = "Lindestad", **changes: object
) -> Municipality:
    """A Dutch town with its root area."""
    new = area_services.NewMunicipality(
        name=name,
        slug=slug,
        country="NL",
        default_language="nl",
        contact_email="buurt@example.org",
        time_zone="Europe/Amsterdam",
        welcome={"nl": "Welkom.", "de": "Willkommen.", "en": "Welcome."},
        is_example=True,
    )
    return area_services.found_municipality(new=replace(new, **changes), now=NOW)  # type: ignore[arg-type]


def make_actor(town: Municipality, *roles: Role, area: Area | None = None) -> Actor:
    """A person with roles on an area (default: the whole town), signed in with second factor."""
    person = make_person(town, name="-".join(roles) or "visitor")
    where = area or area_queries.root_area(town.id)
    for role in roles:
        db.session.add(
            RoleAssignment(
                person_id=person.id, role=role, area_id=where.id, valid_from=date(2020, 1, 1)
            )
        )
    db.session.flush()
    grants = tuple(Grant(role=role, area_id=where.id) for role in roles)
    return Actor(person_id=person.id, municipality_id=town.id, grants=grants)


def make_person(town: Municipality, *, name: str = "Fatma de Boer", email: str = "") -> Person:
    """An active account."""
    person = Person(
        municipality_id=town.id,
        email=email or f"{name.lower().replace(' ', '.')}.{_next_number()}@example.org",
        name=name,
        shown_name=name,
        language="nl",
        state=PersonState.ACTIVE,
        created_at=NOW,
    )
    db.session.add(person)
    db.session.flush()
    return person


def make_area(
    town: Municipality,
    *,
    name: str = "Lindekwartier",
    kind: AreaKind = AreaKind.NEIGHBOURHOOD,
    parent: Area | None = None,
) -> Area:
    """A neighbourhood below the town."""
    return area_services.add_area(
        actor=make_actor(town, Role.MUNICIPALITY),
        parent=parent or area_queries.root_area(town.id),
        kind=kind,
        name=name,
        valid_from=date(2020, 1, 1),
        population=9640,
        now=NOW,
    )


def make_cycle(
    area: Area,
    *,
    plan_year: int = 2027,
    phase: Phase = Phase.PREPARATION,
    budget_cents: int = 45_000_00,
    rules: Rules = RULES,
) -> Cycle:
    """A plan year; ``phase`` is set directly, for tests that begin in its middle."""
    cycle = cycle_services.start_cycle(
        actor=make_actor(area.municipality, Role.MUNICIPALITY),
        area=area_queries.subject_of(area),
        plan_year=plan_year,
        rules=rules,
        budget_cents=budget_cents,
        windows=cycle_services.default_windows(plan_year),
        now=NOW,
    )
    cycle.phase = phase
    db.session.flush()
    return cycle


_numbers = iter(range(1, 10**9))


def _next_number() -> int:
    return next(_numbers)
