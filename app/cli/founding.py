"""What ``setup`` and ``create-admin`` share: a transaction, sentences for refusals, the link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import url_for
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.errors import sentence_for
from app.notices import as_a_page_of
from app.transactions import transaction
from participation.areas.models import Municipality
from participation.errors import ParticipationError
from participation.people.founding import Appointed


@contextmanager
def committed_or_explained() -> Iterator[None]:
    """Commit, or put into one sentence why not.

    :raises click.ClickException: with that sentence.
    """
    try:
        with transaction():
            yield
    except ParticipationError as error:
        raise click.ClickException(sentence_for(error)) from error
    except ProgrammingError as error:
        raise click.ClickException(
            "The database has no tables yet. Run first: buurtbeslist upgrade"
        ) from error
    except OperationalError as error:
        raise click.ClickException(
            "The database does not answer. Check DATABASE_URL and try again."
        ) from error


def show_invitation(town: Municipality, appointed: Appointed) -> None:
    """Print the link with which the administrator begins; it is in the message as well."""
    person = appointed.person
    if appointed.invitation is None:
        click.echo(f"{person.email} already signs in with a password and now has the role.")
        return
    with as_a_page_of(town, person.language):
        link = url_for("auth.new_password", token=appointed.invitation, _external=True)
    click.echo(f"Invitation for {person.name} <{person.email}>, good once within seven days:")
    click.echo(f"  {link}")
