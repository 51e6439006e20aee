"""A new municipality from the command line: empty, running, with one person invited."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.cli import main
from config import Settings
from database import database_now, db
from participation import history
from participation.areas import queries as areas
from participation.people import queries as people
from participation.permissions import Role
from participation.rules import queries as rules
from participation.rules.content import from_json
from tests.builders import make_town

ANSWERS = {
    "--name": "Düren am Berg",
    "--country": "DE",
    "--language": "de",
    "--time-zone": "Europe/Berlin",
    "--contact-email": "quartier@example.org",
    "--neighbourhoods": "Nord, Süd-Ost",
    "--admin-name": "Petra Schmitz",
    "--admin-email": "petra@example.org",
}


def run(settings: Settings, *arguments: str, typed: str | None = None) -> Result:
    env = {
        "BUURTBESLIST_ENV": "test",
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": "https://quartier.example.org",
    }
    return CliRunner().invoke(main, arguments, input=typed, env=env)


def options(**changes: str) -> list[str]:
    named = {f"--{name.replace('_', '-')}": value for name, value in changes.items()}
    return [word for pair in {**ANSWERS, **named}.items() for word in pair]


@pytest.mark.usefixtures("committed")
class TestSetup:
    def test_town_is_empty_and_running(self, app: Flask, settings: Settings) -> None:
        done = run(settings, "setup", *options())
        assert done.exit_code == 0, done.output
        town = areas.municipality_by_slug("duren-am-berg")
        assert town is not None
        assert (town.country, town.time_zone, town.is_example) == ("DE", "Europe/Berlin", False)
        today = database_now().date()
        assert [a.name for a in areas.list_plan_areas(town.id, on=today)] == ["Nord", "Süd-Ost"]
        assert len(rules.list_themes(town.id)) == 8
        assert len(rules.list_functions(town.id)) == 3
        assert history.verify(history.municipality_chain(town.id)) is None
        for lang in ("nl", "de", "en"):
            page = app.test_client().get(f"/{lang}/duren-am-berg/")
            assert page.status_code == 200
            assert "Düren am Berg" in page.text

    def test_rules_hold_criteria_and_eight_questions_in_three_languages(
        self, settings: Settings
    ) -> None:
        run(settings, "setup", *options())
        town = areas.municipality_by_slug("duren-am-berg")
        assert town is not None
        (rule_set,) = rules.list_rule_sets(town.id)
        content = from_json(rule_set.content)
        assert len(content.review_questions) == 8
        assert len(content.criteria) >= 5
        texts = [q.text for q in content.review_questions] + [c.text for c in content.criteria]
        assert all(text.keys() == {"nl", "de", "en"} for text in [*texts, content.adopting_body])

    def test_printed_link_leads_the_administrator_in(self, app: Flask, settings: Settings) -> None:
        done = run(settings, "setup", *options())
        found = re.search(r"https://\S+", done.output)
        assert found is not None
        link = urlsplit(found.group(0))
        assert link.netloc == "quartier.example.org"
        assert "petra@example.org" in app.test_client().get(link.path).text

    def test_questions_are_asked_one_by_one(self, settings: Settings) -> None:
        typed = "\n".join(
            ["Lindestad", "nl", "", "", "buurt@example.org", "", "Marijke", "m@example.org", ""]
        )
        done = run(settings, "setup", typed=typed)
        assert done.exit_code == 0, done.output
        town = areas.municipality_by_slug("lindestad")
        assert town is not None
        assert (town.country, town.default_language, town.time_zone) == (
            "NL",
            "nl",
            "Europe/Amsterdam",
        )

    def test_taken_name_is_one_sentence_and_leaves_nothing(self, settings: Settings) -> None:
        run(settings, "setup", *options())
        again = run(settings, "setup", *options(admin_email="ander@example.org"))
        assert again.exit_code == 1
        assert again.output.startswith("Error: There is already a municipality")
        town = areas.municipality_by_slug("duren-am-berg")
        assert town is not None
        assert people.person_by_email(town.id, "ander@example.org") is None

    def test_impossible_address_leaves_nothing(self, settings: Settings) -> None:
        done = run(settings, "setup", *options(admin_email="nobody"))
        assert done.exit_code == 1
        assert areas.municipality_by_slug("duren-am-berg") is None

    def test_unknown_time_zone_is_refused(self, settings: Settings) -> None:
        done = run(settings, "setup", *options(time_zone="Europe/Lindestad"))
        assert done.exit_code == 2
        assert "Europe/Amsterdam" in done.output


@pytest.mark.usefixtures("committed")
class TestCreateAdmin:
    def run(self, settings: Settings, *more: str, town: str = "lindestad") -> Result:
        return run(
            settings,
            *("create-admin", "--town", town, "--name", "Jan Smit", "--email", "j@example.org"),
            *more,
        )

    def test_account_gets_the_municipalitys_role(self, settings: Settings) -> None:
        town = make_town()
        db.session.commit()
        done = self.run(settings)
        assert done.exit_code == 0, done.output
        assert "https://quartier.example.org/nl/lindestad/password/new/" in done.output
        person = people.person_by_email(town.id, "j@example.org")
        assert person is not None
        (role,) = people.roles_of(person.id, on=database_now().date())
        assert (role.role, role.area_id) == (Role.MUNICIPALITY, areas.root_area(town.id).id)

    def test_second_call_gives_no_second_role(self, settings: Settings) -> None:
        town = make_town()
        db.session.commit()
        self.run(settings)
        assert self.run(settings).exit_code == 0
        person = people.person_by_email(town.id, "j@example.org")
        assert person is not None
        assert len(people.all_roles_of(person.id)) == 1

    def test_unknown_town_is_one_sentence(self, settings: Settings) -> None:
        make_town()
        db.session.commit()
        done = self.run(settings, town="nergens")
        assert done.exit_code == 1
        assert done.output == "Error: There is no town 'nergens' here. Towns: lindestad.\n"
