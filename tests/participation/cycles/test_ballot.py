"""From a year's shortlist to a draft, and from a published result back to the year."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from database import database_now, db
from participation import history
from participation.cycles.ballot import draft_cycle_election, take_over_result
from participation.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    PhaseClosedError,
)
from participation.permissions import Actor, Role
from participation.phases import Phase
from participation.priorities.models import Priority
from participation.rules.content import BallotFormat
from tests.builders import NOW, make_actor
from tests.participation.priorities.builders import (
    Neighbourhood,
    make_neighbourhood,
    make_shortlisted,
)
from tests.voting import builders as voting
from voting.counting.model import TieCriterion
from voting.elections import queries as elections
from voting.elections.models import Election
from voting.peppers import PepperStore
from voting.states import Act

pytestmark = pytest.mark.usefixtures("session")

OPENS = datetime(2026, 10, 1, 7, 0, tzinfo=UTC)
CLOSES = datetime(2026, 10, 21, 18, 0, tzinfo=UTC)


@pytest.fixture
def here() -> Neighbourhood:
    """A year in its check with two projects on the ballot."""
    here = make_neighbourhood(ballot_limit=3)
    make_shortlisted(here, title="Samen eten", cost_cents=20_000_00)
    make_shortlisted(here, title="Rustig verkeer", cost_cents=30_000_00)
    return here


@pytest.fixture
def commission(here: Neighbourhood) -> list[Actor]:
    return [make_actor(here.town, Role.COMMISSION_MEMBER, area=here.area) for _ in range(2)]


def ids(actors: list[Actor]) -> list[int]:
    return [actor.person_id or 0 for actor in actors]


def draft(here: Neighbourhood, commission: list[Actor], **changes: object) -> Election:
    values = {
        "actor": here.municipality,
        "cycle": here.cycle,
        "commission_person_ids": ids(commission),
        "opens_at": OPENS,
        "closes_at": CLOSES,
        "now": NOW,
    }
    return draft_cycle_election(**(values | changes))  # type: ignore[arg-type]


def facts(here: Neighbourhood) -> list[str]:
    return [record.kind for record in history.list_records(history.cycle_chain(here.cycle.id))]


def test_ballot_paper_follows_from_shortlist_and_rules(
    here: Neighbourhood, commission: list[Actor]
) -> None:
    election = draft(here, commission)
    assert here.cycle.election_id == election.id
    assert {option.title["nl"] for option in elections.options(election.id)} == {
        "Samen eten",
        "Rustig verkeer",
    }
    assert election.budget_cents == here.cycle.budget_cents
    assert election.ballot_format.value == BallotFormat.KNAPSACK.value
    assert election.max_choices == 3
    assert election.tie_criteria == [TieCriterion.CHEAPER, TieCriterion.DRAW]
    assert election.minimum_age == here.cycle.rules.minimum_age
    assert election.title["de"] == "Lindekwartier 2027"
    assert elections.commission(election.id) == sorted(ids(commission))
    assert "election_drafted" in facts(here)


def test_age_counts_on_the_first_day_as_the_town_has_it(
    here: Neighbourhood, commission: list[Actor]
) -> None:
    late_evening = datetime(2026, 9, 30, 22, 30, tzinfo=UTC)
    assert draft(here, commission, opens_at=late_evening).reference_date == date(2026, 10, 1)


def test_draft_can_be_made_anew(here: Neighbourhood, commission: list[Actor]) -> None:
    first = draft(here, commission)
    second = draft(here, commission, closes_at=CLOSES + timedelta(days=1))
    assert second.id == first.id
    assert second.closes_at == CLOSES + timedelta(days=1)


def test_prepared_vote_is_no_longer_drafted(
    here: Neighbourhood, commission: list[Actor], tmp_path: Path
) -> None:
    prepared(here, commission, tmp_path)
    with pytest.raises(ConflictError, match="election_beyond_draft"):
        draft(here, commission)


def test_commission_is_two_people_who_hold_the_role_here(
    here: Neighbourhood, commission: list[Actor]
) -> None:
    for people, code in (
        (ids(commission)[:1], "commission_too_small"),
        ([ids(commission)[0]] * 2, "commission_too_small"),
        ([*ids(commission), here.resident.person_id or 0], "commission_member_unknown"),
    ):
        with pytest.raises(InvalidInputError, match=code):
            draft(here, commission, commission_person_ids=people)
    assert here.cycle.election_id is None


def test_empty_shortlist_makes_no_vote() -> None:
    here = make_neighbourhood(phase=Phase.CHECK)
    commission = [make_actor(here.town, Role.COMMISSION_MEMBER, area=here.area) for _ in range(2)]
    with pytest.raises(ConflictError, match="ballot_empty"):
        draft(here, commission)


def test_only_the_municipality_drafts_and_only_during_the_check(
    here: Neighbourhood, commission: list[Actor]
) -> None:
    with pytest.raises(NotAllowedError):
        draft(here, commission, actor=here.staff)
    here.in_phase(Phase.VOTE)
    with pytest.raises(PhaseClosedError):
        draft(here, commission)


def test_result_marks_what_was_chosen_and_what_was_not(
    here: Neighbourhood, commission: list[Actor], tmp_path: Path
) -> None:
    published(here, commission, tmp_path)
    take_over_result(actor=commission[0], cycle=here.cycle, now=NOW)
    states = {
        priority.title: priority.state.value for priority in db.session.scalars(db.select(Priority))
    }
    assert states == {"Samen eten": "chosen", "Rustig verkeer": "not_chosen"}
    assert facts(here).count("result_taken_over") == 1


def test_result_is_taken_over_once(
    here: Neighbourhood, commission: list[Actor], tmp_path: Path
) -> None:
    published(here, commission, tmp_path)
    for _ in range(2):
        take_over_result(actor=commission[0], cycle=here.cycle, now=NOW)
    assert facts(here).count("result_taken_over") == 1


def test_unpublished_result_is_not_taken_over(
    here: Neighbourhood, commission: list[Actor], tmp_path: Path
) -> None:
    prepared(here, commission, tmp_path)
    with pytest.raises(ConflictError, match="result_unpublished"):
        take_over_result(actor=commission[0], cycle=here.cycle, now=NOW)


def test_only_the_commission_takes_a_result_over(
    here: Neighbourhood, commission: list[Actor], tmp_path: Path
) -> None:
    published(here, commission, tmp_path)
    with pytest.raises(NotAllowedError):
        take_over_result(actor=here.municipality, cycle=here.cycle, now=NOW)


def prepared(here: Neighbourhood, commission: list[Actor], folder: Path) -> voting.Prepared:
    """The year's vote, prepared by two members, open from now on."""
    now = database_now()
    election = draft(
        here, commission, opens_at=now - timedelta(minutes=1), closes_at=now + timedelta(hours=1)
    )
    agree(commission, election.id, Act.PREPARE)
    made = voting.services.prepare_election(
        actor=ids(commission)[0],
        election_id=election.id,
        roll=(),
        slips=3,
        peppers=PepperStore(folder),
        now=database_now(),
    )
    return voting.Prepared(election.id, made, PepperStore(folder))


def published(here: Neighbourhood, commission: list[Actor], folder: Path) -> None:
    """Two voters want the meals, one the traffic; the money is enough for one of them."""
    vote = prepared(here, commission, folder)
    first = ids(commission)[0]
    agree(commission, vote.election_id, Act.OPEN)
    voting.services.open_election(
        actor=first, election_id=vote.election_id, peppers=vote.peppers, now=database_now()
    )
    number = {o.title["nl"]: o.number for o in elections.options(vote.election_id)}
    for code, title in zip(vote.codes, ("Samen eten", "Samen eten", "Rustig verkeer"), strict=True):
        voting.vote(vote, code, [number[title]])
    voting.close(vote)
    agree(commission, vote.election_id, Act.COUNT)
    voting.results.count_election(
        actor=first,
        election_id=vote.election_id,
        cards=vote.tally_cards[:2],
        peppers=vote.peppers,
        now=database_now(),
    )
    agree(commission, vote.election_id, Act.PUBLISH)
    voting.results.publish_result(actor=first, election_id=vote.election_id, now=database_now())


def agree(commission: list[Actor], election_id: int, act: Act) -> None:
    """The second member agrees."""
    voting.consent(election_id, act, member=ids(commission)[1])
