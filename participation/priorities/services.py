"""Use cases of those who propose and support. What staff decide is in ``decisions``."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from database import db
from participation import history
from participation.actions import Action
from participation.cycles import queries as cycles
from participation.errors import ConflictError, InvalidInputError
from participation.permissions import Actor, require
from participation.priorities import queries, records
from participation.priorities.content import (
    How,
    Part,
    What,
    Where,
    checked_how,
    checked_what,
    checked_where,
)
from participation.priorities.decisions import (
    apply_result,
    carry_over_priority,
    check_priority,
    shortlist_priority,
    take_off_shortlist,
)
from participation.priorities.models import (
    Priority,
    PriorityTranslation,
    Support,
    TranslationOrigin,
)
from participation.priorities.states import PriorityState, Step
from participation.priorities.steps import cycle_of, lock_priority, take_step
from participation.rules import queries as rules

if TYPE_CHECKING:
    from participation.cycles.models import Cycle

__all__ = [
    "add_translation",
    "apply_result",
    "carry_over_priority",
    "check_priority",
    "propose_for_someone",
    "publish_priority",
    "save_draft",
    "shortlist_priority",
    "start_draft",
    "support_priority",
    "take_off_shortlist",
    "withdraw_priority",
    "withdraw_support",
]


def start_draft(
    *, actor: Actor, cycle: Cycle, what: What, now: datetime, submission: str | None = None
) -> Priority:
    """Begin a proposal; only its author sees it until it is published.

    :param submission: number of the form, so that sending it twice begins one draft.
    :raises InvalidInputError: no title, or a text is too long.
    """
    require(actor, Action.PROPOSE_PRIORITY, cycles.subject_of(cycle))
    author_id = _person_id(actor)
    priority, is_new = _insert(
        cycle, checked_what(what), author_id, author_id, now=now, submission=submission
    )
    if is_new:
        _record(actor, priority, records.DraftStarted(priority_id=priority.id), now)
    return priority


def save_draft(*, actor: Actor, priority: Priority, part: Part, now: datetime) -> None:
    """Keep one part of a draft; it may stay incomplete until it is published.

    :raises InvalidInputError: a value cannot be used; ``field`` names it.
    :raises ConflictError: it is published already.
    """
    require(actor, Action.EDIT_PRIORITY, queries.subject_of(priority))
    lock_priority(priority)
    if priority.state is not PriorityState.DRAFT:
        raise ConflictError("priority_not_draft")
    _write_part(priority, part)
    priority.changed_at = now
    fact = records.DraftSaved(priority_id=priority.id, part=type(part).__name__.lower())
    _record(actor, priority, fact, now)


def publish_priority(*, actor: Actor, priority: Priority, now: datetime) -> None:
    """Show a draft to everybody; from then on it can be supported and no longer be changed.

    :raises InvalidInputError: something is missing, or the cost is above the year's cap.
    :raises ConflictError: it is published already.
    """
    require(actor, Action.EDIT_PRIORITY, queries.subject_of(priority))
    _publish(actor, priority, now)
    fact = records.PriorityPublished(
        priority_id=priority.id, title=priority.title, cost_cents=priority.cost_cents or 0
    )
    _record(actor, priority, fact, now)


def propose_for_someone(
    *,
    actor: Actor,
    cycle: Cycle,
    what: What,
    where: Where,
    how: How,
    on_behalf_of: str,
    now: datetime,
    submission: str | None = None,
) -> Priority:
    """Write down and publish the wish of somebody without an account.

    :param on_behalf_of: who asked and how to reach them; kept in the erasable part of the journal
        only, never shown.
    :raises InvalidInputError: something is missing or cannot be used.
    """
    require(actor, Action.PROPOSE_FOR_OTHERS, cycles.subject_of(cycle))
    if not on_behalf_of.strip():
        raise InvalidInputError("on_behalf_of_missing", field="on_behalf_of")
    facilitator_id = _person_id(actor)
    priority, is_new = _insert(
        cycle, checked_what(what), None, facilitator_id, now=now, submission=submission
    )
    if not is_new:
        return priority
    _write_part(priority, where)
    _write_part(priority, how)
    _publish(actor, priority, now)
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=records.PriorityProposedForSomeone(
            priority_id=priority.id, title=priority.title, cost_cents=priority.cost_cents or 0
        ),
        personal={"on_behalf_of": on_behalf_of.strip()},
        now=now,
    )
    return priority


def withdraw_priority(*, actor: Actor, priority: Priority, now: datetime) -> None:
    """Take a proposal back while wishes are collected; a draft just disappears.

    :raises ConflictError: it is checked or withdrawn already.
    """
    require(actor, Action.EDIT_PRIORITY, queries.subject_of(priority))
    take_step(actor=actor, priority=priority, step=Step.WITHDRAW)
    priority.withdrawn_at = priority.changed_at = now
    _record(actor, priority, records.PriorityWithdrawn(priority_id=priority.id), now)


def support_priority(*, actor: Actor, priority: Priority, now: datetime) -> bool:
    """State that one supports it; however often one asks, it counts once.

    :returns: whether this was the first time.
    :raises ConflictError: it is not open for support.
    """
    require(actor, Action.SUPPORT_PRIORITY, queries.subject_of(priority))
    _require_supportable(priority)
    given = db.session.scalar(
        insert(Support)
        .values(priority_id=priority.id, person_id=_person_id(actor), given_at=now)
        .on_conflict_do_nothing()
        .returning(Support.person_id)
    )
    if given is None:
        return False
    _add_to_count(priority, 1)
    _record(actor, priority, records.PrioritySupported(priority_id=priority.id), now)
    return True


def withdraw_support(*, actor: Actor, priority: Priority, now: datetime) -> bool:
    """Take one's support back while wishes are collected.

    :returns: whether there was any.
    :raises ConflictError: it is not open for support any more.
    """
    require(actor, Action.SUPPORT_PRIORITY, queries.subject_of(priority))
    _require_supportable(priority)
    taken = db.session.scalar(
        delete(Support)
        .where(Support.priority_id == priority.id, Support.person_id == _person_id(actor))
        .returning(Support.person_id)
    )
    if taken is None:
        return False
    _add_to_count(priority, -1)
    _record(actor, priority, records.SupportWithdrawn(priority_id=priority.id), now)
    return True


def add_translation(
    *,
    actor: Actor,
    priority: Priority,
    what: What,
    now: datetime,
    origin: TranslationOrigin = TranslationOrigin.PEOPLE,
) -> None:
    """Put its words into another language; a later translation replaces an earlier one.

    :raises InvalidInputError: it is the language it was written in, or a text cannot be used.
    """
    require(actor, Action.TRANSLATE_PRIORITY, queries.subject_of(priority))
    words = checked_what(what)
    if words.language == priority.language:
        raise InvalidInputError("translation_into_own_language", field="language")
    values = {"title": words.title, "description": words.description, "origin": origin}
    db.session.execute(
        insert(PriorityTranslation)
        .values(priority_id=priority.id, language=words.language, **values)
        .on_conflict_do_update(index_elements=["priority_id", "language"], set_=values)
    )
    fact = records.TranslationAdded(
        priority_id=priority.id, language=words.language, origin=origin.value
    )
    _record(actor, priority, fact, now)


def _insert(
    cycle: Cycle,
    what: What,
    author_id: int | None,
    entered_by_id: int,
    *,
    now: datetime,
    submission: str | None,
) -> tuple[Priority, bool]:
    """A new draft, or the one that the same form made before."""
    priority_id = db.session.scalar(
        insert(Priority)
        .values(
            municipality_id=cycle.municipality_id,
            cycle_id=cycle.id,
            area_path=cycle.area_path,
            author_id=author_id,
            entered_by_id=entered_by_id,
            submission=submission,
            state=PriorityState.DRAFT,
            language=what.language,
            title=what.title,
            description=what.description,
            place="",
            route_reason="",
            support_count=0,
            created_at=now,
            changed_at=now,
        )
        .on_conflict_do_nothing(index_elements=["entered_by_id", "submission"])
        .returning(Priority.id)
    )
    query = select(Priority).where(Priority.entered_by_id == entered_by_id)
    if priority_id is None:
        return db.session.scalars(query.where(Priority.submission == submission)).one(), False
    return db.session.scalars(query.where(Priority.id == priority_id)).one(), True


def _write_part(priority: Priority, part: Part) -> None:
    match part:
        case What():
            what = checked_what(part)
            priority.title, priority.description = what.title, what.description
            priority.language = what.language
        case Where():
            town = priority.municipality_id
            where = checked_where(
                part,
                theme_ids={theme.id for theme in rules.list_themes(town)},
                function_ids={function.id for function in rules.list_functions(town)},
            )
            priority.place = where.place
            priority.theme_id, priority.function_id = where.theme_id, where.function_id
        case How():
            how = checked_how(part, cost_cap_cents=cycle_of(priority).rules.cost_cap_cents)
            priority.cost_cents, priority.route = how.cost_cents, how.route
            priority.route_reason = how.route_reason


def _publish(actor: Actor, priority: Priority, now: datetime) -> None:
    db.session.flush()  # taking a step reads the row again
    take_step(actor=actor, priority=priority, step=Step.PUBLISH)
    priority.published_at = priority.changed_at = now


def _require_supportable(priority: Priority) -> None:
    lock_priority(priority)
    if priority.state is not PriorityState.PUBLISHED:
        raise ConflictError("priority_not_open_for_support", state=priority.state.value)


def _add_to_count(priority: Priority, change: int) -> None:
    priority.support_count += change  # its row is locked


def _record(actor: Actor, priority: Priority, fact: history.Fact, now: datetime) -> None:
    history.record(actor=actor, chain=history.cycle_chain(priority.cycle_id), fact=fact, now=now)


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:
        raise ValueError("permission was given to somebody without an account")
    return actor.person_id
