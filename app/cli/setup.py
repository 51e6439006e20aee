"""``buurtbeslist setup``: a few questions, then an empty, running town."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from app.cli.application import with_application
from config import LANGUAGES

if TYPE_CHECKING:
    from participation.areas.models import Municipality
    from participation.areas.services import NewMunicipality
    from participation.people.founding import Appointed
    from participation.permissions import Actor

_LANGUAGE_OF = {"NL": "nl", "DE": "de"}
_TIME_ZONE_OF = {"NL": "Europe/Amsterdam", "DE": "Europe/Berlin"}


def _check_time_zone(_context: click.Context, _option: click.Parameter, value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError) as error:
        raise click.BadParameter("Write a time zone such as Europe/Amsterdam.") from error
    return value


def _for_country(choices: dict[str, str]) -> str:
    return choices[click.get_current_context().params["country"]]


@click.command()
@click.option("--name", prompt="Name of the municipality", help="Name of the municipality.")
@click.option(
    "--country",
    prompt="Country",
    type=click.Choice(["NL", "DE"], case_sensitive=False),
    help="NL or DE; decides language, time zone and who adopts the plan.",
)
@click.option(
    "--language",
    prompt="First language of the site",
    type=click.Choice(LANGUAGES),
    default=lambda: _for_country(_LANGUAGE_OF),
    help="Language of the town's first page.",
)
@click.option(
    "--time-zone",
    prompt="Time zone",
    default=lambda: _for_country(_TIME_ZONE_OF),
    callback=_check_time_zone,
    help="Time zone in which dates are shown.",
)
@click.option("--contact-email", prompt="E-mail address residents may write to")
@click.option(
    "--neighbourhoods",
    prompt="Neighbourhoods, separated by commas (may stay empty)",
    default="",
    show_default=False,
    help="Names separated by commas; more can be added later.",
)
@click.option("--admin-name", prompt="Your name", help="First account of the municipality.")
@click.option("--admin-email", prompt="Your e-mail address")
@click.option("--slug", default="", help="Name in addresses; made from the name when absent.")
@click.option("--host-name", default=None, help="Host name that shows this town only.")
@with_application
def setup(
    *,
    name: str,
    country: str,
    language: str,
    time_zone: str,
    contact_email: str,
    neighbourhoods: str,
    admin_name: str,
    admin_email: str,
    slug: str,
    host_name: str | None,
) -> None:
    """Set up a new municipality: one town, default rules, first account."""
    from app.cli.founding import committed_or_explained, show_invitation
    from app.cli.setup_defaults import default_welcome
    from database import database_now
    from participation.areas.services import NewMunicipality, slug_of

    new = NewMunicipality(
        name=name.strip(),
        slug=slug_of(slug or name),
        country=country,
        default_language=language,
        contact_email=contact_email.strip(),
        time_zone=time_zone,
        welcome=default_welcome(),
        host_name=host_name,
    )
    names = [part.strip() for part in neighbourhoods.split(",") if part.strip()]
    with committed_or_explained():
        town, appointed = found_town(
            new=new,
            neighbourhoods=names,
            admin_name=admin_name,
            admin_email=admin_email,
            now=database_now(),
        )
    click.echo(f"{town.name} is ready, with {len(names)} neighbourhoods and default rules.")
    show_invitation(town, appointed)


def found_town(
    *,
    new: NewMunicipality,
    neighbourhoods: list[str],
    admin_name: str,
    admin_email: str,
    now: datetime,
) -> tuple[Municipality, Appointed]:
    """A municipality with themes, functions, rules, areas and its first administrator.

    :raises ParticipationError: the slug is taken, or a name or address cannot be.
    """
    from participation.areas.services import found_municipality
    from participation.people import queries as people
    from participation.people.founding import appoint_administrator_from_command_line

    town = found_municipality(new=new, now=now)
    appointed = appoint_administrator_from_command_line(
        municipality_id=town.id,
        email=admin_email,
        name=admin_name,
        language=new.default_language,
        now=now,
    )
    actor = people.load_actor(appointed.person, with_staff_roles=True, on=now.date())
    _give_rules(actor, town, now)
    _add_neighbourhoods(actor, town, neighbourhoods, now)
    return town, appointed


def _give_rules(actor: Actor, town: Municipality, now: datetime) -> None:
    from app.cli.setup_defaults import add_default_vocabulary, default_rules, default_rules_name
    from participation.rules.services import add_rule_set

    add_default_vocabulary(town.id)
    add_rule_set(
        actor=actor,
        municipality_id=town.id,
        name=default_rules_name(town.default_language),
        rules=default_rules(town.country),
        now=now,
    )


def _add_neighbourhoods(actor: Actor, town: Municipality, names: list[str], now: datetime) -> None:
    from participation.areas import queries as areas
    from participation.areas.models import AreaKind
    from participation.areas.services import add_area

    for name in names:
        add_area(
            actor=actor,
            parent=areas.root_area(town.id),
            kind=AreaKind.NEIGHBOURHOOD,
            name=name,
            valid_from=now.date(),
            now=now,
        )
