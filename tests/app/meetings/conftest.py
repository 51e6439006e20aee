"""A neighbourhood whose meetings real requests open."""

from __future__ import annotations

import pytest

from database import db
from tests.participation.priorities.builders import Neighbourhood, make_neighbourhood


@pytest.fixture
def here(committed: None) -> Neighbourhood:
    neighbourhood = make_neighbourhood()
    db.session.commit()
    return neighbourhood
