"""Writer of Pabulib ``.pb`` files: approval elections.

Owns the text form that ``pabulib`` reads back. Voters are numbered in the order given.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from voting.counting.model import Amount, Ballots, Election


def pabulib_text(
    *, meta: Mapping[str, str], election: Election, votes: Sequence[Sequence[str]]
) -> str:
    """The text of a file.

    :param meta: fields beside the numbers of projects and votes and the budget.
    :param votes: the ids that each ballot approves.
    """
    support = Ballots.of(votes).support()
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerows([["META"], ["key", "value"], *meta.items()])
    writer.writerow(["num_projects", len(election.projects)])
    writer.writerow(["num_votes", len(votes)])
    writer.writerow(["budget", _amount(election.budget)])
    writer.writerows([["PROJECTS"], ["project_id", "cost", "votes", "name"]])
    writer.writerows(
        [project.id, _amount(project.cost), support.get(project.id, 0), _one_line(project.name)]
        for project in election.projects
    )
    writer.writerows([["VOTES"], ["voter_id", "vote"]])
    writer.writerows([number, ",".join(vote)] for number, vote in enumerate(votes, start=1))
    return stream.getvalue()


def _amount(amount: Amount) -> str:
    """Decimal text; every amount of money has one."""
    value = Fraction(amount)
    return str(Decimal(value.numerator) / Decimal(value.denominator))


def _one_line(text: str) -> str:
    return " ".join(text.split())
