"""Language and town of a request: both stand in the address, ``/<lang>/<town>/…``.

A host name that belongs to one municipality shows that municipality only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, current_app, g, request, url_for
from werkzeug.routing import BaseConverter

from config import LANGUAGES, Settings
from participation.areas import queries as areas
from participation.areas.models import Municipality

LANGUAGE_NAMES = {"nl": "Nederlands", "de": "Deutsch", "en": "English"}
DEFAULT_LANGUAGE = "en"


class LanguageConverter(BaseConverter):
    """The language part of an address."""

    regex = "|".join(LANGUAGES)


def pull_language_and_town(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Take both out of the address, so that views need not name them."""
    values = _values_of_path() if values is None else values
    g.lang = values.pop("lang", None) or _preferred_language()
    slug = values.pop("town", None)
    g.town = None
    if slug is None:
        return
    town = areas.municipality_by_slug(slug)
    if town is None or not _host_shows(town) or not _may_be_here(town):
        abort(404)
    g.town = town


def push_language_and_town(endpoint: str, values: dict[str, Any]) -> None:
    """Fill both into addresses that need them."""
    needs = current_app.url_map.is_endpoint_expecting
    if "lang" not in values and needs(endpoint, "lang"):
        values["lang"] = g.get("lang") or DEFAULT_LANGUAGE
    if "town" not in values and needs(endpoint, "town") and g.get("town") is not None:
        values["town"] = g.town.slug


def current_town() -> Municipality:
    """The town of this request; only in views whose address names one."""
    town: Municipality | None = g.get("town")
    if town is None:
        abort(404)
    return town


def current_language() -> str:
    """Language of this request."""
    return str(g.get("lang") or DEFAULT_LANGUAGE)


def current_time_zone() -> str:
    """Time zone in which moments are shown."""
    town: Municipality | None = g.get("town")
    return town.time_zone if town is not None else "Europe/Amsterdam"


def url_for_language(language: str) -> str:
    """The address of this same page in another language."""
    if request.endpoint is None or not current_app.url_map.is_endpoint_expecting(
        request.endpoint, "lang"
    ):
        return f"/{language}/"
    expects_town = current_app.url_map.is_endpoint_expecting(request.endpoint, "town")
    if expects_town and g.get("town") is None:  # an address of a town that does not exist
        return f"/{language}/"
    return address_here(request.args.to_dict(flat=False), lang=language)


def address_here(questions: Mapping[str, object], **changed: object) -> str:
    """The address of this page, with other ``questions`` after it and ``changed`` parts.

    What a reader wrote after the address never becomes an argument of ``url_for``, which gives
    some of them a meaning of its own.
    """
    known = g.get("url_values") or request.view_args or {}
    address = url_for(str(request.endpoint), **{**known, **changed})
    return f"{address}?{urlencode(questions, doseq=True)}" if questions else address


def url_for_page(number: int) -> str:
    """The address of another page of this list, with the same questions."""
    return address_here({**request.args.to_dict(flat=False), "page": number})


def remember_url_values() -> None:
    """Keep the address's own values: decorators later replace ids by what they stand for."""
    g.url_values = dict(request.view_args or {})


def _values_of_path() -> dict[str, Any]:
    """Language and town of an address that leads nowhere, for the page that says so."""
    first, _, rest = request.path.strip("/").partition("/")
    if first not in LANGUAGES:
        return {}
    slug = rest.partition("/")[0]
    known = slug and areas.municipality_by_slug(slug) is not None
    return {"lang": first, "town": slug} if known else {"lang": first}


def _preferred_language() -> str:
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def _host_shows(town: Municipality) -> bool:
    owner = areas.municipality_by_host(request.host.partition(":")[0])
    return owner is None or owner.id == town.id


def _may_be_here(town: Municipality) -> bool:
    """Everybody knows the passwords of an example's staff: it does not exist in production."""
    settings: Settings = current_app.config["SETTINGS"]
    return not (town.is_example and settings.is_production)


def register_towns(app: Flask) -> None:
    """Bind language and town to every request and every address."""
    app.url_map.converters["lang"] = LanguageConverter
    app.url_value_preprocessor(pull_language_and_town)
    app.url_defaults(push_language_and_town)
    app.before_request(remember_url_values)
