"""What would have been enough, held against counting again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.results.explain import explain
from voting.counting.greedy import GreedyOptions, greedy
from voting.counting.model import Ballots, Election, Project, Utility
from voting.results.queries import Result, ResultLine

COSTS = st.lists(st.integers(1, 9), min_size=2, max_size=7)


def result_of(budget: int, costs: list[int], votes: list[int]) -> Result:
    """A counted result with these totals; what explaining does not read is left out."""
    projects = tuple(Project(str(number), cost) for number, cost in enumerate(costs))
    totals = {str(number): count for number, count in enumerate(votes)}
    outcome = greedy(Election(budget, projects), Ballots.from_totals(totals), GreedyOptions())
    lines = [
        ResultLine(
            number=int(step.project),
            reference=step.project,
            title={"en": step.project},
            cost_cents=int(step.cost),
            votes=step.votes,
            step=step.number,
            left_cents=int(step.left),
            reason=step.decision.value,
        )
        for step in outcome.steps
    ]
    result = Result.__new__(Result)
    values = {
        "winners": tuple(line for line in lines if line.reason == "funded"),
        "losers": tuple(line for line in lines if line.reason != "funded"),
        "utility": Utility.COST.value,
        "budget_cents": budget,
    }
    for name, value in values.items():
        object.__setattr__(result, name, value)
    return result


@given(st.integers(1, 20), COSTS, st.data())
def test_so_many_more_votes_would_have_been_enough(
    budget: int, costs: list[int], data: st.DataObject
) -> None:
    votes = data.draw(st.lists(st.integers(0, 6), min_size=len(costs), max_size=len(costs)))
    _, losers = explain(result_of(budget, costs, votes))
    for each in losers:
        if each.enough is None:
            continue
        more = list(votes)
        more[each.line.number] += each.enough.more_votes
        again = result_of(budget, costs, more)
        assert each.line.reference in {line.reference for line in again.winners}


@given(st.integers(1, 20), COSTS, st.data())
def test_a_lower_cost_would_have_been_enough(
    budget: int, costs: list[int], data: st.DataObject
) -> None:
    votes = data.draw(st.permutations(range(1, len(costs) + 1)))
    _, losers = explain(result_of(budget, costs, list(votes)))
    for each in losers:
        if each.left_before_cents == 0:
            continue
        cheaper = list(costs)
        cheaper[each.line.number] = each.left_before_cents
        again = result_of(budget, cheaper, list(votes))
        assert each.line.reference in {line.reference for line in again.winners}


def test_nothing_is_promised_to_what_costs_more_than_the_budget() -> None:
    _, losers = explain(result_of(5, [9, 3], [4, 2]))
    assert [each.enough for each in losers] == [None]
    assert losers[0].missing_cents == 4
