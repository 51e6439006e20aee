"""Who may do what, without database."""

from __future__ import annotations

import pytest

from participation.actions import Action
from participation.errors import NotAllowedError, PhaseClosedError
from participation.permissions import VISITOR, Actor, Grant, Role, Subject, can, require
from participation.phases import Phase

TOWN, OTHER_TOWN = 1, 2
SUBJECT = Subject(municipality_id=TOWN, area_path=(10, 20, 30), phase=Phase.COLLECT)


def holder(role: Role, area_id: int, *, town: int = TOWN, organisation: int | None = None) -> Actor:
    return Actor(person_id=7, municipality_id=town, grants=(Grant(role, area_id, organisation),))


@pytest.mark.parametrize("area_id", [10, 20, 30])
def test_a_role_reaches_its_whole_subtree(area_id: int) -> None:
    assert can(holder(Role.RESIDENT, area_id), Action.PROPOSE_PRIORITY, SUBJECT)


def test_a_role_elsewhere_does_not_reach() -> None:
    assert not can(holder(Role.RESIDENT, 31), Action.PROPOSE_PRIORITY, SUBJECT)


def test_no_role_reaches_into_another_municipality() -> None:
    stranger = holder(Role.MUNICIPALITY, 10, town=OTHER_TOWN)
    for action in Action:
        assert not can(stranger, action, SUBJECT)


def test_a_visitor_may_do_nothing() -> None:
    assert not any(can(VISITOR, action, SUBJECT) for action in Action)


def test_what_the_phase_closes_is_refused_by_another_name() -> None:
    voting = Subject(municipality_id=TOWN, area_path=(10,), phase=Phase.VOTE)
    with pytest.raises(PhaseClosedError):
        require(holder(Role.RESIDENT, 10), Action.PROPOSE_PRIORITY, voting)
    with pytest.raises(NotAllowedError):
        require(holder(Role.AUDITOR, 10), Action.PROPOSE_PRIORITY, voting)


def test_only_members_of_the_executor_report_its_progress() -> None:
    task = Subject(municipality_id=TOWN, area_path=(10,), phase=Phase.EXECUTE, organisation_id=5)
    assert can(holder(Role.EXECUTOR_MEMBER, 10, organisation=5), Action.REPORT_PROGRESS, task)
    assert not can(holder(Role.EXECUTOR_MEMBER, 10, organisation=6), Action.REPORT_PROGRESS, task)
    assert not can(holder(Role.EXECUTOR_MEMBER, 11, organisation=5), Action.REPORT_PROGRESS, task)


def test_a_draft_is_edited_by_its_owner_only() -> None:
    mine = Subject(municipality_id=TOWN, area_path=(10,), phase=Phase.COLLECT, owner_id=7)
    others = Subject(municipality_id=TOWN, area_path=(10,), phase=Phase.COLLECT, owner_id=8)
    resident = holder(Role.RESIDENT, 10)
    assert can(resident, Action.EDIT_PRIORITY, mine)
    assert not can(resident, Action.EDIT_PRIORITY, others)
