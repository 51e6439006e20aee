"""The demo: built once by its command, then read as visitors and auditors would."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from stat import S_IMODE

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select, text

from app.cli import main
from app.cli.demo import building, facts
from app.cli.demo.facts import DATA, YearFact
from app.cli.demo.people import KnownSignIn
from app.cli.demo.schedule import Act
from app.cli.demo.stage import turn_clock_to
from app.cli.demo.votes import ballots_with
from app.demo_mailbox.sign_in import DEMO_PASSWORD, DEMO_SECRET
from app.peppers import peppers
from config import Settings
from database import Base, database_now, db
from participation import history
from participation.areas import queries as areas
from participation.areas.models import AreaKind, Municipality
from participation.cycles import queries as cycles
from participation.cycles.models import Cycle
from participation.money import queries as money
from participation.people import queries as people
from participation.people.passwords import password_matches
from participation.people.second_factor import open_secret
from participation.permissions import Role
from participation.phases import Phase
from participation.plans import queries as plans
from participation.priorities import queries as priorities
from participation.priorities.models import Priority
from participation.reviews import queries as reviews
from tests.conftest import empty_tables
from voting import journal
from voting.elections.models import Election
from voting.results.queries import published_result
from voting.states import ElectionState

YEARS = [(town, year) for town in facts.towns() for year in town.years]
EVERY_YEAR = pytest.mark.parametrize(
    ("town", "year"), YEARS, ids=[f"{town.id}-{year.id}" for town, year in YEARS]
)


def run_demo(settings: Settings) -> Result:
    """Call the command as somebody at a terminal would."""
    return CliRunner().invoke(
        main,
        ["demo"],
        env={
            "BUURTBESLIST_ENV": "demo",
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "SECRET_KEY": settings.secret_key,
            "INSTANCE_DIR": str(settings.instance_dir),
            "PEPPER_DIR": str(settings.pepper_dir),
        },
        catch_exceptions=False,
    )


@pytest.fixture(scope="module")
def built(app: Flask, settings: Settings) -> Iterator[Result]:
    """The demo, for all tests of this file."""
    result = run_demo(settings)
    yield result
    with app.app_context():
        db.session.remove()
        empty_tables()


@pytest.fixture
def demo(app: Flask, built: Result) -> Iterator[Result]:
    """The same, inside the application."""
    with app.app_context():
        yield built
        db.session.remove()


def cycle_of(town: facts.TownFact, year: YearFact) -> Cycle:
    """The row of a year of the facts."""
    municipality = areas.municipality_by_slug(town.id)
    assert municipality is not None
    name = next(area.name for area in town.areas if area.id == year.area)
    area = next(a for a in areas.list_areas(municipality.id) if a.name == name)
    found = [c for c in cycles.list_cycles(area.id) if c.phase == year.phase]
    return next(c for c in found if c.budget_cents == year.budget_cents)


def last_year() -> Cycle:
    """The one year that has been lived through."""
    town, year = next((t, y) for t, y in YEARS if y.phase == Phase.CLOSED)
    return cycle_of(town, year)


def row_counts() -> dict[str, int]:
    """How many rows each table holds."""
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table)) or 0
        for table in Base.metadata.sorted_tables
    }


def test_every_phase_occurs(demo: Result) -> None:
    assert demo.exit_code == 0
    assert set(db.session.scalars(select(Cycle.phase))) == set(Phase)


@EVERY_YEAR
def test_year_stands_where_the_facts_say(
    demo: Result, town: facts.TownFact, year: YearFact
) -> None:
    cycle = cycle_of(town, year)
    found = Counter(
        row.state.value
        for row in db.session.scalars(select(Priority).where(Priority.cycle_id == cycle.id))
    )
    assert cycle.phase == year.phase
    assert found == Counter(entry.state for entry in year.wishes)
    assert plans.is_adopted(cycle.id) == (year.adopted_day is not None)


@EVERY_YEAR
def test_published_result_has_the_votes_of_the_facts(
    demo: Result, town: facts.TownFact, year: YearFact
) -> None:
    cycle = cycle_of(town, year)
    if year.election is None:
        assert cycle.election_id is None
        return
    result = published_result(cycle.election_id or 0)
    if year.phase == Phase.VOTE:
        assert result is None
        return
    assert result is not None
    titles = {facts.wishes()[e.wish].title[town.language]: e for e in year.wishes if e.votes}
    lines = {line.title[town.language]: line for line in (*result.winners, *result.losers)}
    assert {title: line.votes for title, line in lines.items()} == {
        title: entry.votes for title, entry in titles.items()
    }
    assert {line.title[town.language] for line in result.winners} == {
        title for title, entry in titles.items() if entry.state == "chosen"
    }
    assert (result.turnout.issued, result.turnout.cast) == (
        year.election.codes,
        year.election.ballots,
    )


def test_closed_year_was_lived_to_its_end(demo: Result) -> None:
    cycle = last_year()
    report = reviews.report(cycle)
    sums = money.cycle_sums(cycle.id)
    assert len(report) == 8
    assert all(reviewed.decision is not None for reviewed in report)
    assert reviews.count_people(cycle.id) == 25
    assert sums.paid > 0
    assert sums.committed == sums.reserved == 0


def test_what_was_carried_over_shows_both_years(demo: Result) -> None:
    cycle = last_year()
    carried = [
        later
        for row in db.session.scalars(select(Priority).where(Priority.cycle_id == cycle.id))
        if (later := priorities.carried_over_to(row.id)) is not None
    ]
    assert len(carried) >= 3
    assert all(later.carried_over_from_year == cycle.plan_year for later in carried)
    assert any(priorities.carried_over_to(later.id) or later for later in carried)


def test_every_ledger_balances(demo: Result) -> None:
    for cycle in db.session.scalars(select(Cycle)):
        sums = money.cycle_sums(cycle.id)
        assert sums.budget == sums.free + sums.reserved + sums.committed + sums.paid
        assert sums.budget == (cycle.budget_cents if plans.is_adopted(cycle.id) else 0)
        assert min(sums.free, sums.reserved, sums.committed, sums.paid) >= 0


def test_every_journal_verifies_and_runs_forward(demo: Result) -> None:
    record = history.JournalRecord
    for chain in db.session.scalars(select(record.chain).distinct()).all():
        assert history.verify(chain) is None
        moments = db.session.scalars(
            select(record.at).where(record.chain == chain).order_by(record.number)
        ).all()
        assert list(moments) == sorted(moments), chain
    for election_id in db.session.scalars(select(Election.id)).all():
        assert journal.verify_chain(election_id) is None


def test_county_has_103_social_areas(demo: Result) -> None:
    county = areas.municipality_by_slug("kreis-lindenau")
    assert county is not None
    kinds = Counter(area.kind for area in areas.list_areas(county.id))
    assert kinds[AreaKind.SOCIAL_AREA] == 103


def test_every_town_is_an_example(demo: Result) -> None:
    assert all(town.is_example for town in db.session.scalars(select(Municipality)))


def test_no_real_place_stands_in_the_demo(demo: Result) -> None:
    real = {fact["place"] for fact in facts.file_of("reference_facts.json")["facts"]}
    real |= {name for place in real for name in place.split() if len(name) > 4} - {"Kreis"}
    told = " ".join(
        json.dumps(facts.file_of(path.name), ensure_ascii=False)
        for path in DATA.glob("*.json")
        if path.name not in {"reference_facts.json", "rule_presets.json"}
    )
    assert real
    assert [name for name in sorted(real) if name in told] == []


def test_vote_runs_with_codes_for_visitors(demo: Result, settings: Settings) -> None:
    told = (settings.instance_dir / "demo_sign_ins.txt").read_text(encoding="utf-8")
    running = db.session.scalars(select(Election).where(Election.state == ElectionState.OPEN)).all()
    assert len(running) == 4
    assert all(election.closes_at > database_now() + timedelta(days=5) for election in running)
    assert told.count("voting code") == 3 * len(running)
    assert told.count("key card") == 3 * len(running)


def test_only_the_owner_reads_the_sign_ins(demo: Result, settings: Settings) -> None:
    assert S_IMODE((settings.instance_dir / "demo_sign_ins.txt").stat().st_mode) == 0o600


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.RESIDENT])
def test_somebody_of_every_role_can_sign_in(
    demo: Result, settings: Settings, app: Flask, role: Role
) -> None:
    key = building.installation_of(settings).known.key
    for town in db.session.scalars(select(Municipality)).all():
        holders = people.people_holding([role], town.id, on=database_now().date(), limit=1)
        credential = people.find_credential(holders[0].id)
        assert credential is not None
        assert credential.sealed_secret is not None
        assert password_matches(credential.password_digest, DEMO_PASSWORD)
        secret = open_secret(credential.sealed_secret, person_id=holders[0].id, key=key)
        assert secret == DEMO_SECRET


def test_clock_is_right_again(demo: Result) -> None:
    assert db.session.scalars(text("SELECT shift FROM clock")).one() == timedelta(0)


def test_building_it_again_changes_nothing(demo: Result, settings: Settings) -> None:
    before = row_counts()
    db.session.rollback()
    again = run_demo(settings)
    assert again.exit_code == 0
    assert "nothing was changed" in again.output
    assert row_counts() == before


def test_town_that_fails_leaves_nothing_behind(
    demo: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(moment: datetime) -> None:
        turn_clock_to(moment)
        raise RuntimeError("in the middle of it")

    act = Act(datetime(2020, 1, 1, tzinfo=UTC), 0, break_down)
    monkeypatch.setattr(building, "acts_of_town", lambda _stage: [act])
    town = facts.towns()[0]
    root = replace(town.areas[0], id="halfway", name="Halfway")
    halfway = replace(
        town,
        id="halfway",
        name="Halfway",
        areas=[root],
        residents=[],
        organisations=[],
        years=[],
        staff=[replace(p, area="halfway") for p in town.staff if p.role == Role.MUNICIPALITY],
    )
    known = KnownSignIn(DEMO_PASSWORD, DEMO_SECRET, b"k" * 32)
    installation = building.Installation(peppers(), known, database_now())
    with pytest.raises(RuntimeError):
        building.build_town(halfway, installation, lambda _done, _total: None)
    assert areas.municipality_by_slug("halfway") is None
    assert db.session.scalars(text("SELECT shift FROM clock")).one() == timedelta(0)


@pytest.mark.parametrize(
    ("votes", "voters"), [([3, 1, 2], 3), ([96, 91, 84, 78, 39], 132), ([], 4), ([5, 5], 5)]
)
def test_ballots_add_up_to_the_votes(votes: list[int], voters: int) -> None:
    ballots = list(ballots_with(votes, voters))
    counted = Counter(number for ballot in ballots for number in ballot)
    lengths = [len(ballot) for ballot in ballots]
    assert [counted[number] for number in range(1, len(votes) + 1)] == votes
    assert all(len(set(ballot)) == len(ballot) for ballot in ballots)
    assert max(lengths) - min(lengths) <= 1
