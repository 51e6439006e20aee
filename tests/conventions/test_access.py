"""Every endpoint says who may use it; addresses look alike."""

from __future__ import annotations

import re

import pytest
from flask import Flask

from app.access import UndeclaredEndpointError, require_declared_access
from app.subjects import LOADERS

PATH = re.compile(r"^(/|(/(<[a-z:_]+>|[a-z0-9]+(-[a-z0-9]+)*(\.(ics|json|txt|csv|zip|xml))?))*/?)$")
PLAIN_PARAMETERS = {"act_name", "filename", "lang", "name", "sign_up_token", "token", "town"}


def test_an_endpoint_without_access_keeps_the_app_from_booting(app: Flask) -> None:
    naked = Flask("naked")
    naked.add_url_rule("/", "open_door", lambda: "come in")
    with pytest.raises(UndeclaredEndpointError, match="open_door"):
        require_declared_access(naked)


def test_every_endpoint_declares_its_access(app: Flask) -> None:
    require_declared_access(app)


def test_addresses_are_kebab_case(app: Flask) -> None:
    odd = [rule.rule for rule in app.url_map.iter_rules() if not PATH.match(_shape(rule.rule))]
    assert odd == []


def test_every_id_in_an_address_is_loaded_inside_the_municipality(app: Flask) -> None:
    unknown = {
        f"{rule.rule}: {argument}"
        for rule in app.url_map.iter_rules()
        for argument in rule.arguments
        if argument.endswith(("_id", "_slug")) and argument not in LOADERS
    }
    assert unknown == set()
    others = {
        argument
        for rule in app.url_map.iter_rules()
        for argument in rule.arguments
        if argument not in LOADERS
    }
    assert others <= PLAIN_PARAMETERS


def _shape(rule: str) -> str:
    return re.sub(r"<[^>]*>", "<x>", rule)
