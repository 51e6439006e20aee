"""Settings of one installation, read once from the environment.

Owns every name of an environment variable. Nothing else in the project reads ``os.environ``.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent
LANGUAGES = ("nl", "de", "en")


class Environment(StrEnum):
    """How carefully an installation must be treated."""

    PRODUCTION = "production"
    DEMO = "demo"
    TEST = "test"


class SettingsError(Exception):
    """A setting is missing or wrong; the message says what to do."""


@dataclass(frozen=True)
class Settings:
    """All that differs from one installation to the next.

    ``pepper_dir`` holds one secret file an election; it must not live in the database or in its
    backups.
    ``smtp_url`` is ``smtp://[user:password@]host:port`` (``smtps``, ``smtp+starttls``); empty
    leaves mail in the outbox, where the demo shows it.
    """

    environment: Environment
    database_url: str
    redis_url: str
    secret_key: str
    public_url: str
    instance_dir: Path
    pepper_dir: Path
    smtp_url: str
    mail_from: str
    trusted_proxies: int

    @property
    def is_production(self) -> bool:
        return self.environment is Environment.PRODUCTION


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings.

    :raises SettingsError: with a sentence that says which variable to set.
    """
    env = os.environ if environ is None else environ
    instance_dir = Path(env.get("INSTANCE_DIR") or PROJECT_DIR / "instance")
    return Settings(
        environment=_environment(env),
        database_url=_required(env, "DATABASE_URL", "postgresql://user:password@host/database"),
        redis_url=_required(env, "REDIS_URL", "redis://host:6379/0"),
        secret_key=_required(env, "SECRET_KEY", "a random text of at least 32 characters"),
        public_url=env.get("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/"),
        instance_dir=instance_dir,
        pepper_dir=Path(env.get("PEPPER_DIR") or instance_dir / "peppers"),
        smtp_url=env.get("SMTP_URL", ""),
        mail_from=env.get("MAIL_FROM", "de-buurt-beslist@localhost"),
        trusted_proxies=_whole_number(env, "TRUSTED_PROXIES", 0),
    )


@dataclass(frozen=True)
class LocalChoices:
    """What somebody chose who starts everything on one machine; empty means: a private one."""

    instance_dir: Path
    database_url: str
    redis_url: str


def read_local_choices(environ: Mapping[str, str] | None = None) -> LocalChoices:
    """Read what ``up`` and ``with-engines`` need to know before there are settings."""
    env = os.environ if environ is None else environ
    return LocalChoices(
        instance_dir=Path(env.get("INSTANCE_DIR") or PROJECT_DIR / "instance").resolve(),
        database_url=env.get("DATABASE_URL", ""),
        redis_url=env.get("REDIS_URL", ""),
    )


def export(values: Mapping[str, str], *, replace: bool) -> None:
    """Set variables for this process and those it starts, over or under what is set already."""
    for name, value in values.items():
        if replace or not os.environ.get(name):
            os.environ[name] = value


def _environment(env: Mapping[str, str]) -> Environment:
    name = env.get("BUURTBESLIST_ENV", Environment.PRODUCTION)
    try:
        return Environment(name)
    except ValueError:
        allowed = ", ".join(Environment)
        raise SettingsError(f"BUURTBESLIST_ENV is {name!r}; set it to one of: {allowed}.") from None


def _required(env: Mapping[str, str], name: str, example: str) -> str:
    value = env.get(name, "")
    if not value:
        raise SettingsError(f"{name} is not set. Set it, for example to: {example}")
    return value


def _whole_number(env: Mapping[str, str], name: str, default: int) -> int:
    value = env.get(name, str(default))
    if not value.isdecimal():
        raise SettingsError(f"{name} is {value!r}; set it to a whole number such as {default}.")
    return int(value)
