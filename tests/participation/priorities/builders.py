"""Builders of priorities: a year with people around it, and proposals in any state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from database import db
from participation.areas.models import Area, Municipality
from participation.cycles.models import Cycle
from participation.permissions import Actor, Role
from participation.phases import Phase
from participation.priorities import services
from participation.priorities.content import How, What, Where
from participation.priorities.models import CheckOutcome, Priority, Route
from participation.rules import services as rules_services
from participation.rules.content import Rules
from tests.builders import NOW, RULES, make_actor, make_area, make_cycle, make_town


@dataclass
class Neighbourhood:
    """A year in one area with everybody a priority meets."""

    town: Municipality
    area: Area
    cycle: Cycle
    theme_id: int
    function_id: int
    resident: Actor
    neighbour: Actor
    facilitator: Actor
    staff: Actor
    municipality: Actor

    def in_phase(self, phase: Phase) -> None:
        self.cycle.phase = phase
        db.session.flush()


def make_neighbourhood(
    *, phase: Phase = Phase.COLLECT, rules: Rules = RULES, slug: str = "lindestad", **changes: int
) -> Neighbourhood:
    """A town with one area whose year is in ``phase``."""
    town = make_town(slug=slug, name=slug.title())
    theme = rules_services.add_theme(
        municipality_id=town.id, code="living", name={"nl": "Wonen", "en": "Housing"}, position=1
    )
    function = rules_services.add_function(
        municipality_id=town.id, code="meet", name={"nl": "Ontmoeting", "en": "Meeting"}, position=1
    )
    area = make_area(town)
    return Neighbourhood(
        town=town,
        area=area,
        cycle=make_cycle(area, phase=phase, rules=replace(rules, **changes)),
        theme_id=theme.id,
        function_id=function.id,
        resident=make_actor(town, Role.RESIDENT, area=area),
        neighbour=make_actor(town, Role.RESIDENT, area=area),
        facilitator=make_actor(town, Role.FACILITATOR, area=area),
        staff=make_actor(town, Role.COALITION_STAFF, area=area),
        municipality=make_actor(town, Role.MUNICIPALITY),
    )


def what(title: str = "Samen eten op woensdag", **changes: str) -> What:
    values = {"title": title, "description": "Elke week aan één tafel.", "language": "nl"}
    return What(**{**values, **changes})


def make_draft(here: Neighbourhood, *, author: Actor | None = None, **changes: str) -> Priority:
    """A draft that says only what it is."""
    return services.start_draft(
        actor=author or here.resident, cycle=here.cycle, what=what(**changes), now=NOW
    )


def complete(here: Neighbourhood, draft: Priority, *, cost_cents: int = 2_400_00) -> Priority:
    """Fill in what is missing before it can be published."""
    author = author_of(here, draft)
    where = Where("Buurthuis De Linde", here.theme_id, here.function_id)
    how = How(cost_cents, Route.RESIDENTS, "Wij koken zelf.")
    for part in (where, how):
        services.save_draft(actor=author, priority=draft, part=part, now=NOW)
    return draft


def make_published(here: Neighbourhood, *, cost_cents: int = 2_400_00, **changes: str) -> Priority:
    """A priority everybody can see and support."""
    draft = complete(here, make_draft(here, **changes), cost_cents=cost_cents)
    services.publish_priority(actor=here.resident, priority=draft, now=NOW)
    return draft


def make_feasible(here: Neighbourhood, **changes: object) -> Priority:
    """A checked priority; the year is in its check afterwards."""
    here.in_phase(Phase.COLLECT)
    priority = make_published(here, **changes)  # type: ignore[arg-type]
    here.in_phase(Phase.CHECK)
    services.check_priority(
        actor=here.staff,
        priority=priority,
        outcome=CheckOutcome.FEASIBLE,
        explanation="Het kan.",
        language="nl",
        now=NOW,
    )
    return priority


def make_shortlisted(here: Neighbourhood, **changes: object) -> Priority:
    """A priority on the ballot."""
    priority = make_feasible(here, **changes)
    services.shortlist_priority(actor=here.staff, priority=priority, now=NOW)
    return priority


def author_of(here: Neighbourhood, priority: Priority) -> Actor:
    people = (here.resident, here.neighbour, here.facilitator)
    return next(actor for actor in people if actor.person_id == priority.owner_id)
