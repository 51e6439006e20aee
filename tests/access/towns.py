"""A town in which every address leads to something, with somebody of every role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import delete, select

from database import Clock, database_now, db
from participation.areas.models import Area, Municipality
from participation.meetings import services as meeting_services
from participation.meetings.content import Visitor
from participation.meetings.models import MeetingMotion, MotionSubject
from participation.meetings.tokens import new_token
from participation.money import services as money
from participation.organisations.models import Organisation
from participation.people import queries as people
from participation.people.credentials import write_password_digest
from participation.people.models import Person, RoleAssignment, TokenPurpose
from participation.people.tokens import issue_token
from participation.permissions import STAFF_ROLES, VISITOR, Actor, Role
from participation.phases import Phase
from participation.priorities import services as priorities
from participation.rules import services as rules
from tests.builders import NOW, RULES, make_actor, make_area, make_person
from tests.participation.meetings.builders import make_meeting
from tests.participation.plans.builders import (
    AFTER_CALL,
    Assigned,
    Work,
    adopted,
    assign,
    first_activity,
    make_organisation,
)
from tests.participation.priorities.builders import (
    Neighbourhood,
    complete,
    make_draft,
    make_neighbourhood,
    make_published,
)
from tests.voting import builders as voting
from voting.elections import services as elections
from voting.results.models import PublishedFile
from voting.states import Act

# Nobody signs in with it: sessions are made by hand.
_NO_PASSWORD = "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$aGFzaGhhc2hoYXNoaGFzaA"


@dataclass
class Town:
    """What fills the parameters of addresses, and who lives there."""

    slug: str
    cycle_id: int = 0
    values: dict[str, object] = field(default_factory=dict)
    of_endpoint: dict[str, dict[str, object]] = field(default_factory=dict)
    # By role: those of the neighbourhood, and those of the next one.
    holders: dict[str, int] = field(default_factory=dict)
    next_door: dict[str, int] = field(default_factory=dict)
    # Accounts with no role, of another household, of another organisation.
    newcomer: int = 0
    neighbour: int = 0
    other_executor: int = 0

    def path_values(self, endpoint: str, parameters: set[str]) -> dict[str, object]:
        """A value for each parameter of an endpoint's address."""
        known = {"lang": "en", "town": self.slug, **self.values}
        known |= self.of_endpoint.get(endpoint, {})
        return {parameter: known[parameter] for parameter in parameters}


def person(person_id: int) -> Person:
    """The account with this id."""
    return db.session.get_one(Person, person_id)


def build_bystanders(folder: Path, slug: str) -> Town:
    """A town with people only, for looking over the wall."""
    here = make_neighbourhood(slug=slug)
    here.area.slug = f"{slug}-quarter"
    town = Town(slug, cycle_id=here.cycle.id)
    work = Work(here, [], [], folder)
    organisation, member = make_organisation(work)
    _add_people(town, here, organisation, member)
    db.session.commit()
    return town


def build_town(folder: Path, slug: str) -> Town:
    """A town with a year at work and something of every kind."""
    given = assign(adopted(folder, slug=slug), begun=True)
    here = given.work.here
    town = Town(slug, cycle_id=here.cycle.id)
    _add_people(town, here, given.organisation, given.member)
    _add_other_executor(town, given)
    town.values = {
        "filename": "images/icon.svg",
        "area_slug": here.area.slug,
        "cycle_id": here.cycle.id,
        "activity_id": first_activity(given.work).id,
        "task_id": given.task.id,
        "offer_id": given.offer.id,
        "entry_id": _pay(given),
    }
    _add_accounts(town, here)
    _add_priorities(town, given)
    _add_meeting(town, here)
    _add_elections(town, here, folder)
    here.in_phase(Phase.EXECUTE)
    db.session.execute(delete(Clock))
    db.session.commit()
    return town


def _add_people(town: Town, here: Neighbourhood, group: Organisation, member: Actor) -> None:
    centre = make_area(here.town, name="Centrum")
    for role in Role:
        town.holders[role.value] = _id(_holder(role, here, member))
        town.next_door[role.value] = _hold(here.town, role, centre, group)
    for role in STAFF_ROLES:
        for holder in (town.holders[role.value], town.next_door[role.value]):
            write_password_digest(person(holder), _NO_PASSWORD, NOW)
    town.newcomer = make_person(here.town, name="Nieuw").id
    town.neighbour = _id(here.neighbour)


def _holder(role: Role, here: Neighbourhood, member: Actor) -> Actor:
    if role is Role.RESIDENT:
        return here.resident
    return member if role is Role.EXECUTOR_MEMBER else make_actor(here.town, role)


def _hold(town: Municipality, role: Role, area: Area, group: Organisation) -> int:
    holder = make_person(town, name=f"Next door {role.value}")
    db.session.add(
        RoleAssignment(
            person_id=holder.id,
            role=role,
            area_id=area.id,
            organisation_id=group.id if role is Role.EXECUTOR_MEMBER else None,
            valid_from=date(2020, 1, 1),
        )
    )
    db.session.flush()
    return holder.id


