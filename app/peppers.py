"""What the web needs of the installation's secrets to run a vote."""

from __future__ import annotations

from typing import cast

from flask import current_app

from config import Settings
from voting.peppers import PepperStore


def peppers() -> PepperStore:
    """The store of peppers, one a process: what it has read once it keeps."""
    extensions = current_app.extensions
    if "peppers" not in extensions:
        extensions["peppers"] = PepperStore(_settings().pepper_dir)
    return cast(PepperStore, extensions["peppers"])


def application_secret() -> bytes:
    """The secret from which the booth's seals are derived."""
    return _settings().secret_key.encode()


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings
