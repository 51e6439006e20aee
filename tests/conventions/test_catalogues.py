"""Dutch and German are complete: no string missing, unused, unsure or with other placeholders."""

from __future__ import annotations

import re
import tomllib
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

from config import LANGUAGES, PROJECT_DIR

TRANSLATED = [language for language in LANGUAGES if language != "en"]
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
KEYWORDS = {**DEFAULT_KEYWORDS, "_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2)}


@cache
def used_strings() -> frozenset[str]:
    """Every string of the sources, by its singular."""
    mappings = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text())["tool"]["babel"]
    method_map = [
        (pattern, mapping["method"])
        for mapping in mappings["mappings"]
        for pattern in (
            [mapping["pattern"]] if isinstance(mapping["pattern"], str) else mapping["pattern"]
        )
    ]
    found = extract_from_dir(PROJECT_DIR, method_map=method_map, keywords=KEYWORDS)
    return frozenset(
        message if isinstance(message, str) else message[0] for _, _, message, _, _ in found
    )


@cache
def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is committed."""
    path = PROJECT_DIR / "translations" / language / "LC_MESSAGES" / "messages.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_string_is_missing(language: str) -> None:
    translated = {_singular(m) for m in messages(language) if _is_complete(m)}
    assert sorted(used_strings() - translated) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_string_is_unused(language: str) -> None:
    kept = {_singular(m) for m in messages(language)}
    assert sorted(kept - used_strings()) == []
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_unsure(language: str) -> None:
    assert [_singular(m) for m in messages(language) if m.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_keep_every_placeholder(language: str) -> None:
    wrong = []
    for message in messages(language):
        ids = message.id if isinstance(message.id, tuple | list) else (message.id,)
        wanted = {name for text in ids for name in PLACEHOLDER.findall(text)}
        texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
        for text in texts:
            names = set(PLACEHOLDER.findall(text))
            if names - wanted or (wanted - names - {"num"}):
                wrong.append((ids[0], text))
    assert wrong == []


def _singular(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _is_complete(message: Message) -> bool:
    if isinstance(message.string, tuple | list):
        return all(message.string)
    return bool(message.string)
