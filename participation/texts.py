"""Text that a municipality keeps in several languages, as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping

# Language code to text, e.g. {"nl": "Wonen", "de": "Wohnen", "en": "Housing"}.
LocalisedText = dict[str, str]


def in_language(texts: Mapping[str, str], language: str) -> str:
    """The text in ``language``, else in any language there is, else empty."""
    return texts.get(language) or next((text for text in texts.values() if text), "")