def _add_other_executor(town: Town, given: Assigned) -> None:
    _, member = make_organisation(given.work, "Stichting De Overkant")
    town.other_executor = _id(member)
    write_password_digest(person(town.other_executor), _NO_PASSWORD, NOW)


def _add_accounts(town: Town, here: Neighbourhood) -> None:
    kept = rules.add_rule_set(
        actor=here.municipality, municipality_id=here.town.id, name="2027", rules=RULES, now=NOW
    )
    facilitator = town.holders[Role.FACILITATOR]
    role = people.roles_of(_id(here.facilitator), on=NOW.date())[0]
    town.values |= {"rule_set_id": kept.id, "person_id": facilitator, "assignment_id": role.id}
    for endpoint, purpose in (
        ("auth.use_link", TokenPurpose.SIGN_IN),
        ("auth.new_password", TokenPurpose.INVITATION),
        ("auth.confirm_email", TokenPurpose.CONFIRM_EMAIL),
    ):
        token = issue_token(
            municipality_id=here.town.id,
            purpose=purpose,
            person_id=facilitator,
            details={"email": "new@example.org"},
            now=database_now(),
        )
        town.of_endpoint[endpoint] = {"token": token}


def _pay(given: Assigned) -> int:
    return money.record_payment(
        actor=given.work.coalition,
        task=given.task,
        amount_cents=500_00,
        text="Eerste deel",
        key="first",
        now=AFTER_CALL,
    ).id


def _add_priorities(town: Town, given: Assigned) -> None:
    """A wish that waits for its check; a draft; and one with a long life."""
    here = given.work.here
    here.in_phase(Phase.COLLECT)
    draft = make_draft(here, title="Nog niet klaar").id
    theirs = complete(here, make_draft(here, author=here.neighbour, title="Van de buren"))
    priorities.publish_priority(actor=here.neighbour, priority=theirs, now=NOW)
    town.values["priority_id"] = make_published(here, title="Meer bankjes").id
    for endpoint in ("edit_what", "edit_where", "edit_how", "review_draft"):
        town.of_endpoint[f"priorities.{endpoint}"] = {"priority_id": draft}
    for endpoint in ("support", "withdraw_support"):
        town.of_endpoint[f"priorities.{endpoint}"] = {"priority_id": theirs.id}
    town.of_endpoint["priorities.show"] = {"priority_id": given.work.chosen[0].id}


def _add_meeting(town: Town, here: Neighbourhood) -> None:
    """A meeting to come, somebody who comes, and a motion with two tellers."""
    meeting = make_meeting(here, cycle=here.cycle)
    tellers = town.holders[Role.FACILITATOR], town.holders[Role.BOARD_MEMBER]
    proposal = voting.make_motion(
        area_id=here.area.id, municipality_id=here.town.id, commission=(*tellers, voting.ANNA)
    )
    motion = elections.draft_election(actor=tellers[0], draft=proposal, now=database_now())
    # A third one agreed, so that either teller may confirm.
    voting.consent(motion.id, Act.PREPARE, member=voting.ANNA)
    db.session.add(
        MeetingMotion(
            election_id=motion.id,
            meeting_id=meeting.id,
            cycle_id=here.cycle.id,
            subject=MotionSubject.ADOPT_PLAN,
            first_teller_id=tellers[0],
            second_teller_id=tellers[1],
            moved_at=database_now(),
        )
    )
    town.values |= {"meeting_id": meeting.id, "motion_id": motion.id}
    secret = new_token()
    meeting_services.sign_up_for_meeting(
        actor=VISITOR, meeting=meeting, visitor=Visitor(language="nl"), token=secret, now=NOW
    )
    town.values["sign_up_token"] = secret


def _add_elections(town: Town, here: Neighbourhood, folder: Path) -> None:
    """A vote that is open, and one whose result is published."""
    mine = town.holders[Role.COMMISSION_MEMBER]
    now = database_now()

    def opened(title: str, hours: int) -> voting.Prepared:
        draft = voting.make_draft(
            area_id=here.area.id,
            municipality_id=here.town.id,
            title={"nl": title},
            commission=(voting.ANNA, voting.BORIS, voting.CARLA, mine),
            closes_at=now + timedelta(hours=hours),
        )
        return voting.opened(folder, draft)

    running, over = opened("Nu", 48), opened("Voorbij", 1)
    voting.close(over)
    voting.count(over)
    voting.publish(over.election_id)
    here.cycle.election_id = over.election_id
    town.values |= {"election_id": running.election_id, "act_name": "suspend"}
    for endpoint in ("show", "receipts", "received", "counted"):
        town.of_endpoint[f"results.{endpoint}"] = {"election_id": over.election_id}
    name = db.session.scalars(
        select(PublishedFile.name).where(PublishedFile.election_id == over.election_id)
    ).first()
    town.of_endpoint["results.download"] = {"election_id": over.election_id, "name": name}


def _id(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id
