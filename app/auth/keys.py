"""The key under which second factors are sealed, from the installation's secret."""

from __future__ import annotations

from functools import lru_cache

from flask import current_app

from participation.people.second_factor import derive_key


def account_key() -> bytes:
    """The key services of ``participation.people`` take as an argument."""
    return _derived(str(current_app.config["SECRET_KEY"]))


@lru_cache(maxsize=4)
def _derived(secret_key: str) -> bytes:
    return derive_key(secret_key)
