"""The journal for readers: each record as a sentence with who, why and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.pages import Page
from app.sentences import JOURNAL
from app.sentences.people import ROLE_NAMES
from app.sentences.year import PHASE_NAMES
from participation import history
from participation.people.queries import shown_names
from participation.permissions import Role
from participation.phases import Phase

PER_PAGE = 50


@dataclass(frozen=True)
class JournalLine:
    """One record in words."""

    number: int
    at: datetime
    sentence: str
    who: str | None
    reason: str | None
    digest: str


@dataclass(frozen=True)
class JournalPage:
    """A page of a chain, newest first, and the result of walking the whole chain."""

    lines: Sequence[JournalLine]
    page: Page
    head: str
    broken: history.ChainBreak | None


def _in_words(payload: Mapping[str, Any]) -> dict[str, Any]:
    """A record's values with the names of roles and phases instead of their codes."""
    words = dict(payload)
    if "role" in words:
        words["role"] = ROLE_NAMES[Role(words["role"])]
    for name in ("phase", "left", "entered"):
        if name in words:
            words[name] = PHASE_NAMES[Phase(words[name])]
    return words


def journal_page(chain: str, number: int) -> JournalPage:
    """Records of a chain in words.

    :param number: page from 1.
    """
    page = Page(number=max(1, number), per_page=PER_PAGE, total=history.count_records(chain))
    records = history.list_records(chain, offset=page.offset, limit=page.per_page)
    names = shown_names(record.actor_id for record in records)
    lines = [
        JournalLine(
            number=record.number,
            at=record.at,
            sentence=str(JOURNAL[record.kind] % _in_words(record.payload)),
            who=names.get(record.actor_id) if record.actor_id else None,
            reason=record.reason,
            digest=record.digest,
        )
        for record in records
    ]
    return JournalPage(lines, page, history.head(chain), history.verify(chain))
