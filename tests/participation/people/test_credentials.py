"""Password and second factor: what is accepted, once, and nothing of it readable in the rows."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import select

from database import db
from participation.errors import ConflictError, InvalidInputError, NotAllowedError
from participation.notices.models import Notice
from participation.people import accounts, administration, credentials, founding, queries, services
from participation.people.models import Credential, Person, RecoveryCode
from participation.people.passwords import check_password, digest_password, password_matches
from participation.people.second_factor import (
    code_at,
    derive_key,
    matching_step,
    new_secret,
    open_secret,
    seal_secret,
)
from participation.permissions import Role
from tests.builders import make_actor, make_person, make_town

KEY = derive_key("a secret of these tests")
PASSWORD = "vier groene fietsen 9"


def last_notice() -> Notice:
    notice = db.session.scalar(select(Notice).order_by(Notice.id.desc()).limit(1))
    assert notice is not None
    return notice


def make_staff(now: datetime, *, slug: str = "lindestad") -> tuple[Person, str, list[str]]:
    """A person with password and second factor, its secret and its recovery codes."""
    town = make_town(slug=slug)
    person = founding.appoint_administrator_from_command_line(
        municipality_id=town.id, email="jan.smit@example.org", name="Jan Smit", language="nl",
        now=now,
    ).person  # fmt: skip
    token = last_notice().params["token"]
    credentials.set_password_by_link(
        municipality_id=town.id, token=token, password=PASSWORD, now=now
    )
    secret = credentials.begin_second_factor(person=person, key=KEY)
    codes = credentials.finish_second_factor(
        person=person, code=code_at(secret, now), key=KEY, now=now
    )
    return person, secret, codes


class TestPasswords:
    @pytest.mark.parametrize(
        ("password", "code"),
        [
            ("kort", "password_too_short"),
            ("elf tekens!", "password_too_short"),
            ("x" * 201, "password_too_long"),
            ("aaaaaaaaaaaa", "password_monotonous"),
            ("121212121212", "password_monotonous"),
            ("jan.smit@example.org", "password_personal"),
            ("JanSmit Lindestad", "password_personal"),
            ("lindestad2026", "password_personal"),
        ],
    )
    def test_password_somebody_could_guess_is_refused(self, password: str, code: str) -> None:
        with pytest.raises(InvalidInputError, match=code):
            check_password(password, own_words=("Jan Smit", "jan.smit@example.org", "Lindestad"))

    @pytest.mark.parametrize("password", [PASSWORD, "alleenkleineletters", "vierentwintig uur"])
    def test_long_password_needs_no_special_signs(self, password: str) -> None:
        check_password(password, own_words=("Jan Smit", "jan.smit@example.org", "Lindestad"))

    def test_digest_is_argon2id_with_19_mib_and_two_passes(self) -> None:
        assert digest_password(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")

    def test_same_letters_from_another_keyboard_match(self) -> None:
        assert password_matches(digest_password("cafe\u0301 om de hoek"), "caf\u00e9 om de hoek")

    def test_no_digest_matches_nothing(self) -> None:
        assert not password_matches(None, "nobody has this password")


class TestSecondFactorMathematics:
    def test_sealed_secret_opens_only_for_its_person_and_key(self) -> None:
        secret = new_secret()
        sealed = seal_secret(secret, person_id=7, key=KEY)
        assert secret.encode() not in sealed
        assert open_secret(sealed, person_id=7, key=KEY) == secret
        with pytest.raises(InvalidTag):
            open_secret(sealed, person_id=8, key=KEY)
        with pytest.raises(InvalidTag):
            open_secret(sealed, person_id=7, key=derive_key("another"))

    @pytest.mark.parametrize(
        ("seconds", "accepted"), [(0, True), (-30, True), (30, True), (-61, False), (61, False)]
    )
    def test_code_is_accepted_one_step_around_now(
        self, seconds: int, accepted: bool, now: datetime
    ) -> None:
        secret = new_secret()
        code = code_at(secret, now + timedelta(seconds=seconds))
        assert (matching_step(secret, code, now=now) is not None) is accepted


@pytest.mark.usefixtures("session")
class TestSigningIn:
    def test_wrong_address_and_wrong_password_get_the_same_refusal(self, now: datetime) -> None:
        person, _secret, _codes = make_staff(now)
        resident = make_person(make_town(slug="elders"))
        refusals = []
        for town_id, email, password in [
            (person.municipality_id, person.email, "een ander wachtwoord"),
            (person.municipality_id, "niemand@example.org", PASSWORD),
            (resident.municipality_id, resident.email, PASSWORD),
            (resident.municipality_id, person.email, PASSWORD),
        ]:
            with pytest.raises(InvalidInputError) as refusal:
                credentials.check_sign_in(municipality_id=town_id, email=email, password=password)
            refusals.append(str(refusal.value))
        assert len(set(refusals)) == 1

    def test_right_password_leads_on(self, now: datetime) -> None:
        person, _secret, _codes = make_staff(now)
        found = credentials.check_sign_in(
            municipality_id=person.municipality_id, email="Jan.Smit@Example.org", password=PASSWORD
        )
        assert found.id == person.id

    def test_code_of_the_app_is_not_accepted_twice(self, now: datetime) -> None:
        person, secret, _codes = make_staff(now)
        later = now + timedelta(minutes=2)
        code = code_at(secret, later)
        credentials.pass_second_factor(person=person, code=code, key=KEY, now=later)
        with pytest.raises(InvalidInputError, match="code_used"):
            credentials.pass_second_factor(person=person, code=code, key=KEY, now=later)

    def test_code_before_one_already_used_is_refused(self, now: datetime) -> None:
        person, secret, _codes = make_staff(now)
        later = now + timedelta(minutes=2)
        earlier_code = code_at(secret, later - timedelta(seconds=30))
        credentials.pass_second_factor(
            person=person, code=code_at(secret, later), key=KEY, now=later
        )
        with pytest.raises(InvalidInputError, match="code_used"):
            credentials.pass_second_factor(person=person, code=earlier_code, key=KEY, now=later)

    def test_recovery_code_works_once_however_it_is_typed(self, now: datetime) -> None:
        person, _secret, codes = make_staff(now)
        assert len(set(codes)) == 10
        typed = codes[0].lower().replace("-", " ")
        credentials.pass_second_factor(person=person, code=typed, key=KEY, now=now)
        assert queries.recovery_codes_left(person.id) == 9
        with pytest.raises(InvalidInputError, match="code_wrong"):
            credentials.pass_second_factor(person=person, code=codes[0], key=KEY, now=now)

    def test_new_recovery_codes_replace_the_old_ones(self, now: datetime) -> None:
        person, secret, codes = make_staff(now)
        later = now + timedelta(minutes=2)
        fresh = credentials.renew_recovery_codes(
            actor=accounts.self_of(person), person=person, code=code_at(secret, later), key=KEY,
            now=later,
        )  # fmt: skip
        assert not set(fresh) & set(codes)
        with pytest.raises(InvalidInputError, match="code_wrong"):
            credentials.pass_second_factor(person=person, code=codes[1], key=KEY, now=later)

    def test_rows_hold_no_secret_in_the_clear(self, now: datetime) -> None:
        _person, secret, codes = make_staff(now)
        row = db.session.scalars(select(Credential)).one()
        assert PASSWORD not in row.password_digest
        assert row.sealed_secret is not None
        assert secret.encode() not in row.sealed_secret
        digests = b"".join(db.session.scalars(select(RecoveryCode.digest)))
        assert not any(code.encode() in digests for code in codes)


@pytest.mark.usefixtures("session")
class TestKeepingBoth:
    def test_secret_stays_the_same_until_confirmed(self, now: datetime) -> None:
        town = make_town()
        founding.appoint_administrator_from_command_line(
            municipality_id=town.id, email="a@example.org", name="A", language="nl", now=now
        )
        person = credentials.set_password_by_link(
            municipality_id=town.id, token=last_notice().params["token"], password=PASSWORD,
            now=now,
        )  # fmt: skip
        first = credentials.begin_second_factor(person=person, key=KEY)
        assert credentials.begin_second_factor(person=person, key=KEY) == first

    def test_confirmed_secret_is_never_shown_again(self, now: datetime) -> None:
        person, _secret, _codes = make_staff(now)
        with pytest.raises(ConflictError, match="second_factor_exists"):
            credentials.begin_second_factor(person=person, key=KEY)

    def test_lost_password_keeps_the_second_factor(self, now: datetime) -> None:
        person, secret, _codes = make_staff(now)
        credentials.request_password_reset(
            municipality_id=person.municipality_id, email=person.email, language="nl", now=now
        )
        assert last_notice().kind == "password_reset"
        round_before = person.session_round
        credentials.set_password_by_link(
            municipality_id=person.municipality_id,
            token=last_notice().params["token"],
            password="een heel nieuw woord",
            now=now,
        )
        assert person.session_round == round_before + 1
        later = now + timedelta(minutes=2)
        credentials.pass_second_factor(
            person=person, code=code_at(secret, later), key=KEY, now=later
        )

    def test_resident_who_asks_for_a_password_gets_a_link_to_sign_in(self, now: datetime) -> None:
        person = make_person(make_town())
        credentials.request_password_reset(
            municipality_id=person.municipality_id, email=person.email, language="nl", now=now
        )
        assert last_notice().kind == "sign_in_link"
        services.confirm_link(
            municipality_id=person.municipality_id, token=last_notice().params["token"], now=now
        )

    def test_old_password_is_asked_before_a_new_one(self, now: datetime) -> None:
        person, _secret, _codes = make_staff(now)
        with pytest.raises(InvalidInputError, match="old_password_wrong"):
            credentials.change_password(
                actor=accounts.self_of(person), person=person, old_password="fout fout fout",
                password="een heel nieuw woord", now=now,
            )  # fmt: skip

    def test_new_beginning_throws_both_factors_away(self, now: datetime) -> None:
        person, _secret, codes = make_staff(now)
        town_id = person.municipality_id
        other = founding.appoint_administrator_from_command_line(
            municipality_id=town_id, email="b@example.org", name="B", language="nl", now=now
        ).person
        actor = queries.load_actor(other, with_staff_roles=True, on=now.date())
        administration.renew_invitation(
            actor=actor, person=person, reason="Telefoon verloren", now=now
        )
        assert last_notice().kind == "invitation"
        with pytest.raises(InvalidInputError, match="sign_in_wrong"):
            credentials.check_sign_in(
                municipality_id=town_id, email=person.email, password=PASSWORD
            )
        with pytest.raises(InvalidInputError, match="code_wrong"):
            credentials.pass_second_factor(person=person, code=codes[0], key=KEY, now=now)


@pytest.mark.usefixtures("session")
class TestExamples:
    def test_known_sign_in_is_refused_in_a_real_town(self, now: datetime) -> None:
        person = make_person(make_town(is_example=False))
        with pytest.raises(NotAllowedError, match="example_towns_only"):
            founding.set_known_sign_in_of_example(
                person=person, password=PASSWORD, secret=new_secret(), key=KEY, now=now
            )

    def test_known_sign_in_works_in_an_example_town(self, now: datetime) -> None:
        town = make_town()
        secret = new_secret()
        actor = make_actor(town, Role.FACILITATOR)
        person = queries.find_person(town.id, actor.person_id or 0)
        assert person is not None
        founding.set_known_sign_in_of_example(
            person=person, password=PASSWORD, secret=secret, key=KEY, now=now
        )
        credentials.check_sign_in(municipality_id=town.id, email=person.email, password=PASSWORD)
        credentials.pass_second_factor(person=person, code=code_at(secret, now), key=KEY, now=now)
