"""What production must not be found with: a moved clock, accounts everybody knows."""

from __future__ import annotations

from sqlalchemy import select

from config import Settings, SettingsError
from database import Clock, db
from participation.areas import queries as areas


def require_fit_for_production(settings: Settings) -> None:
    """Keep production from running on a demo's database; asks nothing elsewhere.

    :raises SettingsError: with the sentence that says what to do.
    """
    if settings.is_production:
        _refuse_shifted_clock()
        _refuse_example_towns()


def _refuse_shifted_clock() -> None:
    """Voting times hang on the clock."""
    shift = db.session.scalar(select(Clock.shift).where(Clock.id == 1))
    if shift:
        raise SettingsError(
            "The clock in the database is moved, as in a demo. Start with an empty database."
        )


def _refuse_example_towns() -> None:
    """Passwords and second factors of their staff are published."""
    examples = [town.name for town in areas.list_municipalities() if town.is_example]
    if examples:
        raise SettingsError(
            f"The database holds example towns ({', '.join(examples)}), whose passwords everybody"
            " knows. Start with an empty database."
        )
