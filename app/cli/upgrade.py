"""``buurtbeslist upgrade``: the database gets the newest tables."""

from __future__ import annotations

import click
import flask_migrate

from app.cli.application import with_application


@click.command()
@with_application
def upgrade() -> None:
    """Bring the database to the newest tables. Safe to repeat, safe on several machines."""
    flask_migrate.upgrade()
