"""Use cases on offers: an organisation says what it would do for how much, or takes that back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.dialects.postgresql import insert

from database import db
from participation.actions import Action
from participation.cycles import queries as cycles
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.organisations import queries as organisations
from participation.organisations.kinds import LegalForm
from participation.permissions import Actor, require
from participation.tasks import queries
from participation.tasks.models import Offer, Task
from participation.tasks.records import OfferMade, OfferWithdrawn
from participation.tasks.states import OfferState, TaskState
from participation.tasks.steps import checked_text, record


@dataclass(frozen=True)
class Terms:
    """What an organisation offers. Amounts in cents, hours of work in all."""

    amount_cents: int
    plan: str
    language: str
    hours: int = 0
    own_contribution_cents: int = 0
    support_wanted: str = ""


def make_offer(
    *, actor: Actor, task: Task, organisation_id: int, terms: Terms, now: datetime
) -> Offer:
    """Offer to do a task while its call is open; what was withdrawn may be offered anew.

    :raises NotAllowedError: the actor does not act for this organisation here.
    :raises ConflictError: the call is not open, or the organisation has an offer already.
    :raises InvalidInputError: no plan, an amount below zero or above the task's ceiling, or
        above what the year's rules give a group without legal form (DOMAIN.md: EUR 5,000).
    """
    require(actor, Action.MAKE_OFFER, queries.subject_of(task))
    if organisation_id not in queries.may_offer_for(actor, task):
        raise NotAllowedError("not_your_organisation")
    _require_open_call(task, now)
    plan = checked_text(terms.plan, "plan", missing="offer_plan_missing")
    _check_amounts(task, organisation_id, terms)
    offer = _store(task, organisation_id, {**_content(terms), "plan": plan}, actor, now)
    if offer is None:
        raise ConflictError("offer_exists")
    fact = OfferMade(
        task_id=task.id, organisation_id=organisation_id, amount_cents=terms.amount_cents
    )
    record(actor, task, fact, now)
    return offer


def withdraw_offer(*, actor: Actor, offer: Offer, now: datetime) -> None:
    """Take an offer back while the call is open.

    :raises NotAllowedError: the actor does not act for the organisation that made it.
    :raises ConflictError: it is withdrawn, or the call is closed.
    """
    task = queries.task_of_offer(offer)
    require(actor, Action.MAKE_OFFER, queries.subject_of(task))
    if offer.organisation_id not in queries.may_offer_for(actor, task):
        raise NotAllowedError("not_your_organisation")
    _require_open_call(task, now)
    db.session.refresh(offer, with_for_update={"key_share": True})
    if offer.state is not OfferState.SUBMITTED:
        raise ConflictError("offer_withdrawn")
    offer.state = OfferState.WITHDRAWN
    fact = OfferWithdrawn(task_id=task.id, organisation_id=offer.organisation_id)
    record(actor, task, fact, now)


def _content(terms: Terms) -> dict[str, Any]:
    return {
        "amount_cents": terms.amount_cents,
        "own_contribution_cents": terms.own_contribution_cents,
        "hours": terms.hours,
        "support_wanted": terms.support_wanted.strip(),
        "language": terms.language,
    }


def _store(
    task: Task, organisation_id: int, content: dict[str, Any], actor: Actor, now: datetime
) -> Offer | None:
    """Write the offer, over one that was withdrawn; ``None`` where one stands already."""
    values = {
        **content,
        "state": OfferState.SUBMITTED,
        "made_by": actor.person_id,
        "made_at": now,
    }
    statement = insert(Offer).values(task_id=task.id, organisation_id=organisation_id, **values)
    return db.session.scalar(
        statement.on_conflict_do_update(
            index_elements=["task_id", "organisation_id"],
            set_=values,
            where=Offer.state == OfferState.WITHDRAWN,
        ).returning(Offer),
        execution_options={"populate_existing": True},
    )


def _require_open_call(task: Task, now: datetime) -> None:
    """The lock keeps a decision from being taken while an offer comes in."""
    db.session.refresh(task, with_for_update={"key_share": True})
    today = queries.day_in_town(task.municipality_id, now)
    if task.state is not TaskState.CALL_OPEN or task.closes_on is None or today > task.closes_on:
        raise ConflictError("call_closed")


def _check_amounts(task: Task, organisation_id: int, terms: Terms) -> None:
    if terms.amount_cents < 0:
        raise InvalidInputError("amount_negative", field="amount")
    if terms.own_contribution_cents < 0:
        raise InvalidInputError("amount_negative", field="own_contribution")
    if terms.hours < 0:
        raise InvalidInputError("number_negative", field="hours")
    if terms.amount_cents > task.budget_cents:
        raise InvalidInputError(
            "offer_above_ceiling", ceiling_cents=task.budget_cents, field="amount"
        )
    organisation = organisations.get_organisation(organisation_id)
    cycle = cycles.find_cycle(task.municipality_id, task.cycle_id)
    limit = cycle.rules.legal_form_above_cents if cycle is not None else 0
    if organisation.legal_form is LegalForm.NONE and terms.amount_cents > limit:
        raise InvalidInputError("legal_form_needed", limit_cents=limit, field="amount")
