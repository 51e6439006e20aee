"""A neighbourhood is found by its name as people type it."""

from __future__ import annotations

from datetime import date

import pytest

from participation.areas import queries
from tests.builders import make_area, make_town

pytestmark = pytest.mark.usefixtures("session")
TODAY = date(2026, 6, 1)


@pytest.mark.parametrize("words", ["linde kwartier", "LINDE-KWARTIER", " lindekw "])
def test_spaces_hyphens_and_case_make_no_difference(words: str) -> None:
    town = make_town()
    area = make_area(town, name="Lindekwartier")
    make_area(town, name="Spoorwijk")
    assert queries.areas_named_like(town.id, words, on=TODAY) == [area]


def test_accents_make_no_difference() -> None:
    town = make_town()
    area = make_area(town, name="Mühlenviertel")
    assert queries.areas_named_like(town.id, "muhlen", on=TODAY) == [area]


def test_signs_alone_find_nothing() -> None:
    town = make_town()
    make_area(town)
    assert queries.areas_named_like(town.id, " - ", on=TODAY) == []
