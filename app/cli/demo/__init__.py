"""``buurtbeslist demo``: three invented municipalities, played through the services.

Owns the command; the data is in ``data/``, the play in the modules beside this one.
"""

from __future__ import annotations

import click

from app.cli.application import with_application
from app.cli.progress import console, progress_bar


@click.command()
@with_application
def demo() -> None:
    """Build the demo towns: areas, people, and years in every phase. Existing ones stay."""
    from flask import current_app

    from app.cli.demo import building, facts, sign_ins
    from config import Settings
    from participation.areas.queries import municipality_by_slug

    settings: Settings = current_app.config["SETTINGS"]
    if settings.is_production:
        raise click.ClickException(
            "The demo moves the clock and makes accounts with a known password: "
            "it is not for production. Set BUURTBESLIST_ENV=demo."
        )
    missing = [town for town in facts.towns() if municipality_by_slug(town.id) is None]
    if not missing:
        console.print("The demo towns are here already; nothing was changed.")
        return
    installation = building.installation_of(settings)
    stages = []
    for town in missing:
        with progress_bar(town.name) as show:
            stages.append(building.build_town(town, installation, show))
    sign_ins.hand_over(settings.instance_dir, stages)
