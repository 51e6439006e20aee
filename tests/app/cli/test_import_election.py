"""A Pabulib file from the command line to the result page."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from app.cli import main
from config import Settings

# Two voters want 1, two want 3, one wants 2; 1 is dearer than 3, so 3 goes first at equal votes
# only by the rule for ties: the smaller id as text.
ELECTION = """META
key;value
description;Bench or swing
country;Netherlands
unit;Nowhere
instance;2026
num_projects;3
num_votes;4
budget;100
vote_type;approval
rule;greedy
PROJECTS
project_id;cost;name
1;70;Swing
2;30;Bench
3;40;Tree
VOTES
voter_id;vote
1;1
2;1,3
3;2,3
4;2
"""


def run(settings: Settings, *arguments: str) -> Result:
    env = {
        "BUURTBESLIST_ENV": "test",
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SECRET_KEY": settings.secret_key,
        "PUBLIC_URL": "http://localhost",
        "PEPPER_DIR": str(settings.pepper_dir),
    }
    return CliRunner().invoke(main, ["import-election", *arguments], env=env)


@pytest.mark.usefixtures("committed")
class TestImport:
    def test_winners_are_printed_and_shown(
        self, app: Flask, settings: Settings, tmp_path: Path
    ) -> None:
        file = tmp_path / "Bench_2026.pb"
        file.write_text(ELECTION, encoding="utf-8")
        done = run(settings, str(file), "--json")
        assert done.exit_code == 0, done.output
        printed = json.loads(done.output)
        assert printed["winners"] == ["1", "2"]
        page = app.test_client().get(urlsplit(printed["url"]).path)
        assert page.status_code == 200
        text = page.get_data(as_text=True)
        assert "Swing" in text
        assert "ijcai" in text

    def test_a_broken_file_is_refused_with_its_line_and_nothing_is_stored(
        self, app: Flask, settings: Settings, tmp_path: Path
    ) -> None:
        file = tmp_path / "broken.pb"
        file.write_text(ELECTION.replace("2;30;Bench", "2;thirty;Bench"), encoding="utf-8")
        done = run(settings, str(file))
        assert done.exit_code == 1
        assert "line 15" in done.output
        assert app.test_client().get("/en/pabulib/").status_code == 404
