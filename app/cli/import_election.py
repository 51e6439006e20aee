"""``buurtbeslist import-election FILE.pb``: a real Pabulib election through the whole vote."""

from __future__ import annotations

import json
from pathlib import Path

import click
from flask import current_app, url_for

from app.cli.application import with_application
from app.cli.imported_place import prepare_place
from app.cli.progress import progress_bar
from app.peppers import peppers
from config import Settings
from database import database_now, db
from participation.areas import queries as areas
from voting.counting.pabulib import PabulibError, PabulibInstance, read_pabulib
from voting.errors import VotingError
from voting.imports.services import ImportedElection, Place
from voting.imports.services import import_election as hold_again


@click.command("import-election")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print winners and address as JSON.")
@with_application
def import_election(file: Path, as_json: bool) -> None:
    """Hold the election of FILE again: draw codes, cast every ballot, close, count, publish."""
    try:
        instance = read_pabulib(file)
        place = prepare_place(file.name.split(".")[0], now=database_now())
        imported = _run(instance, place, quiet=as_json)
    except (PabulibError, VotingError) as error:
        db.session.rollback()
        raise click.ClickException(f"{file.name}: {error}") from error
    db.session.commit()
    address = _address(place, imported.election_id)
    if as_json:
        click.echo(json.dumps({"winners": list(imported.winners), "url": address}))
        return
    click.echo(
        f"{imported.ballots} ballots cast and counted, {len(imported.winners)} projects won."
    )
    if imported.limits_lifted:
        click.echo(f"Limits lifted: {len(imported.limits_lifted)} ballots of the file break them.")
    click.echo(address)


def _run(instance: PabulibInstance, place: Place, *, quiet: bool) -> ImportedElection:
    with progress_bar("Casting ballots", hidden=quiet) as show:
        return hold_again(
            instance=instance,
            place=place,
            peppers=peppers(),
            now=database_now(),
            on_progress=show,
        )


def _address(place: Place, election_id: int) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    slug = next(m.slug for m in areas.list_municipalities() if m.id == place.municipality_id)
    with current_app.test_request_context(base_url=settings.public_url):
        path = url_for("results.show", lang="en", town=slug, election_id=election_id)
    return f"{settings.public_url}{path}"
