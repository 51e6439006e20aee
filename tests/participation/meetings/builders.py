"""Builders of meetings: details with keyword defaults, a planned meeting, a motion's hall."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from participation.areas import queries as areas
from participation.cycles.models import Cycle
from participation.meetings import services
from participation.meetings.content import MeetingDetails, Visitor
from participation.meetings.models import Meeting, MeetingSignUp
from participation.meetings.states import MeetingKind
from participation.meetings.tokens import new_token
from participation.permissions import VISITOR, Actor
from participation.phases import Phase
from participation.plans import services as plans
from participation.priorities import services as priorities
from tests.builders import NOW
from tests.participation.priorities.builders import Neighbourhood, make_shortlisted
from voting.peppers import PepperStore

STARTS = NOW + timedelta(days=30)


def details(**changes: Any) -> MeetingDetails:
    usual = MeetingDetails(
        kind=MeetingKind.NEIGHBOURHOOD_MEETING,
        title={"nl": "Wijkbijeenkomst", "de": "Stadtteilversammlung"},
        starts_at=STARTS,
        ends_at=STARTS + timedelta(hours=2),
        place="Buurthuis De Linde",
        is_step_free=True,
    )
    return replace(usual, **changes)


def make_meeting(
    here: Neighbourhood, *, cycle: Cycle | None = None, actor: Actor | None = None, **changes: Any
) -> Meeting:
    """A planned meeting of the neighbourhood."""
    return services.plan_meeting(
        actor=actor or here.facilitator,
        area=areas.subject_of(here.area),
        cycle=cycle,
        details=details(**changes),
        now=NOW,
    )


def sign_up(meeting: Meeting, *, actor: Actor = VISITOR, **changes: Any) -> MeetingSignUp:
    """Somebody signs up without an account."""
    return services.sign_up_for_meeting(
        actor=actor,
        meeting=meeting,
        visitor=replace(Visitor(language="nl"), **changes),
        token=new_token(),
        now=NOW,
    )


def with_plan(here: Neighbourhood) -> Neighbourhood:
    """The year stands at adopting, with one chosen priority in the draft plan."""
    chosen = make_shortlisted(here)
    priorities.apply_result(
        actor=here.municipality, cycle=here.cycle, chosen_ids=[chosen.id], now=NOW
    )
    here.in_phase(Phase.ADOPT)
    plans.draft_plan(actor=here.staff, cycle=here.cycle, now=NOW)
    return here


def pepper_store(folder: Path) -> PepperStore:
    return PepperStore(folder / "peppers")
