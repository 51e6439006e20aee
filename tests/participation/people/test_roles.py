"""Roles: given by the municipality inside its tree, never two that exclude each other (W7)."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from database import db
from participation import history
from participation.areas import queries as areas
from participation.areas.models import AreaKind
from participation.errors import ConflictError, InvalidInputError, NotAllowedError, NotFoundError
from participation.history import JournalRecord
from participation.notices.models import Notice
from participation.people import administration, founding, queries
from participation.people.models import Person
from participation.permissions import Actor, Grant, Role
from tests.builders import make_actor, make_area, make_person, make_town


def administrator(municipality_id: int, now: datetime) -> Actor:
    person = founding.appoint_administrator_from_command_line(
        municipality_id=municipality_id, email="gemeente@example.org", name="Gemeente",
        language="nl", now=now,
    ).person  # fmt: skip
    return queries.load_actor(person, with_staff_roles=True, on=now.date())


def person_of(actor: Actor) -> Person:
    person = queries.find_person(actor.municipality_id or 0, actor.person_id or 0)
    assert person is not None
    return person


@pytest.mark.usefixtures("session")
class TestGivingRoles:
    def test_only_the_municipality_gives_roles(self, now: datetime) -> None:
        town = make_town()
        area, person = make_area(town), make_person(town)
        for role in set(Role) - {Role.MUNICIPALITY}:
            grant = Grant(role=role, area_id=areas.root_area(town.id).id, organisation_id=1)
            actor = Actor(person_id=person.id, municipality_id=town.id, grants=(grant,))
            with pytest.raises(NotAllowedError):
                administration.give_role(
                    actor=actor, person=person, role=Role.FACILITATOR, area=area,
                    now=now,
                )  # fmt: skip

    def test_municipality_of_one_district_cannot_give_roles_in_another(self, now: datetime) -> None:
        town = make_town()
        north = make_area(town, name="Noord", kind=AreaKind.DISTRICT)
        south = make_area(town, name="Zuid", kind=AreaKind.DISTRICT)
        below = make_area(town, name="Noordhof", parent=north)
        actor = make_actor(town, Role.MUNICIPALITY, area=north)
        person = make_person(town)
        administration.give_role(
            actor=actor, person=person, role=Role.FACILITATOR, area=below, now=now
        )
        for area in (south, areas.root_area(town.id)):
            with pytest.raises(NotAllowedError):
                administration.give_role(
                    actor=actor, person=person, role=Role.FACILITATOR, area=area, now=now
                )

    def test_one_town_cannot_touch_another(self, now: datetime) -> None:
        town, other = make_town(), make_town(slug="elders", name="Elders")
        actor = administrator(town.id, now)
        stranger, area = make_person(other), make_area(other)
        with pytest.raises(NotAllowedError):
            administration.give_role(
                actor=actor, person=stranger, role=Role.FACILITATOR, area=area, now=now
            )
        with pytest.raises(NotFoundError):
            administration.give_role(
                actor=actor, person=stranger, role=Role.FACILITATOR, area=make_area(town), now=now
            )
        with pytest.raises(NotAllowedError):
            administration.block_account(actor=actor, person=stranger, reason="x", now=now)
        assert queries.find_person(town.id, stranger.id) is None

    def test_role_writes_a_record_with_actor_and_time(self, now: datetime) -> None:
        town = make_town()
        actor = administrator(town.id, now)
        area, person = make_area(town), make_person(town)
        administration.give_role(
            actor=actor, person=person, role=Role.FACILITATOR, area=area, now=now
        )
        record = history.list_records(history.municipality_chain(town.id), limit=1)[0]
        assert (record.kind, record.actor_id, record.at) == ("role_given", actor.person_id, now)
        assert record.payload["role"] == "facilitator"
        assert person.name not in str(record.payload)

    def test_same_role_is_not_given_twice(self, now: datetime) -> None:
        town = make_town()
        actor, area, person = administrator(town.id, now), make_area(town), make_person(town)
        administration.give_role(actor=actor, person=person, role=Role.AUDITOR, area=area, now=now)
        with pytest.raises(ConflictError, match="role_held_already"):
            administration.give_role(
                actor=actor, person=person, role=Role.AUDITOR, area=area, now=now
            )

    @pytest.mark.parametrize(
        ("role", "organisation_id", "code"),
        [
            (Role.EXECUTOR_MEMBER, None, "organisation_missing"),
            (Role.EXECUTOR_MEMBER, 10**9, "organisation_unknown"),
            (Role.FACILITATOR, 1, "organisation_not_wanted"),
        ],
    )
    def test_executor_and_nobody_else_belongs_to_an_organisation(
        self, role: Role, organisation_id: int | None, code: str, now: datetime
    ) -> None:
        town = make_town()
        with pytest.raises(InvalidInputError, match=code):
            administration.give_role(
                actor=administrator(town.id, now), person=make_person(town), role=role,
                area=make_area(town), organisation_id=organisation_id, now=now,
            )  # fmt: skip


@pytest.mark.usefixtures("session")
class TestRolesThatExcludeEachOther:
    @pytest.mark.parametrize("other", [Role.FACILITATOR, Role.MUNICIPALITY, Role.COALITION_STAFF])
    @pytest.mark.parametrize("commission_first", [True, False])
    def test_commission_excludes_who_runs_the_year(
        self, other: Role, commission_first: bool, now: datetime
    ) -> None:
        town = make_town()
        actor, person = administrator(town.id, now), make_person(town)
        root, area = areas.root_area(town.id), make_area(town)
        first, second = (
            (Role.COMMISSION_MEMBER, other) if commission_first else (other, Role.COMMISSION_MEMBER)
        )
        administration.give_role(actor=actor, person=person, role=first, area=root, now=now)
        with pytest.raises(ConflictError, match="roles_exclude_each_other"):
            administration.give_role(actor=actor, person=person, role=second, area=area, now=now)

    def test_area_above_overlaps_as_well(self, now: datetime) -> None:
        town = make_town()
        actor, person = administrator(town.id, now), make_person(town)
        administration.give_role(
            actor=actor, person=person, role=Role.FACILITATOR, area=make_area(town), now=now
        )
        with pytest.raises(ConflictError, match="roles_exclude_each_other"):
            administration.give_role(
                actor=actor, person=person, role=Role.COMMISSION_MEMBER,
                area=areas.root_area(town.id), now=now,
            )  # fmt: skip

    @pytest.mark.parametrize("other", [Role.RESIDENT, Role.BOARD_MEMBER, Role.AUDITOR])
    def test_commission_goes_with_other_roles(self, other: Role, now: datetime) -> None:
        town = make_town()
        actor, person, area = administrator(town.id, now), make_person(town), make_area(town)
        for role in (Role.COMMISSION_MEMBER, other):
            administration.give_role(actor=actor, person=person, role=role, area=area, now=now)

    def test_two_neighbourhoods_do_not_overlap(self, now: datetime) -> None:
        town = make_town()
        actor, person = administrator(town.id, now), make_person(town)
        for role, name in ((Role.COMMISSION_MEMBER, "Oost"), (Role.FACILITATOR, "West")):
            administration.give_role(
                actor=actor, person=person, role=role, area=make_area(town, name=name), now=now
            )

    def test_one_after_the_other_is_fine(self, now: datetime) -> None:
        town = make_town()
        actor, person, area = administrator(town.id, now), make_person(town), make_area(town)
        assignment = administration.give_role(
            actor=actor, person=person, role=Role.FACILITATOR, area=area,
            valid_from=date(2026, 1, 1), now=now,
        )  # fmt: skip
        administration.end_role(actor=actor, assignment=assignment, reason="Klaar", now=now)
        administration.give_role(
            actor=actor, person=person, role=Role.COMMISSION_MEMBER, area=area, now=now
        )

    def test_role_planned_for_later_excludes_too(self, now: datetime) -> None:
        town = make_town()
        actor, person, area = administrator(town.id, now), make_person(town), make_area(town)
        administration.give_role(
            actor=actor, person=person, role=Role.FACILITATOR, area=area,
            valid_from=now.date() + timedelta(days=30), now=now,
        )  # fmt: skip
        with pytest.raises(ConflictError, match="roles_exclude_each_other"):
            administration.give_role(
                actor=actor, person=person, role=Role.COMMISSION_MEMBER, area=area, now=now
            )
        administration.give_role(
            actor=actor, person=person, role=Role.COMMISSION_MEMBER, area=area,
            valid_until=now.date() + timedelta(days=30), now=now,
        )  # fmt: skip


@pytest.mark.usefixtures("session")
class TestEndingAndBlocking:
    def test_ended_role_counts_no_longer_today(self, now: datetime) -> None:
        town = make_town()
        actor, person, area = administrator(town.id, now), make_person(town), make_area(town)
        assignment = administration.give_role(
            actor=actor, person=person, role=Role.FACILITATOR, area=area, now=now
        )
        administration.end_role(actor=actor, assignment=assignment, reason="Klaar", now=now)
        assert queries.roles_of(person.id, on=now.date()) == []
        with pytest.raises(ConflictError, match="role_is_over"):
            administration.end_role(actor=actor, assignment=assignment, reason="Klaar", now=now)

    def test_ending_and_blocking_need_a_reason(self, now: datetime) -> None:
        town = make_town()
        actor, person, area = administrator(town.id, now), make_person(town), make_area(town)
        assignment = administration.give_role(
            actor=actor, person=person, role=Role.FACILITATOR, area=area, now=now
        )
        with pytest.raises(InvalidInputError, match="person_reason_missing"):
            administration.end_role(actor=actor, assignment=assignment, reason=" ", now=now)
        with pytest.raises(InvalidInputError, match="person_reason_missing"):
            administration.block_account(actor=actor, person=person, reason="", now=now)

    def test_last_administrator_stays(self, now: datetime) -> None:
        town = make_town()
        actor = administrator(town.id, now)
        (assignment,) = queries.roles_of(actor.person_id or 0, on=now.date())
        with pytest.raises(ConflictError, match="last_administrator"):
            administration.end_role(actor=actor, assignment=assignment, reason="x", now=now)
        with pytest.raises(ConflictError, match="cannot_block_yourself"):
            administration.block_account(actor=actor, person=person_of(actor), reason="x", now=now)

    def test_blocked_account_has_no_rights_and_no_session(self, now: datetime) -> None:
        town = make_town()
        actor = administrator(town.id, now)
        person = person_of(make_actor(town, Role.FACILITATOR))
        before = person.session_round
        administration.block_account(actor=actor, person=person, reason="Misbruik", now=now)
        assert not queries.load_actor(person, with_staff_roles=True, on=now.date()).is_signed_in
        assert person.session_round == before + 1
        administration.unblock_account(actor=actor, person=person, reason="Vergissing", now=now)
        assert queries.load_actor(person, with_staff_roles=True, on=now.date()).is_signed_in


@pytest.mark.usefixtures("session")
class TestInviting:
    def test_new_staff_gets_an_invitation_and_the_role(self, now: datetime) -> None:
        town = make_town()
        area = make_area(town)
        person = administration.invite_person(
            actor=administrator(town.id, now), area=area, role=Role.FACILITATOR,
            email="gespreksleider@example.org", name="Sevda Kaya", language="de", now=now,
        )  # fmt: skip
        notice = db.session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert notice is not None
        assert (notice.kind, notice.email, notice.language) == ("invitation", person.email, "de")
        assert queries.holds_staff_role(person.id, on=now.date())

    def test_resident_invited_as_staff_keeps_one_account(self, now: datetime) -> None:
        town = make_town()
        resident = make_person(town, email="fatma@example.org")
        person = administration.invite_person(
            actor=administrator(town.id, now), area=make_area(town), role=Role.BOARD_MEMBER,
            email="Fatma@example.org", name="Fatma", language="nl", now=now,
        )  # fmt: skip
        assert person.id == resident.id

    def test_command_line_appointment_stands_in_the_journal(self, now: datetime) -> None:
        town = make_town()
        administrator(town.id, now)
        kinds = db.session.scalars(
            select(JournalRecord.kind).where(
                JournalRecord.chain == history.municipality_chain(town.id)
            )
        ).all()
        assert "administrator_appointed" in kinds
        assert history.verify(history.municipality_chain(town.id)) is None


def test_of_two_excluding_roles_given_at_the_same_moment_one_remains(
    bare_app: Flask, committed: None, now: datetime
) -> None:
    town = make_town()
    actor, person = administrator(town.id, now), make_person(town)
    area, person_id, town_id = make_area(town), person.id, town.id
    area_id = area.id
    db.session.commit()
    start, outcomes = threading.Barrier(8), []

    def give(role: Role) -> None:
        with bare_app.app_context():
            found, where = (
                queries.find_person(town_id, person_id),
                areas.find_area(town_id, area_id),
            )
            assert found is not None
            assert where is not None
            start.wait()
            try:
                administration.give_role(actor=actor, person=found, role=role, area=where, now=now)
                db.session.commit()
            except ConflictError as error:
                db.session.rollback()
                outcomes.append(error.code)
            else:
                outcomes.append("given")

    roles = (Role.COMMISSION_MEMBER, Role.FACILITATOR) * 4
    threads = [threading.Thread(target=give, args=(role,)) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("given") == 1
    assert len(queries.all_roles_of(person_id)) == 1
