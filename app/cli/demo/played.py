"""What is told of a year's plan, work and review: the file ``year_played.json`` as typed values.

Owns reading them. Years the file does not tell of get stock texts, see ``stock``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.cli.demo.facts import Json, file_of
from participation.texts import LocalisedText


@dataclass(frozen=True)
class OfferFact:
    """What an organisation offered; amounts in cents."""

    organisation: str
    amount_cents: int
    own_contribution_cents: int
    hours: int
    plan: LocalisedText
    support_wanted: LocalisedText


@dataclass(frozen=True)
class DecisionFact:
    """Who was chosen, on which day and why."""

    day: int
    chosen: str
    reason: LocalisedText


@dataclass(frozen=True)
class ProgressFact:
    """A report from the work."""

    day: int
    progress: str
    text: LocalisedText


@dataclass(frozen=True)
class PaymentFact:
    """Money that went to the executor, or came back."""

    day: int
    is_repayment: bool
    amount_cents: int
    text: LocalisedText


@dataclass(frozen=True)
class OutcomeFact:
    """What the review decided on a goal."""

    day: int
    outcome: str
    reason: LocalisedText
    new_goal: LocalisedText


@dataclass(frozen=True)
class ActivityFact:
    """One chosen wish from its goal to what the review said of it.

    ``counts`` is by question, voice and value; ``texts`` by question, with the voice of each.
    """

    wish: str
    goal: LocalisedText
    for_whom: LocalisedText
    gates: Sequence[str]
    call_opens_day: int
    call_closes_day: int
    offers: Sequence[OfferFact]
    decision: DecisionFact | None = None
    progress: Sequence[ProgressFact] = ()
    payments: Sequence[PaymentFact] = ()
    finished_day: int | None = None
    counts: Mapping[str, Mapping[str, Mapping[str, int]]] = field(default_factory=dict)
    texts: Mapping[str, Sequence[tuple[str, LocalisedText]]] = field(default_factory=dict)
    outcome: OutcomeFact | None = None


@dataclass(frozen=True)
class ReviewersFact:
    """Who answered the review, and between which days."""

    opens_day: int
    closes_day: int
    residents: Sequence[str]
    professionals: Sequence[str]


@dataclass(frozen=True)
class PlayedFact:
    """A year's plan with everything that came of it."""

    introduction: LocalisedText
    continuity: LocalisedText
    activities: Sequence[ActivityFact]
    reviewers: ReviewersFact | None = None

    def decided_day(self) -> int | None:
        """The day the last task was given to somebody; ``None`` while calls are open."""
        days = [a.decision.day for a in self.activities if a.decision is not None]
        return max(days) if days else None


def played_years() -> Mapping[str, PlayedFact]:
    """The years the file tells of, by the id of the year."""
    return {row["cycle"]: _played(row) for row in file_of("year_played.json")["years"]}


def _played(row: Json) -> PlayedFact:
    reviewers = row["reviewers"]
    return PlayedFact(
        introduction=row["introduction"],
        continuity=row["continuity"],
        activities=[_activity(activity) for activity in row["activities"]],
        reviewers=ReviewersFact(
            opens_day=reviewers["opens_day"],
            closes_day=reviewers["closes_day"],
            residents=reviewers["residents"],
            professionals=reviewers["professionals"],
        ),
    )


def _activity(row: Json) -> ActivityFact:
    task, review = row["task"], row.get("review", {})
    return ActivityFact(
        wish=row["priority"],
        goal=row["goal"],
        for_whom=task["for_whom"],
        gates=task["gates"],
        call_opens_day=task["call_opens_day"],
        call_closes_day=task["call_closes_day"],
        offers=[_offer(offer) for offer in row["offers"]],
        decision=_decision(row.get("decision")),
        progress=[ProgressFact(p["day"], p["progress"], p["text"]) for p in row["progress"]],
        payments=[_payment(payment) for payment in row["payments"]],
        finished_day=row.get("finished_day"),
        counts=review.get("counts", {}),
        texts={
            question: [(said["voice"], said["text"]) for said in texts]
            for question, texts in review.get("texts", {}).items()
        },
        outcome=_outcome(row.get("outcome")),
    )


def _offer(row: Json) -> OfferFact:
    return OfferFact(
        organisation=row["organisation"],
        amount_cents=row["amount_cents"],
        own_contribution_cents=row["own_contribution_cents"],
        hours=row["hours"],
        plan=row["plan"],
        support_wanted=row["support_wanted"],
    )


def _decision(row: dict[str, Any] | None) -> DecisionFact | None:
    return None if row is None else DecisionFact(row["day"], row["chosen"], row["reason"])


def _payment(row: Json) -> PaymentFact:
    return PaymentFact(
        day=row["day"],
        is_repayment=row["kind"] == "repayment",
        amount_cents=row["amount_cents"],
        text=row["text"],
    )


def _outcome(row: dict[str, Any] | None) -> OutcomeFact | None:
    if row is None:
        return None
    return OutcomeFact(row["day"], row["outcome"], row["reason"], row.get("new_goal", {}))
