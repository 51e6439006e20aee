"""How a visitor gets into the demo: one account a role, the shared password, codes to vote with.

Owns what is printed and the file that keeps it, readable by the installation's owner alone. The
password and the secret are the demo mailbox's, which shows them too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from app.cli.demo.stage import OpenVote, Stage
from app.cli.progress import console
from app.demo_mailbox.sign_in import DEMO_PASSWORD, DEMO_SECRET
from participation.people.second_factor import code_at
from participation.permissions import Role

FILE_NAME = "demo_sign_ins.txt"
_WIDTH = 21
# Two members have to act together, so two of them are named.
_NAMED = {Role.COMMISSION_MEMBER: 2}


@click.command("demo-code")
def demo_code() -> None:
    """Print the six digits that the demo's staff accounts ask for now."""
    click.echo(code_at(DEMO_SECRET, datetime.now(UTC)))


def hand_over(instance: Path, stages: Sequence[Stage]) -> None:
    """Print how to get in, and keep it in a file."""
    text = "\n".join(_lines(stages)) + "\n"
    instance.mkdir(parents=True, exist_ok=True)
    path = instance / FILE_NAME
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    console.print(f"\n{text}\nThe same stands in {path}", markup=False, soft_wrap=True)


def _lines(stages: Sequence[Stage]) -> Iterator[str]:
    yield "How to get in (an example: everybody may know this)"
    yield f"  {'password':{_WIDTH}} {DEMO_PASSWORD}"
    yield f"  {'authenticator secret':{_WIDTH}} {DEMO_SECRET}"
    yield "  The six digits of this moment stand in the mailbox of each town, with the links that"
    yield "  residents sign in with; buurtbeslist demo-code prints them too."
    for stage in stages:
        town = f"/{stage.facts.language}/{stage.town.slug}/"
        yield ""
        yield stage.facts.name
        yield f"  {'mailbox':{_WIDTH}} {town}mailbox"
        for role in Role:
            for email in _addresses(stage, role)[: _NAMED.get(role, 1)]:
                yield f"  {role.value.replace('_', ' '):{_WIDTH}} {email}"
        for vote in stage.open_votes:
            yield from _vote_lines(stage, vote)


def _addresses(stage: Stage, role: Role) -> list[str]:
    """Who holds the role on the whole town comes first: they see the most."""
    if role is Role.RESIDENT:
        return [resident.email for resident in stage.facts.residents]
    holders = [fact for fact in stage.facts.staff if fact.role == role]
    holders.sort(key=lambda fact: fact.area != stage.facts.id)
    return [fact.email for fact in holders]


def _vote_lines(stage: Stage, vote: OpenVote) -> Iterator[str]:
    until = vote.closes_at.astimezone(stage.calendar.zone)
    yield f"  Vote in {vote.area}, until {until:%Y-%m-%d %H:%M}"
    for code in vote.codes:
        yield f"    {'voting code':{_WIDTH}} {code}"
    for card in vote.cards:
        yield f"    {'key card':{_WIDTH}} {card}"
