"""The journal for readers: each record as a sentence with who, why and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app.pages import Page
from app.sentences import JOURNAL
from participation import history
from participation.people.queries import shown_names

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
            sentence=str(JOURNAL[record.kind] % record.payload),
            who=names.get(record.actor_id) if record.actor_id else None,
            reason=record.reason,
            digest=record.digest,
        )
        for record in records
    ]
    return JournalPage(lines, page, history.head(chain), history.verify(chain))
