"""What a proposer writes, in the parts the pages ask for, each checked on its own. Pure.

A draft may be incomplete; what is written must be usable. Completeness is a guard of publishing.
"""

from __future__ import annotations

from dataclasses import dataclass

from config import LANGUAGES
from participation.errors import InvalidInputError
from participation.priorities.models import Route

TITLE_LENGTH = 120
DESCRIPTION_LENGTH = 5000
PLACE_LENGTH = 200
REASON_LENGTH = 1000


@dataclass(frozen=True)
class What:
    """What somebody wants, in the language they write."""

    title: str
    description: str
    language: str


@dataclass(frozen=True)
class Where:
    """The place, and the theme and function it belongs to."""

    place: str
    theme_id: int | None
    function_id: int | None


@dataclass(frozen=True)
class How:
    """What it costs in cents, who could do it, and why they."""

    cost_cents: int | None
    route: Route | None
    route_reason: str = ""


Part = What | Where | How


def checked_what(part: What) -> What:
    """The texts without blanks around them.

    :raises InvalidInputError: no title, a text is too long, or the language is not ours.
    """
    if part.language not in LANGUAGES:
        raise InvalidInputError("language_unknown", field="language")
    title = " ".join(part.title.split())
    if not title:
        raise InvalidInputError("title_missing", field="title")
    return What(
        _short_enough(title, TITLE_LENGTH, "title"),
        _short_enough(part.description, DESCRIPTION_LENGTH, "description"),
        part.language,
    )


def checked_where(part: Where, *, theme_ids: set[int], function_ids: set[int]) -> Where:
    """The place without blanks around it.

    :raises InvalidInputError: the theme or function is not this municipality's.
    """
    if part.theme_id is not None and part.theme_id not in theme_ids:
        raise InvalidInputError("theme_unknown", field="theme")
    if part.function_id is not None and part.function_id not in function_ids:
        raise InvalidInputError("function_unknown", field="function")
    place = _short_enough(part.place, PLACE_LENGTH, "place")
    return Where(place, part.theme_id, part.function_id)


def checked_how(part: How, *, cost_cap_cents: int | None) -> How:
    """Cost and route.

    :raises InvalidInputError: the cost is not positive or above the year's cap.
    """
    if part.cost_cents is not None and part.cost_cents <= 0:
        raise InvalidInputError("amount_not_positive", field="cost")
    if part.cost_cents is not None and part.cost_cents > (cost_cap_cents or part.cost_cents):
        raise InvalidInputError("cost_above_cap", field="cost", cap_cents=cost_cap_cents)
    reason = _short_enough(part.route_reason, REASON_LENGTH, "route_reason")
    return How(part.cost_cents, part.route, reason)


def _short_enough(text: str, most: int, name: str) -> str:
    text = text.strip()
    if len(text) > most:
        raise InvalidInputError("text_too_long", field=name, max=most)
    return text
