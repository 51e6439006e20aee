"""What an executor must have (gates) and how good an offer is (weighted criteria). Pure.

Source: the design's list for issue "tasks"; habit, having done it before, is on purpose absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from participation.errors import InvalidInputError


class Gate(StrEnum):
    """A hard condition; without it an offer cannot be chosen."""

    CONDUCT_CERTIFICATE = "conduct_certificate"
    LEGAL_FORM = "legal_form"
    QUALIFICATION = "qualification"
    CONFIDENTIALITY = "confidentiality"
    STATUTORY_TASK = "statutory_task"
    NON_PROFIT = "non_profit"
    USER_COUNCIL = "user_council"
    INSURANCE = "insurance"
    PERMIT = "permit"


class Criterion(StrEnum):
    """One side of an offer's quality."""

    COMPETENCE = "competence"
    ROOTED = "rooted"
    CONTINUITY = "continuity"
    REACH = "reach"
    INCLUSION = "inclusion"
    PROXIMITY = "proximity"
    COST = "cost"
    SUPPORT_NEEDED = "support_needed"


FULL_WEIGHT = 100
DEFAULT_WEIGHTS: dict[Criterion, int] = {
    Criterion.COMPETENCE: 20,
    Criterion.ROOTED: 15,
    Criterion.CONTINUITY: 15,
    Criterion.REACH: 15,
    Criterion.INCLUSION: 10,
    Criterion.PROXIMITY: 5,
    Criterion.COST: 10,
    Criterion.SUPPORT_NEEDED: 10,
}


def checked_weights(weights: Mapping[Criterion, int]) -> dict[str, int]:
    """Weights as stored, in the order of ``Criterion``; those of nothing are left out.

    :raises InvalidInputError: one is negative, or they do not sum to 100.
    """
    if any(weight < 0 for weight in weights.values()):
        raise InvalidInputError("number_negative", field="weights")
    total = sum(weights.values())
    if total != FULL_WEIGHT:
        raise InvalidInputError("weights_do_not_sum", total=total, field="weights")
    return {c.value: weights[c] for c in Criterion if weights.get(c)}


def checked_gates(gates: Iterable[Gate]) -> list[str]:
    """Gates as stored, each once, in the order of ``Gate``."""
    wanted = set(gates)
    return [gate.value for gate in Gate if gate in wanted]
