"""Builders from what was chosen to work that is done: plan, motion, tasks, offers, money."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from database import database_now, db
from participation.meetings.models import Meeting, MeetingMotion, MotionSubject
from participation.meetings.states import MeetingKind, MeetingState
from participation.organisations import services as organisations
from participation.organisations.kinds import LegalForm, OrganisationKind
from participation.organisations.models import Organisation
from participation.people.models import RoleAssignment
from participation.permissions import Actor, Grant, Role
from participation.phases import Phase
from participation.plans import queries, services
from participation.plans.models import Activity, Plan
from participation.priorities import services as priorities
from participation.priorities.models import Priority
from participation.tasks import services as tasks
from participation.tasks.criteria import DEFAULT_WEIGHTS, Gate
from participation.tasks.models import Offer, Task
from participation.tasks.states import Route
from tests.builders import NOW, make_actor, make_person
from tests.participation.priorities.builders import (
    Neighbourhood,
    make_neighbourhood,
    make_shortlisted,
)
from tests.voting import builders as votes
from voting.elections import services as elections
from voting.peppers import PepperStore
from voting.results import services as results
from voting.states import Act

DAY = NOW.date()
REASON = tasks.Reason("Dit aanbod past het best.", "nl")


@dataclass
class Work:
    """A year whose vote is over, with those who plan, work and pay."""

    here: Neighbourhood
    chosen: list[Priority]
    left_out: list[Priority]
    folder: Path
    coalition: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.coalition = self.here.staff

    def coalition_of_town(self) -> Actor:
        """Somebody who may add organisations: those belong to the whole town."""
        return make_actor(self.here.town, Role.COALITION_STAFF)


def make_year(
    folder: Path, *, costs: tuple[int, ...] = (2_400_00, 6_500_00), slug: str = "lindestad"
) -> Work:
    """A year in adoption: one priority chosen for each cost, and one that was not."""
    here = make_neighbourhood(slug=slug)
    chosen = [
        make_shortlisted(here, cost_cents=cost, title=f"Plan {number}")
        for number, cost in enumerate(costs, start=1)
    ]
    lost = make_shortlisted(here, cost_cents=30_000_00, title="Niet gekozen")
    here.in_phase(Phase.ADOPT)
    priorities.apply_result(
        actor=here.municipality,
        cycle=here.cycle,
        chosen_ids=[priority.id for priority in chosen],
        now=NOW,
    )
    return Work(here, chosen, [lost], folder)


def draft(work: Work) -> Plan:
    return services.draft_plan(actor=work.coalition, cycle=work.here.cycle, now=NOW)


def describe(work: Work) -> list[Activity]:
    """Give every activity a goal and an indicator."""
    promised = list(queries.activities(work.here.cycle.id))
    for activity in promised:
        services.describe_activity(
            actor=work.coalition,
            activity=activity,
            goal={"nl": "Minder buren zijn alleen"},
            indicator={"nl": "40 eters per week"},
            location="Buurthuis De Linde",
            now=NOW,
        )
    return promised


def adopt_motion(work: Work, *, in_favour: int = 30) -> int:
    """A meeting counts its cards on the plan; the election's id."""
    here, now = work.here, database_now()
    anna, boris = make_person(here.town), make_person(here.town)
    meeting = Meeting(
        municipality_id=here.town.id,
        area_id=here.area.id,
        area_path=list(here.area.path),
        cycle_id=here.cycle.id,
        kind=MeetingKind.ADOPTION_MEETING,
        state=MeetingState.HELD,
        title={"nl": "Buurtbijeenkomst"},
        agenda={},
        starts_at=now - timedelta(hours=2),
        ends_at=now,
        place="Buurthuis",
        is_step_free=True,
        has_hearing_loop=False,
        has_interpreter=False,
        access_notes={},
        seats_taken=0,
        planned_by_id=anna.id,
        changed_at=now,
        attendance_count=in_favour + 6,
        minutes="",
    )
    db.session.add(meeting)
    db.session.flush()
    proposal = votes.make_motion(
        area_id=here.area.id, municipality_id=here.town.id, commission=(anna.id, boris.id)
    )
    election_id = elections.draft_election(actor=anna.id, draft=proposal, now=now).id
    _count_cards(election_id, anna.id, boris.id, in_favour, work.folder)
    db.session.add(
        MeetingMotion(
            election_id=election_id,
            meeting_id=meeting.id,
            cycle_id=here.cycle.id,
            subject=MotionSubject.ADOPT_PLAN,
            first_teller_id=anna.id,
            second_teller_id=boris.id,
            moved_at=now,
        )
    )
    db.session.flush()
    return election_id


def _count_cards(election_id: int, anna: int, boris: int, in_favour: int, folder: Path) -> None:
    peppers = PepperStore(folder / "peppers")

    def agreed(act: Act) -> None:
        votes.consent(election_id, act, member=boris)

    agreed(Act.PREPARE)
    elections.prepare_election(
        actor=anna, election_id=election_id, roll=[], peppers=peppers, now=database_now()
    )
    agreed(Act.OPEN)
    elections.open_election(
        actor=anna, election_id=election_id, peppers=peppers, now=database_now()
    )
    agreed(Act.CLOSE)
    elections.close_election(
        actor=anna, election_id=election_id, now=database_now(), reason="all cards are up"
    )
    for teller in (anna, boris):
        results.record_teller_totals(
            actor=teller,
            election_id=election_id,
            issued=in_favour + 6,
            totals={"for": in_favour, "against": 5, "abstain": 1},
            now=database_now(),
        )
    results.count_by_hand(actor=anna, election_id=election_id, peppers=peppers, now=database_now())
    agreed(Act.PUBLISH)
    results.publish_result(actor=anna, election_id=election_id, now=database_now())


