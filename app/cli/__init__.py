"""The command line ``buurtbeslist``.

Owns the list of commands. Each command lives in a module of its own and is imported only when it
is called, so that a command without a database never loads the web.
"""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import click


class CommandEntry(NamedTuple):
    """Where a command is found (``module:attribute``) and the line ``--help`` shows for it."""

    target: str
    summary: str


COMMANDS: dict[str, CommandEntry] = {
    "up": CommandEntry("app.cli.up:up", "Start everything on this machine: what make run calls."),
    "serve": CommandEntry("app.cli.serve:serve", "Serve the web pages."),
    "worker": CommandEntry("app.cli.worker:worker", "Do queued work and keep the schedule."),
    "clock": CommandEntry("app.cli.clock:clock", "Move the clock of a demo."),
    "upgrade": CommandEntry("app.cli.upgrade:upgrade", "Bring the database to the newest tables."),
    "demo": CommandEntry("app.cli.demo:demo", "Build the demo towns."),
    "demo-code": CommandEntry(
        "app.cli.demo.sign_ins:demo_code", "Print the demo's six digits of this moment."
    ),
    "setup": CommandEntry("app.cli.setup:setup", "Set up a new municipality."),
    "create-admin": CommandEntry(
        "app.cli.create_admin:create_admin", "Make a first administrator."
    ),
    "import-election": CommandEntry(
        "app.cli.import_election:import_election", "Hold a Pabulib election again."
    ),
    "with-engines": CommandEntry(
        "app.cli.with_engines:with_engines", "Run a program with a private database and queue."
    ),
}


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        entry = COMMANDS.get(cmd_name)
        if entry is None:
            return None
        module_name, _, attribute = entry.target.partition(":")
        command = getattr(import_module(module_name), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{entry.target} is not a command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].summary) for name in sorted(COMMANDS)])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """De buurt beslist: a town lets its neighbourhoods decide."""
