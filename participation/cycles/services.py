"""Use cases on cycles: start a year, move its dates, go on to the next phase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from database import db
from participation import history
from participation.actions import Action
from participation.cycles import queries
from participation.cycles.facts import DATED_PHASES, what_blocks
from participation.cycles.models import Cycle, PhaseSlip, PhaseWindow
from participation.cycles.records import BudgetSet, CycleStarted, PhaseDatesMoved, PhaseEntered
from participation.errors import BlockedError, ConflictError, InvalidInputError
from participation.permissions import Actor, Subject, require
from participation.phases import Phase, next_transition
from participation.rules.content import Rules, to_json
from voting.chain import digest


@dataclass(frozen=True)
class Window:
    """First and last day of a phase."""

    start: date
    end: date


def default_windows(plan_year: int) -> dict[Phase, Window]:
    """Usual dates of a plan year (DOMAIN.md, yearly cycle); collecting begins the June before."""
    before = plan_year - 1
    return {
        Phase.PREPARATION: Window(date(before, 5, 1), date(before, 5, 31)),
        Phase.COLLECT: Window(date(before, 6, 1), date(before, 9, 14)),
        Phase.CHECK: Window(date(before, 9, 15), date(before, 9, 30)),
        Phase.VOTE: Window(date(before, 10, 1), date(before, 10, 21)),
        Phase.ADOPT: Window(date(before, 11, 1), date(before, 12, 15)),
        Phase.ASSIGN: Window(date(before, 12, 16), date(plan_year, 1, 31)),
        Phase.EXECUTE: Window(date(plan_year, 1, 1), date(plan_year, 12, 31)),
        Phase.REVIEW: Window(date(plan_year, 5, 1), date(plan_year + 1, 3, 31)),
    }


def start_cycle(
    *,
    actor: Actor,
    area: Subject,
    plan_year: int,
    rules: Rules,
    budget_cents: int,
    windows: Mapping[Phase, Window],
    now: datetime,
) -> Cycle:
    """Start an area's plan year in preparation, under a frozen copy of the rules.

    It is linked to the area's year before, where there is one.

    :param area: the area as permissions see it; the last id of its path is the area.
    :raises ConflictError: the area has this year already.
    :raises InvalidInputError: the budget is negative or dates run backwards.
    """
    require(actor, Action.START_CYCLE, area)
    _require_free_year(area.area_path[-1], plan_year)
    if budget_cents < 0:
        raise InvalidInputError("amount_negative", field="budget")
    cycle = _prepared_cycle(area, plan_year, windows)
    cycle.rules_json, cycle.budget_cents, cycle.started_at = to_json(rules), budget_cents, now
    db.session.add(cycle)
    db.session.flush()  # the record's chain is named after the id
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=CycleStarted(
            plan_year=plan_year,
            budget_cents=budget_cents,
            rules_digest=digest(cycle.rules_json),
            previous_cycle_id=cycle.previous_id,
        ),
        now=now,
    )
    return cycle


def _require_free_year(area_id: int, plan_year: int) -> None:
    queries.lock_years(area_id)
    if queries.cycle_of_year(area_id, plan_year) is not None:
        raise ConflictError("cycle_exists", plan_year=plan_year)


def _prepared_cycle(area: Subject, plan_year: int, windows: Mapping[Phase, Window]) -> Cycle:
    """A year in preparation, linked to the area's year before, where there is one."""
    previous = queries.cycle_of_year(area.area_path[-1], plan_year - 1)
    return Cycle(
        municipality_id=area.municipality_id,
        area_id=area.area_path[-1],
        area_path=list(area.area_path),
        plan_year=plan_year,
        phase=Phase.PREPARATION,
        previous_id=previous.id if previous else None,
        windows=[_window(phase, window) for phase, window in windows.items()],
    )


def set_budget(*, actor: Actor, cycle: Cycle, budget_cents: int, now: datetime) -> None:
    """Say what the neighbourhood may spend; only before anybody proposed against it.

    :raises PhaseClosedError: the year has left preparation.
    :raises InvalidInputError: the amount is not positive.
    """
    require(actor, Action.SET_BUDGET, queries.subject_of(cycle))
    if budget_cents <= 0:
        raise InvalidInputError("amount_not_positive", field="budget")
    cycle.budget_cents = budget_cents
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=BudgetSet(budget_cents=budget_cents),
        now=now,
    )


def move_phase_dates(
    *, actor: Actor, cycle: Cycle, phase: Phase, window: Window, reason: str, now: datetime
) -> PhaseSlip:
    """Change a phase's planned dates, with a reason everybody may read.

    :raises InvalidInputError: no reason, dates run backwards, or the phase has no dates.
    :raises ConflictError: the phase is over.
    """
    require(actor, Action.MOVE_PHASE_DATES, queries.subject_of(cycle))
    if not reason.strip():
        raise InvalidInputError("reason_missing", field="reason")
    planned = _movable_window(cycle, phase, window)
    slip = PhaseSlip(
        cycle_id=cycle.id,
        phase=phase,
        old_start=planned.planned_start,
        old_end=planned.planned_end,
        new_start=window.start,
        new_end=window.end,
        reason=reason.strip(),
        moved_at=now,
    )
    planned.planned_start, planned.planned_end = window.start, window.end
    db.session.add(slip)
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=PhaseDatesMoved(
            phase=phase.value, new_start=window.start.isoformat(), new_end=window.end.isoformat()
        ),
        reason=reason.strip(),
        now=now,
    )
    return slip


def _movable_window(cycle: Cycle, phase: Phase, window: Window) -> PhaseWindow:
    """The window that is about to move; made when the phase had no dates yet."""
    if phase not in DATED_PHASES:
        raise InvalidInputError("phase_has_no_dates", field="phase")
    if window.end < window.start:
        raise InvalidInputError("dates_run_backwards", field="end")
    order = list(Phase)
    if order.index(phase) < order.index(cycle.phase):
        raise ConflictError("phase_is_over", phase=phase.value)
    planned = cycle.window(phase)
    if planned is None:
        planned = _window(phase, window)
        cycle.windows.append(planned)
    return planned


def advance_cycle(*, actor: Actor, cycle: Cycle, expected: Phase, now: datetime) -> Phase:
    """Go on to the next phase. The only place where a phase is written.

    :param expected: the phase the actor saw, so that a double click advances once.
    :raises ConflictError: somebody else advanced it meanwhile, or the year is closed.
    :raises BlockedError: guards hold; its ``reasons`` parameter lists them.
    """
    require(actor, Action.ADVANCE_CYCLE, queries.subject_of(cycle))
    db.session.execute(select(Cycle.id).where(Cycle.id == cycle.id).with_for_update())
    db.session.refresh(cycle)
    transition = next_transition(cycle.phase)
    if cycle.phase is not expected or transition is None:
        raise ConflictError("phase_moved_on", phase=cycle.phase.value)
    reasons = what_blocks(cycle)
    if reasons:
        raise BlockedError("phase_blocked", reasons=reasons)
    left, cycle.phase = cycle.phase, transition.target
    entered = cycle.window(cycle.phase)
    if entered is not None:
        entered.entered_at = now
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=PhaseEntered(left=left.value, entered=cycle.phase.value),
        now=now,
    )
    return cycle.phase


def _window(phase: Phase, window: Window) -> PhaseWindow:
    if window.end < window.start:
        raise InvalidInputError("dates_run_backwards", field=phase.value)
    return PhaseWindow(phase=phase, planned_start=window.start, planned_end=window.end)
