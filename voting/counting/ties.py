"""Ties between projects, decided by criteria that were stated before the vote.

Criteria, in the order the election states them:

- ``cheaper``: the project that costs less comes first.
- ``more_votes``: the project that more ballots approve comes first.
- ``draw``: a public draw. Order by SHA-256 over seed, digest of the closed box and project id. The
  seed is committed before opening, so nobody can choose it after seeing the ballots, and the box
  digest is not known before the close, so nobody can choose the seed for its effect.
- ``lexico``: by id compared as text ("11" before "2"), for comparison with pabutools.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from voting.counting.model import Amount, Project, TieCriterion

DECISIVE = (TieCriterion.DRAW, TieCriterion.LEXICO)
"""Criteria that always tell two projects apart."""

_Key = tuple[Amount | str, ...]


@dataclass(frozen=True)
class TieBreak:
    """The stated criteria and what a draw needs.

    ``seed`` and ``box_digest`` may stay empty where no criterion is ``draw``.
    """

    criteria: tuple[TieCriterion, ...]
    seed: bytes = field(default=b"", repr=False)
    box_digest: str = ""

    def __post_init__(self) -> None:
        if not self.criteria or self.criteria[-1] not in DECISIVE:
            raise ValueError("the last tie criterion must be a draw or the order of ids")


LEXICO = TieBreak((TieCriterion.LEXICO,))


@dataclass(frozen=True)
class Tie:
    """A tie that was met: who was level, in what order they were taken, and what decided it.

    ``criterion`` is the last one that was needed. ``decisive`` tells whether the tie made the
    difference between being funded and not.
    """

    projects: tuple[str, ...]
    order: tuple[str, ...]
    criterion: TieCriterion
    decisive: bool = False

    def as_record(self) -> dict[str, Any]:
        """JSON form for the outcome."""
        return {
            "projects": list(self.projects),
            "order": list(self.order),
            "criterion": self.criterion.value,
            "decisive": self.decisive,
        }


def order_tied(projects: Sequence[Project], votes: Mapping[str, int], tie_break: TieBreak) -> Tie:
    """Put two or more level projects in order.

    :param votes: number of ballots that approve each project.
    """
    keys = {project.id: _full_key(project, votes, tie_break) for project in projects}
    order = tuple(sorted(keys, key=keys.__getitem__))
    return Tie(
        projects=tuple(sorted(keys)),
        order=order,
        criterion=tie_break.criteria[_needed_criteria(list(keys.values())) - 1],
    )


def draw_number(seed: bytes, box_digest: str, project_id: str) -> str:
    """A project's number in the public draw; the lowest comes first."""
    parts = (b"buurtbeslist/draw/1", seed.hex().encode(), box_digest.encode(), project_id.encode())
    return hashlib.sha256(b"\x00".join(parts)).hexdigest()


def _full_key(project: Project, votes: Mapping[str, int], tie_break: TieBreak) -> _Key:
    return tuple(_key(criterion, project, votes, tie_break) for criterion in tie_break.criteria)


def _key(
    criterion: TieCriterion, project: Project, votes: Mapping[str, int], tie_break: TieBreak
) -> Amount | str:
    match criterion:
        case TieCriterion.CHEAPER:
            return project.cost
        case TieCriterion.MORE_VOTES:
            return -votes.get(project.id, 0)
        case TieCriterion.DRAW:
            return draw_number(tie_break.seed, tie_break.box_digest, project.id)
        case TieCriterion.LEXICO:
            return project.id


def _needed_criteria(keys: Sequence[_Key]) -> int:
    """Length of the shortest prefix of criteria that tells all projects apart."""
    width = len(keys[0])
    for length in range(1, width):
        if len({key[:length] for key in keys}) == len(keys):
            return length
    return width
