"""``buurtbeslist create-admin``: an account of the municipality for a town that exists."""

from __future__ import annotations

import click

from app.cli.application import with_application


@click.command()
@click.option("--town", prompt="Town (its name in addresses)", help="The town's name in addresses.")
@click.option("--name", prompt="Name of the person")
@click.option("--email", prompt="E-mail address of the person")
@click.option(
    "--renew",
    is_flag=True,
    help="Throw away the account's password and second factor and invite again.",
)
@with_application
def create_admin(*, town: str, name: str, email: str, renew: bool) -> None:
    """Give somebody the municipality's role for a whole town and print their invitation."""
    from app.cli.founding import committed_or_explained, show_invitation
    from database import database_now
    from participation.areas import queries as areas
    from participation.people.founding import appoint_administrator_from_command_line

    with committed_or_explained():
        found = areas.municipality_by_slug(town)
        if found is None:
            known = ", ".join(m.slug for m in areas.list_municipalities()) or "none yet"
            raise click.ClickException(f"There is no town {town!r} here. Towns: {known}.")
        appointed = appoint_administrator_from_command_line(
            municipality_id=found.id,
            email=email,
            name=name,
            language=found.default_language,
            renew=renew,
            now=database_now(),
        )
    show_invitation(found, appointed)