ADOPTION = services.Adoption(
    body={"nl": "College van B en W"},
    adopted_on=DAY,
    objection_until=DAY + timedelta(days=42),
)


def adopted(folder: Path, **changes: object) -> Work:
    """A year whose plan stands and whose tasks can be given out."""
    work = make_year(folder, **changes)  # type: ignore[arg-type]
    plan = draft(work)
    describe(work)
    adopt_motion(work)
    services.adopt_plan(actor=work.here.municipality, plan=plan, adoption=ADOPTION, now=NOW)
    work.here.in_phase(Phase.ASSIGN)
    return work


def first_activity(work: Work) -> Activity:
    return queries.activities(work.here.cycle.id)[0]


def brief(**changes: object) -> tasks.TaskBrief:
    values: dict[str, object] = {
        "title": {"nl": "Samen eten op woensdag"},
        "description": {"nl": "Elke week koken voor veertig buren."},
        "indicator": {"nl": "40 eters per week"},
        "route": Route.RESIDENTS,
        "budget_cents": 2_400_00,
        "starts_on": date(2027, 1, 1),
        "ends_on": date(2027, 12, 31),
    }
    return tasks.TaskBrief(**{**values, **changes})  # type: ignore[arg-type]


def make_task(work: Work, activity: Activity | None = None, **changes: object) -> Task:
    return tasks.add_task(
        actor=work.coalition,
        activity=activity or first_activity(work),
        brief=brief(**changes),
        now=NOW,
    )


def make_call(work: Work, task: Task | None = None, *, closes_on: date = DAY) -> Task:
    """A task that takes offers until the end of ``closes_on``."""
    task = task or make_task(work)
    tasks.open_call(
        actor=work.coalition,
        task=task,
        closes_on=closes_on,
        weights=DEFAULT_WEIGHTS,
        gates=[Gate.INSURANCE],
        now=NOW,
    )
    return task


def make_organisation(
    work: Work,
    name: str = "Bewonersgroep Lindelaan",
    *,
    legal_form: LegalForm = LegalForm.NONE,
    kind: OrganisationKind = OrganisationKind.RESIDENT_GROUP,
) -> tuple[Organisation, Actor]:
    """An organisation and one member who acts for it in the neighbourhood."""
    organisation = organisations.add_organisation(
        actor=work.coalition_of_town(),
        municipality_id=work.here.town.id,
        new=organisations.NewOrganisation(
            name=name,
            kind=kind,
            legal_form=legal_form,
            contact_email="groep@example.org",
            description={"nl": "Buren die graag koken."},
        ),
        now=NOW,
    )
    return organisation, make_member(work, organisation)


def make_member(work: Work, organisation: Organisation, *also: Role) -> Actor:
    """A person who acts for an organisation, with other roles if wanted."""
    person = make_person(work.here.town, name="Lid")
    where = work.here.area.id
    grants = [Grant(Role.EXECUTOR_MEMBER, where, organisation.id)]
    grants += [Grant(role, where) for role in also]
    for grant in grants:
        db.session.add(
            RoleAssignment(
                person_id=person.id,
                role=grant.role,
                area_id=grant.area_id,
                organisation_id=grant.organisation_id,
                valid_from=date(2020, 1, 1),
            )
        )
    db.session.flush()
    return Actor(person.id, work.here.town.id, tuple(grants))


def offer(
    work: Work, task: Task, organisation: Organisation, member: Actor, *, cents: int = 2_150_00
) -> Offer:
    return tasks.make_offer(
        actor=member,
        task=task,
        organisation_id=organisation.id,
        terms=tasks.Terms(amount_cents=cents, plan="Wij koken zelf.", language="nl", hours=200),
        now=NOW,
    )


AFTER_CALL = NOW + timedelta(days=1)


@dataclass
class Assigned:
    """A task with its executor."""

    work: Work
    task: Task
    organisation: Organisation
    member: Actor
    offer: Offer


def assigned(folder: Path, *, cents: int = 2_150_00, begun: bool = False) -> Assigned:
    """A year with one task given to a group of residents; ``begun``: the group is at work."""
    return assign(adopted(folder), cents=cents, begun=begun)


def assign(work: Work, *, cents: int = 2_150_00, begun: bool = False) -> Assigned:
    """Give a task of the first activity to a group of residents; the year then works."""
    task = make_call(work)
    organisation, member = make_organisation(work)
    made = offer(work, task, organisation, member, cents=cents)
    tasks.decide_task(actor=work.coalition, task=task, offer=made, reason=REASON, now=AFTER_CALL)
    work.here.in_phase(Phase.EXECUTE)
    if begun:
        tasks.start_task(actor=member, task=task, now=AFTER_CALL)
    return Assigned(work, task, organisation, member, made)
