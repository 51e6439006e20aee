"""An election's own journal for readers: each record as a sentence with who, why and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.pages import Page
from app.sentences.voting import ACT_NAMES, ELECTION_JOURNAL
from voting import journal
from voting.states import Act

PER_PAGE = 50


@dataclass(frozen=True)
class ElectionLine:
    """One record in words."""

    number: int
    at: datetime
    sentence: str
    act: str
    who: str
    reason: str
    digest: str


@dataclass(frozen=True)
class ElectionJournalPage:
    """A page of the chain, newest first, and the first record that does not hold."""

    lines: Sequence[ElectionLine]
    page: Page
    head: str
    broken: int | None


def election_journal(
    election_id: int, names: Mapping[int, str], number: int
) -> ElectionJournalPage:
    """Records in words.

    :param number: page from 1.
    """
    records = journal.records(election_id)
    page = Page(number=max(1, number), per_page=PER_PAGE, total=len(records))
    reasons = journal.personal_payloads(election_id)
    shown = records[::-1][page.offset : page.offset + page.per_page]
    lines = [
        ElectionLine(
            number=record.position,
            at=record.recorded_at,
            sentence=str(ELECTION_JOURNAL[record.act] % _Whatever(record.details)),
            act=_act_named(record.details.get("to")),
            who=names.get(record.actor, "") if record.actor else "",
            reason=str(reasons.get(record.position, {}).get("reason", "")),
            digest=record.digest,
        )
        for record in shown
    ]
    return ElectionJournalPage(
        lines, page, journal.head(election_id), journal.verify_chain(election_id)
    )


class _Whatever(dict[str, object]):
    """Details for a sentence; an older record may lack one."""

    def __missing__(self, key: str) -> str:
        return "–"


def _act_named(value: str | None) -> str:
    return str(ACT_NAMES[Act(value)]) if value in tuple(Act) else ""
