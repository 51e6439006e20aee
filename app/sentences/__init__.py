"""Every code of the domain as a sentence, one module a part of the product."""

from __future__ import annotations

from app.sentences import general, meetings, people, priorities, voting, work, year

# Code of a refusal to its sentence.
REFUSALS = {
    **general.REFUSALS,
    **people.REFUSALS,
    **year.REFUSALS,
    **priorities.REFUSALS,
    **meetings.REFUSALS,
    **voting.REFUSALS,
    **work.REFUSALS,
}
BLOCK_REASONS = year.BLOCK_REASONS
# Kind of a journal record to its sentence.
JOURNAL = {
    **general.JOURNAL,
    **people.JOURNAL,
    **year.JOURNAL,
    **priorities.JOURNAL,
    **meetings.JOURNAL,
    **work.JOURNAL,
}
