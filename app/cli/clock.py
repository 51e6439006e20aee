"""``buurtbeslist clock``: move the demo's time, to see what next month looks like."""

from __future__ import annotations

from datetime import timedelta

import click
from flask import current_app

from app.cli.application import with_application
from app.clock import set_clock_shift
from config import Settings
from database import database_now, db


@click.command()
@click.option("--days", default=0, show_default=True, help="Days ahead of real time.")
@click.option("--minutes", default=0, show_default=True, help="Minutes ahead of real time.")
@with_application
def clock(days: int, minutes: int) -> None:
    """Set how far the demo's clock runs ahead of real time; without options, back to real time."""
    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException("The clock of a production installation cannot be moved.")
    set_clock_shift(timedelta(days=days, minutes=minutes))
    db.session.commit()
    click.echo(f"It is now {database_now():%Y-%m-%d %H:%M} UTC in this installation.")
