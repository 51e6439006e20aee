"""Who may vote, by age and residence on the reference date."""

from __future__ import annotations

from datetime import date

import pytest

from tests.voting.builders import make_person
from voting.eligibility import EligibilityRules, Ineligibility, age_on, check_roll, ineligibility

DAY = date(2026, 6, 2)
RULES = EligibilityRules(reference_date=DAY, minimum_age=16)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2010, 6, 2), date(2026, 6, 2), 16),
        (date(2010, 6, 3), date(2026, 6, 2), 15),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_age_is_completed_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"birth_date": date(2010, 6, 2)}, None),
        ({"birth_date": date(2010, 6, 3)}, Ineligibility.UNDER_AGE),
        ({"resident_since": date(2026, 6, 2)}, None),
        ({"resident_since": date(2026, 6, 3)}, Ineligibility.NOT_YET_RESIDENT),
        ({"moved_away": date(2026, 6, 2)}, Ineligibility.MOVED_AWAY),
        ({"moved_away": date(2026, 6, 3)}, None),
        ({"name": "  "}, Ineligibility.NAME_MISSING),
    ],
)
def test_age_and_residence_decide_on_the_reference_date(
    changes: dict[str, object], expected: Ineligibility | None
) -> None:
    assert ineligibility(make_person(1, **changes), RULES) is expected


def test_person_met_twice_votes_once_and_lines_are_named() -> None:
    people = [
        make_person(1),
        make_person(2, protected=True),
        make_person(1, name=" PERSON  1 "),
        make_person(3, birth_date=date(2020, 1, 1)),
    ]

    report = check_roll(people, RULES)

    assert report.accepted == (people[0], people[1])
    assert report.refused == ((3, Ineligibility.TWICE_ON_ROLL), (4, Ineligibility.UNDER_AGE))
    assert report.protected == (2,)
