"""``buurtbeslist worker``: does queued work and keeps the schedule."""

from __future__ import annotations

import click

from app.cli.application import read_settings, require_fit_database


@click.command()
def worker() -> None:
    """Do queued work and keep the schedule, until told to stop."""
    from app.worker import run_worker  # imported late: --help must stay fast

    require_fit_database()
    run_worker(read_settings())
