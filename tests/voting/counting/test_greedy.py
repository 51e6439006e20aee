"""Greedy: worked examples, and agreement with the reference counter and with pabutools."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pabutools.election import (
    ApprovalBallot,
    ApprovalProfile,
    Cardinality_Sat,
    Cost_Sat,
    Instance,
)
from pabutools.election import Project as PeerProject
from pabutools.rules import greedy_utilitarian_welfare

from voting.counting.greedy import Decision, GreedyOptions, greedy
from voting.counting.model import Ballots, Election, Project, TieCriterion, Utility
from voting.counting.outcome import count_greedy, greedy_record
from voting.counting.reference import greedy_winners
from voting.counting.ties import TieBreak

CRITERIA = st.lists(st.sampled_from([TieCriterion.CHEAPER, TieCriterion.MORE_VOTES]), max_size=2)


@st.composite
def elections(draw: st.DrawFn, *, least_cost: int = 1) -> tuple[Election, Ballots]:
    """A small election with many ties."""
    costs = draw(st.lists(st.integers(least_cost, 12), min_size=1, max_size=8))
    projects = tuple(
        Project(str(number * 7 % 23), cost) for number, cost in enumerate(costs, start=1)
    )
    ids = [project.id for project in projects]
    ballots = draw(st.lists(st.sets(st.sampled_from(ids)), max_size=12))
    return Election(draw(st.integers(0, 40)), projects), Ballots.of(ballots)


@given(
    case=elections(least_cost=0),
    utility=st.sampled_from(Utility),
    leave_out=st.booleans(),
    criteria=CRITERIA,
    last=st.sampled_from([TieCriterion.DRAW, TieCriterion.LEXICO]),
    seed=st.binary(max_size=4),
)
def test_rule_agrees_with_the_reference_counter(
    case: tuple[Election, Ballots],
    utility: Utility,
    leave_out: bool,
    criteria: list[TieCriterion],
    last: TieCriterion,
    seed: bytes,
) -> None:
    """I1: two counters agree."""
    election, ballots = case
    options = GreedyOptions(utility, leave_out, TieBreak((*criteria, last), seed, "box"))

    outcome = greedy(election, ballots, options)

    assert outcome.winners == greedy_winners(
        election,
        ballots,
        utility=utility.value,
        leave_out_unsupported=leave_out,
        criteria=[*criteria, last],
        seed=seed,
        box_digest="box",
    )
    assert outcome.spent == sum(election.by_id[winner].cost for winner in outcome.winners)
    assert outcome.spent <= election.budget
    assert len(outcome.steps) == len(election.projects)


@given(case=elections(), utility=st.sampled_from(Utility))
def test_rule_agrees_with_pabutools(case: tuple[Election, Ballots], utility: Utility) -> None:
    election, ballots = case
    peers = {project.id: PeerProject(project.id, project.cost) for project in election.projects}
    instance = Instance(peers.values(), budget_limit=election.budget)
    profile = ApprovalProfile(
        ApprovalBallot(peers[project] for project in approved)
        for approved, weight in ballots.groups.items()
        for _ in range(weight)
    )
    measure = Cost_Sat if utility is Utility.COST else Cardinality_Sat

    expected = greedy_utilitarian_welfare(instance, profile, sat_class=measure)
    outcome = greedy(election, ballots, GreedyOptions(utility, leave_out_unsupported=False))

    assert list(outcome.winners) == [project.name for project in expected]


@given(case=elections())
def test_tie_is_decisive_exactly_when_some_order_funds_others(
    case: tuple[Election, Ballots],
) -> None:
    election, ballots = case
    outcome = greedy(election, ballots, GreedyOptions())

    for tie in outcome.ties:
        first_funded = set()
        for favourite in tie.projects:
            renamed = _renamed_first(election, ballots, favourite)
            first_funded.add(frozenset(greedy(*renamed, GreedyOptions()).winners))
        others = {frozenset(_back(name) for name in funded) for funded in first_funded}
        assert tie.decisive == (len(others) > 1)


def _renamed_first(
    election: Election, ballots: Ballots, favourite: str
) -> tuple[Election, Ballots]:
    """The same election with ids changed so that the favourite comes first among the tied."""
    # Other ties keep their order: only names of this tie change, and among themselves.
    names = {project.id: f"b{project.id}" for project in election.projects}
    names[favourite] = f"a{favourite}"
    return (
        Election(
            election.budget,
            tuple(Project(names[project.id], project.cost) for project in election.projects),
        ),
        Ballots(
            {
                frozenset(names[project] for project in approved): weight
                for approved, weight in ballots.groups.items()
            }
        ),
    )


def _back(name: str) -> str:
    return name[1:]


TOWN = Election(
    100, (Project("bench", 30), Project("tree", 30), Project("hall", 60), Project("path", 40))
)


def test_most_votes_first_and_what_does_not_fit_is_skipped() -> None:
    votes = Ballots.from_totals({"hall": 9, "bench": 8, "tree": 7, "path": 3})

    outcome = greedy(TOWN, votes, GreedyOptions())

    assert outcome.winners == ("hall", "bench")
    assert [(step.project, step.decision, step.left) for step in outcome.steps] == [
        ("hall", Decision.FUNDED, 40),
        ("bench", Decision.FUNDED, 10),
        ("tree", Decision.DOES_NOT_FIT, 10),
        ("path", Decision.DOES_NOT_FIT, 10),
    ]
    assert outcome.ties == ()


def test_votes_per_cost_prefers_what_is_cheap() -> None:
    votes = Ballots.from_totals({"hall": 9, "bench": 8, "tree": 7, "path": 3})

    outcome = greedy(TOWN, votes, GreedyOptions(Utility.CARDINALITY))

    assert outcome.winners == ("bench", "tree", "path")


def test_project_nobody_wants_is_left_out_unless_asked() -> None:
    votes = Ballots.from_totals({"bench": 1})

    assert greedy(TOWN, votes, GreedyOptions()).winners == ("bench",)
    with_all = greedy(TOWN, votes, GreedyOptions(leave_out_unsupported=False))
    assert with_all.winners == ("bench", "hall")


def test_tied_projects_are_ordered_by_the_stated_criteria() -> None:
    votes = Ballots.from_totals({"bench": 5, "path": 5, "hall": 5})
    tie_break = TieBreak((TieCriterion.CHEAPER, TieCriterion.LEXICO))

    outcome = greedy(TOWN, votes, GreedyOptions(tie_break=tie_break))

    assert outcome.winners == ("bench", "path")
    (tie,) = outcome.ties
    assert tie.order == ("bench", "path", "hall")
    assert tie.criterion is TieCriterion.CHEAPER
    assert tie.decisive


def test_draw_depends_on_seed_and_box_and_is_repeatable() -> None:
    votes = Ballots.from_totals({"bench": 5, "tree": 5, "path": 5})
    orders = {
        greedy(
            TOWN, votes, GreedyOptions(tie_break=TieBreak((TieCriterion.DRAW,), bytes([seed]), box))
        ).winners
        for seed in range(20)
        for box in ("one", "two")
    }
    again = TieBreak((TieCriterion.DRAW,), b"\x00", "one")

    assert len(orders) == 6
    assert greedy(TOWN, votes, GreedyOptions(tie_break=again)) == greedy(
        TOWN, votes, GreedyOptions(tie_break=again)
    )


def test_criteria_that_may_not_decide_are_refused() -> None:
    with pytest.raises(ValueError, match="last tie criterion"):
        TieBreak((TieCriterion.CHEAPER,))


def test_costs_may_be_fractions() -> None:
    election = Election(Fraction(1), (Project("a", Fraction(1, 3)), Project("b", Fraction(2, 3))))

    outcome = count_greedy(election, Ballots.of([{"a", "b"}]), GreedyOptions())
    record = greedy_record("x", election, outcome, GreedyOptions())

    assert outcome.winners == ("a", "b")
    assert record["spent"] == 1
    assert record["projects"]["a"]["cost"] == "1/3"
