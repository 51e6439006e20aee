"""One neighbourhood lives through a whole year, from an empty installation to next year's goals."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import founding, planning, voting, wishes, working
from tests.journeys.people import Household
from tests.journeys.starting import TOWNS, installation
from tests.journeys.year import Year, year_of

THE_YEAR = (
    founding.begin_as_administrator,
    founding.invite_everybody,
    founding.start_the_year,
    wishes.collect,
    wishes.check,
    voting.prepare,
    voting.vote,
    voting.count,
    planning.draft,
    planning.announce_meeting,
    planning.adopt,
    planning.assign,
    working.execute,
    working.review,
    working.carry_over,
    working.look_at_both_years,
    working.visit_every_public_page,
)


@pytest.mark.browser
@pytest.mark.parametrize("language", TOWNS)
def test_neighbourhood_lives_through_a_whole_year(
    language: str, chromium: Browser, tmp_path: Path
) -> None:
    town = TOWNS[language]
    with installation(town, tmp_path) as house:
        household = Household(house, chromium)
        year = year_of(town, house, household)
        try:
            _live_through(year)
        except Exception:
            household.keep_pictures(tmp_path)
            raise
        finally:
            household.close()
        assert household.everything_wrong() == []


def _live_through(year: Year) -> None:
    for step in THE_YEAR:
        step(year)
