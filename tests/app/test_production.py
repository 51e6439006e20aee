"""What is published for a demo opens nothing in production."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app import create_app
from app.clock import set_clock_shift
from app.production import require_fit_for_production
from config import Environment, Settings, SettingsError
from database import db
from tests.app.browsing import browser_of
from tests.builders import make_town


@pytest.fixture
def production(settings: Settings, schema: str, committed: None) -> Iterator[Flask]:
    """The application on this worker's database, as a town runs it."""
    del schema, committed
    application = create_app(replace(settings, environment=Environment.PRODUCTION))
    yield application
    with application.app_context():
        db.engine.dispose()


def test_example_town_has_no_page_in_production(production: Flask) -> None:
    make_town()
    db.session.commit()
    visitor = browser_of(production)
    for page in ("/", "/sign-in/password", "/mailbox", "/vote/"):
        assert visitor.get(f"/en/lindestad{page}").status_code == 404


def test_real_town_has_its_pages_in_production_but_no_mailbox(production: Flask) -> None:
    make_town(is_example=False)
    db.session.commit()
    visitor = browser_of(production)
    assert visitor.get("/en/lindestad/sign-in/password").status_code == 200
    assert visitor.get("/en/lindestad/mailbox").status_code == 404


def test_production_does_not_start_with_an_example_town(
    settings: Settings, committed: None
) -> None:
    make_town()
    require_fit_for_production(settings)
    with pytest.raises(SettingsError, match="Lindestad"):
        require_fit_for_production(replace(settings, environment=Environment.PRODUCTION))


def test_production_does_not_start_on_a_moved_clock(settings: Settings, committed: None) -> None:
    make_town(is_example=False)
    set_clock_shift(timedelta(days=1))
    require_fit_for_production(settings)
    with pytest.raises(SettingsError, match="clock"):
        require_fit_for_production(replace(settings, environment=Environment.PRODUCTION))


def test_failed_statement_names_no_values(production: Flask) -> None:
    with production.app_context(), pytest.raises(SQLAlchemyError) as failure:
        db.session.execute(text("SELECT 1/0 + length(:name)"), {"name": "Fatma de Boer"})
    assert "Fatma" not in str(failure.value)
