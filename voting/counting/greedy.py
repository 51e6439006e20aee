"""Greedy: the project with the highest utility per unit of cost first, take what still fits.

Definition: order the projects by total utility divided by cost, highest first. Go through the
order once; fund a project when its cost is at most what is left of the budget, otherwise skip it
and go on. With ``Utility.COST`` a supporter's utility is the project's cost, so the order is simply
"most votes". With ``Utility.CARDINALITY`` it is 1, so the order is votes per unit of cost.

Projects that no ballot approves are left out unless asked otherwise.

Source: Rey and Maly, "The (Computational) Social Choice Take on Indivisible Participatory
Budgeting" (2023), greedy rules; equal to pabutools' ``greedy_utilitarian_welfare`` when projects
without support are not left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from voting.counting.model import Amount, Ballots, Election, Project, Utility
from voting.counting.ties import LEXICO, Tie, TieBreak, order_tied


class Decision(StrEnum):
    """What the rule did with a project."""

    FUNDED = "funded"
    DOES_NOT_FIT = "does_not_fit"
    NO_SUPPORT = "no_support"


@dataclass(frozen=True)
class GreedyOptions:
    """How the rule is applied; stated before the vote."""

    utility: Utility = Utility.COST
    leave_out_unsupported: bool = True
    tie_break: TieBreak = LEXICO


@dataclass(frozen=True)
class Step:
    """One project considered. ``left`` is what remains of the budget after the decision."""

    number: int
    project: str
    votes: int
    cost: Amount
    left: Amount
    decision: Decision


@dataclass(frozen=True)
class GreedyOutcome:
    """Winners in order of selection, every step, every tie met."""

    winners: tuple[str, ...]
    spent: Amount
    steps: tuple[Step, ...]
    ties: tuple[Tie, ...]


def greedy(election: Election, ballots: Ballots, options: GreedyOptions) -> GreedyOutcome:
    """Apply the rule. Ballots must name projects of the election only."""
    votes = ballots.support()
    order, ties = _order(election.projects, votes, options)
    steps = _spend(election.budget, order, votes, options)
    by_project = {step.project: step for step in steps}
    winners = tuple(step.project for step in steps if step.decision is Decision.FUNDED)
    return GreedyOutcome(
        winners=winners,
        spent=sum((election.by_id[winner].cost for winner in winners), start=0),
        steps=steps,
        ties=tuple(_with_effect(tie, by_project) for tie in ties),
    )


def _order(
    projects: Iterable[Project], votes: Mapping[str, int], options: GreedyOptions
) -> tuple[list[Project], list[Tie]]:
    def rank(project: Project) -> tuple[int, Amount]:
        return _rate(project, votes.get(project.id, 0), options.utility)

    order: list[Project] = []
    ties: list[Tie] = []
    for _, level in groupby(sorted(projects, key=rank, reverse=True), key=rank):
        tied = {project.id: project for project in level}
        if len(tied) == 1:
            order.extend(tied.values())
            continue
        tie = order_tied(list(tied.values()), votes, options.tie_break)
        order.extend(tied[project] for project in tie.order)
        if votes.get(tie.order[0], 0) or not options.leave_out_unsupported:
            ties.append(tie)
    return order, ties


def _rate(project: Project, votes: int, utility: Utility) -> tuple[int, Amount]:
    """Utility per unit of cost; first part 1 for a free project that somebody wants."""
    if utility is Utility.COST:
        return (0, votes)
    if project.cost == 0:
        return (1, 0) if votes else (0, 0)
    return (0, Fraction(votes) / project.cost)


def _spend(
    budget: Amount, order: Iterable[Project], votes: Mapping[str, int], options: GreedyOptions
) -> tuple[Step, ...]:
    left = budget
    steps: list[Step] = []
    for number, project in enumerate(order, start=1):
        support = votes.get(project.id, 0)
        decision = _decide(project, support, left, options)
        if decision is Decision.FUNDED:
            left -= project.cost
        steps.append(Step(number, project.id, support, project.cost, left, decision))
    return tuple(steps)


def _decide(project: Project, support: int, left: Amount, options: GreedyOptions) -> Decision:
    if support == 0 and options.leave_out_unsupported:
        return Decision.NO_SUPPORT
    return Decision.FUNDED if project.cost <= left else Decision.DOES_NOT_FIT


def _with_effect(tie: Tie, steps: Mapping[str, Step]) -> Tie:
    """Say whether another order of the tied projects would have funded others.

    It would exactly when a project that was passed over still fitted before the tie was reached.
    """
    first = steps[tie.order[0]]
    before = first.left + (first.cost if first.decision is Decision.FUNDED else 0)
    passed_over = [steps[project] for project in tie.projects]
    return replace(
        tie,
        decisive=any(
            step.decision is Decision.DOES_NOT_FIT and step.cost <= before for step in passed_over
        ),
    )
