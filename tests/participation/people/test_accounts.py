"""Accounts by e-mail link: one use, one town, and nobody learns who has one."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from database import db
from participation import history
from participation.areas.models import Municipality
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.notices.models import Notice
from participation.people import accounts, queries, services
from participation.people.models import Person, SignInToken, TokenPurpose
from participation.people.names import NameDisplay
from participation.people.tokens import digest_of, forget_old_tokens, issue_token, use_token
from participation.permissions import Role
from tests.builders import make_area, make_person, make_town


def last_notice() -> Notice:
    notice = db.session.scalar(select(Notice).order_by(Notice.id.desc()).limit(1))
    assert notice is not None
    return notice


def sign_up_for(area_id: int, *, email: str = "Fatma@example.org") -> services.SignUp:
    return services.SignUp(
        email=email, name=" Fatma  de Boer ", display=NameDisplay.FIRST, area_id=area_id,
        language="nl",
    )  # fmt: skip


@pytest.mark.usefixtures("session")
class TestSigningUp:
    def test_link_opens_account_with_role_in_chosen_neighbourhood(self, now: datetime) -> None:
        town = make_town()
        area = make_area(town)
        services.request_sign_up(municipality_id=town.id, sign_up=sign_up_for(area.id), now=now)
        notice = last_notice()
        assert notice.kind == "sign_up_link"
        assert queries.person_by_email(town.id, "fatma@example.org") is None

        signed_in = services.confirm_link(
            municipality_id=town.id, token=notice.params["token"], now=now
        )

        assert signed_in.person.shown_name == "Fatma"
        roles = queries.roles_of(signed_in.person.id, on=now.date())
        assert [(r.role, r.area_id) for r in roles] == [(Role.RESIDENT, area.id)]
        assert history.verify(history.municipality_chain(town.id)) is None

    def test_only_the_digest_of_a_link_is_stored(self, now: datetime) -> None:
        town = make_town()
        services.request_sign_up(
            municipality_id=town.id, sign_up=sign_up_for(make_area(town).id), now=now
        )
        token = last_notice().params["token"]
        row = db.session.scalars(select(SignInToken)).one()
        assert row.digest == digest_of(token)
        assert token not in str(row.details)

    def test_known_address_gets_a_link_that_signs_in(self, now: datetime) -> None:
        town = make_town()
        person = make_person(town, email="fatma@example.org")
        services.request_sign_up(
            municipality_id=town.id, sign_up=sign_up_for(make_area(town).id), now=now
        )
        assert last_notice().kind == "sign_in_link"
        signed_in = services.confirm_link(
            municipality_id=town.id, token=last_notice().params["token"], now=now
        )
        assert signed_in.person.id == person.id

    def test_two_links_of_one_address_open_one_account(self, now: datetime) -> None:
        town = make_town()
        wanted = sign_up_for(make_area(town).id)
        tokens = []
        for _ in range(2):
            services.request_sign_up(municipality_id=town.id, sign_up=wanted, now=now)
            tokens.append(last_notice().params["token"])
        people = {
            services.confirm_link(municipality_id=town.id, token=token, now=now).person.id
            for token in tokens
        }
        assert len(people) == 1

    def test_area_of_another_town_is_refused(self, now: datetime) -> None:
        town = make_town()
        elsewhere = make_area(make_town(slug="elders", name="Elders"))
        with pytest.raises(InvalidInputError, match="neighbourhood_unknown"):
            services.request_sign_up(
                municipality_id=town.id, sign_up=sign_up_for(elsewhere.id), now=now
            )

    @pytest.mark.parametrize("email", ["", "nobody", "a@b", "a b@example.org", "x@localhost"])
    def test_impossible_address_is_refused(self, email: str, now: datetime) -> None:
        town = make_town()
        with pytest.raises(InvalidInputError, match="email_wrong"):
            services.request_sign_in(municipality_id=town.id, email=email, language="nl", now=now)


@pytest.mark.usefixtures("session")
class TestLinks:
    @pytest.fixture
    def town(self) -> Municipality:
        return make_town()

    @pytest.fixture
    def person(self, town: Municipality) -> Person:
        return make_person(town, email="fatma@example.org")

    def link(self, person: Person, now: datetime) -> str:
        services.request_sign_in(
            municipality_id=person.municipality_id, email=person.email, language="nl", now=now
        )
        return str(last_notice().params["token"])

    def test_link_works_once(self, person: Person, now: datetime) -> None:
        token = self.link(person, now)
        services.confirm_link(municipality_id=person.municipality_id, token=token, now=now)
        with pytest.raises(ConflictError, match="link_used_up"):
            services.confirm_link(municipality_id=person.municipality_id, token=token, now=now)

    def test_link_is_worthless_after_half_an_hour(self, person: Person, now: datetime) -> None:
        token = self.link(person, now)
        with pytest.raises(ConflictError, match="link_used_up"):
            services.confirm_link(
                municipality_id=person.municipality_id,
                token=token,
                now=now + timedelta(minutes=30),
            )

    def test_link_of_one_town_does_not_work_in_another(self, person: Person, now: datetime) -> None:
        token = self.link(person, now)
        other = make_town(slug="elders", name="Elders")
        with pytest.raises(ConflictError, match="link_used_up"):
            services.confirm_link(municipality_id=other.id, token=token, now=now)
        assert queries.find_open_token(other.id, TokenPurpose, token, now=now) is None

    def test_link_for_one_purpose_does_not_serve_another(
        self, person: Person, now: datetime
    ) -> None:
        token = self.link(person, now)
        with pytest.raises(ConflictError, match="link_used_up"):
            services.confirm_email_change(
                municipality_id=person.municipality_id, token=token, now=now
            )

    def test_unknown_address_gets_a_message_instead_of_a_link(
        self, town: Municipality, now: datetime
    ) -> None:
        services.request_sign_in(
            municipality_id=town.id, email="niemand@example.org", language="de", now=now
        )
        notice = last_notice()
        assert (notice.kind, notice.email, notice.language) == (
            "no_account", "niemand@example.org", "de",
        )  # fmt: skip
        assert db.session.scalars(select(SignInToken)).all() == []

    def test_old_links_are_forgotten(self, person: Person, now: datetime) -> None:
        self.link(person, now)
        assert forget_old_tokens(now=now + timedelta(hours=24)) == 0
        assert forget_old_tokens(now=now + timedelta(hours=25)) == 1


@pytest.mark.usefixtures("session")
class TestOwnAccount:
    def test_moving_ends_the_role_in_the_old_neighbourhood(self, now: datetime) -> None:
        town = make_town()
        old, new = make_area(town), make_area(town, name="Kattenbroek")
        person = services.open_resident_account(
            municipality_id=town.id, sign_up=sign_up_for(old.id), now=now
        )
        own = accounts.self_of(person)
        services.move_to_area(actor=own, person=person, area_id=new.id, now=now)
        roles = queries.roles_of(person.id, on=now.date())
        assert [r.area_id for r in roles] == [new.id]

    def test_nobody_changes_the_account_of_another(self, now: datetime) -> None:
        town = make_town()
        one, other = make_person(town), make_person(town)
        with pytest.raises(NotAllowedError):
            services.change_profile(
                actor=accounts.self_of(one), person=other, name="X", display=NameDisplay.FULL,
                language="nl", now=now,
            )  # fmt: skip

    def test_new_address_counts_once_confirmed_and_old_one_is_told(self, now: datetime) -> None:
        town = make_town()
        person = make_person(town, email="oud@example.org")
        before = person.session_round
        services.request_email_change(
            actor=accounts.self_of(person), person=person, email="nieuw@example.org", now=now
        )
        notice = last_notice()
        assert (notice.kind, notice.email) == ("confirm_email", "nieuw@example.org")
        assert person.email == "oud@example.org"

        services.confirm_email_change(
            municipality_id=town.id, token=notice.params["token"], now=now
        )
        assert person.email == "nieuw@example.org"
        assert person.session_round == before + 1
        assert (last_notice().kind, last_notice().email) == ("email_changed", "oud@example.org")

    def test_sign_in_link_to_the_old_address_dies_with_the_change(self, now: datetime) -> None:
        town = make_town()
        person = make_person(town, email="oud@example.org")
        services.request_sign_in(
            municipality_id=town.id, email=person.email, language="nl", now=now
        )
        old_link = last_notice().params["token"]
        services.request_email_change(
            actor=accounts.self_of(person), person=person, email="nieuw@example.org", now=now
        )
        services.confirm_email_change(
            municipality_id=town.id, token=last_notice().params["token"], now=now
        )
        with pytest.raises(ConflictError, match="link_used_up"):
            services.confirm_link(municipality_id=town.id, token=old_link, now=now)

    def test_address_of_another_account_is_not_taken_over(self, now: datetime) -> None:
        town = make_town()
        person = make_person(town)
        make_person(town, email="bezet@example.org")
        services.request_email_change(
            actor=accounts.self_of(person), person=person, email="Bezet@example.org", now=now
        )
        assert last_notice().kind == "email_in_use"


def test_of_sixteen_threads_with_one_link_one_gets_in(
    bare_app: Flask, committed: None, now: datetime
) -> None:
    person = make_person(make_town())
    municipality_id = person.municipality_id
    token = issue_token(
        municipality_id=municipality_id, purpose=TokenPurpose.SIGN_IN, person_id=person.id,
        details={"next": None}, now=now,
    )  # fmt: skip
    db.session.commit()
    start, outcomes = threading.Barrier(16), []

    def attempt() -> None:
        with bare_app.app_context():
            start.wait()
            try:
                use_token(
                    municipality_id=municipality_id, purposes=(TokenPurpose.SIGN_IN,),
                    token=token, now=now,
                )  # fmt: skip
                db.session.commit()
            except ConflictError as error:
                db.session.rollback()
                outcomes.append(error.code)
            else:
                outcomes.append("in")

    threads = [threading.Thread(target=attempt) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in"] + ["link_used_up"] * 15
