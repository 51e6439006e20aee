"""A motion by counted cards: two tellers, two counts, one result."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from database import database_now
from participation.errors import (
    ConflictError,
    InvalidInputError,
    NotAllowedError,
    PhaseClosedError,
)
from participation.meetings import motions, queries
from participation.meetings.models import Meeting, MeetingMotion
from participation.meetings.motions import Cards, Count, Stage
from participation.permissions import Actor, Role
from participation.phases import Phase
from tests.builders import make_actor
from tests.participation.meetings.builders import make_meeting, pepper_store, with_plan
from tests.participation.priorities.builders import Neighbourhood, make_neighbourhood
from voting.errors import VotingError
from voting.peppers import PepperStore

pytestmark = pytest.mark.usefixtures("session")
MANY = Cards(issued=47, for_=38, against=5, abstain=3)


@dataclass
class Hall:
    here: Neighbourhood
    meeting: Meeting
    first: Actor
    second: Actor
    peppers: PepperStore

    def move(self) -> MeetingMotion:
        return motions.move_motion(
            actor=self.first,
            meeting=self.meeting,
            cycle=self.here.cycle,
            second_teller_id=self.second.person_id or 0,
            title={"nl": "Het wijkplan 2027"},
            now=database_now(),
        )

    def opened(self) -> MeetingMotion:
        motion = self.move()
        at = {"motion": motion, "peppers": self.peppers, "now": database_now()}
        motions.confirm_motion(actor=self.second, **at)
        motions.open_motion(actor=self.first, **at)
        return motion

    def count(self, actor: Actor, motion: MeetingMotion, cards: Cards = MANY) -> Count:
        return motions.record_cards(
            actor=actor, motion=motion, cards=cards, peppers=self.peppers, now=database_now()
        )

    def stage(self, motion: MeetingMotion) -> tuple[Stage, tuple[int, ...]]:
        progress = motions.progress_of(motion)
        return progress.stage, progress.next_person_ids


@pytest.fixture
def hall(tmp_path: Path) -> Hall:
    here = with_plan(make_neighbourhood())
    return Hall(
        here=here,
        meeting=make_meeting(here, cycle=here.cycle),
        first=here.facilitator,
        second=make_actor(here.town, Role.BOARD_MEMBER, area=here.area),
        peppers=pepper_store(tmp_path),
    )


def test_two_equal_counts_adopt_the_motion_and_the_other_teller_publishes(hall: Hall) -> None:
    first, second = hall.first.person_id, hall.second.person_id
    motion = hall.move()
    assert hall.stage(motion) == (Stage.PROPOSED, (second,))
    at = {"motion": motion, "peppers": hall.peppers, "now": database_now()}
    motions.confirm_motion(actor=hall.second, **at)
    assert hall.stage(motion) == (Stage.CONFIRMED, (first,))
    motions.open_motion(actor=hall.first, **at)
    assert hall.stage(motion) == (Stage.OPEN, (first, second))
    assert hall.count(hall.first, motion) is Count.WAITING
    assert hall.stage(motion) == (Stage.OPEN, (second,))
    assert hall.count(hall.second, motion) is Count.AGREED
    assert hall.stage(motion) == (Stage.COUNTED, (first,))
    assert queries.adopted_motion(hall.here.cycle.id) is None
    motions.publish_motion(actor=hall.first, motion=motion, now=database_now())
    adopted = queries.adopted_motion(hall.here.cycle.id)
    assert adopted is not None
    assert (adopted.for_, adopted.against, adopted.abstain) == (38, 5, 3)
    assert adopted.meeting_id == hall.meeting.id


def test_nobody_starts_the_vote_alone(hall: Hall) -> None:
    motion = hall.move()
    with pytest.raises(VotingError, match="second_member_needed"):
        motions.confirm_motion(
            actor=hall.first, motion=motion, peppers=hall.peppers, now=database_now()
        )


def test_counts_that_differ_are_counted_again(hall: Hall) -> None:
    motion = hall.opened()
    hall.count(hall.first, motion)
    wrong = Cards(issued=47, for_=37, against=6, abstain=3)
    assert hall.count(hall.second, motion, wrong) is Count.DIFFERENT
    assert hall.stage(motion)[0] is Stage.DIFFERENT
    assert hall.count(hall.second, motion) is Count.AGREED


def test_more_cards_than_were_given_out_are_refused(hall: Hall) -> None:
    motion = hall.opened()
    with pytest.raises(VotingError, match="totals_impossible"):
        hall.count(hall.first, motion, Cards(issued=40, for_=38, against=5, abstain=3))


def test_a_teller_may_put_a_count_right_before_the_other_counts(hall: Hall) -> None:
    motion = hall.opened()
    hall.count(hall.first, motion, Cards(issued=47, for_=1, against=0, abstain=0))
    assert hall.count(hall.first, motion) is Count.WAITING
    assert hall.count(hall.second, motion) is Count.AGREED


def test_a_rejected_motion_adopts_nothing_and_may_be_followed_by_another(hall: Hall) -> None:
    motion = hall.opened()
    against = Cards(issued=47, for_=10, against=30, abstain=1)
    hall.count(hall.first, motion, against)
    hall.count(hall.second, motion, against)
    motions.publish_motion(actor=hall.first, motion=motion, now=database_now())
    assert queries.adopted_motion(hall.here.cycle.id) is None
    assert hall.move().election_id != motion.election_id


def test_only_one_motion_runs_at_a_time(hall: Hall) -> None:
    hall.opened()
    with pytest.raises(ConflictError, match="motion_runs_already"):
        hall.move()


def test_moving_again_before_it_is_confirmed_replaces_the_second_teller(hall: Hall) -> None:
    first = hall.move()
    hall.second = make_actor(hall.here.town, Role.BOARD_MEMBER, area=hall.here.area)
    again = hall.move()
    assert again.election_id == first.election_id
    assert hall.stage(again)[1] == (hall.second.person_id,)


def test_the_two_tellers_are_two_people_of_this_area(hall: Hall) -> None:
    hall.second = hall.first
    with pytest.raises(InvalidInputError, match="tellers_are_the_same"):
        hall.move()
    hall.second = hall.here.resident
    with pytest.raises(InvalidInputError, match="teller_unknown"):
        hall.move()


def test_a_third_person_does_not_count(hall: Hall) -> None:
    motion = hall.opened()
    third = make_actor(hall.here.town, Role.BOARD_MEMBER, area=hall.here.area)
    with pytest.raises(NotAllowedError, match="not_a_teller"):
        hall.count(third, motion)


def test_the_plan_is_voted_on_while_it_is_being_adopted(hall: Hall) -> None:
    hall.here.in_phase(Phase.VOTE)
    with pytest.raises(PhaseClosedError):
        hall.move()


def test_without_a_plan_there_is_nothing_to_move(tmp_path: Path) -> None:
    here = make_neighbourhood(phase=Phase.ADOPT)
    second = make_actor(here.town, Role.BOARD_MEMBER, area=here.area)
    hall = Hall(
        here,
        make_meeting(here, cycle=here.cycle),
        here.facilitator,
        second,
        pepper_store(tmp_path),
    )
    with pytest.raises(ConflictError, match="no_plan_to_adopt"):
        hall.move()
