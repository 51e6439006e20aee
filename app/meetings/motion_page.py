"""What pages show of a motion: the decided ones with their numbers, the running one's next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from participation.meetings import queries
from participation.meetings.models import Meeting
from voting.results import queries as results
from voting.states import ElectionState


@dataclass(frozen=True)
class DecidedMotion:
    """A published motion: what it was about, cards shown, and whether it was adopted."""

    election_id: int
    title: Mapping[str, str]
    for_: int
    against: int
    abstain: int
    issued: int
    adopted: bool
    decided_at: datetime


def decided_motions(meeting: Meeting) -> list[DecidedMotion]:
    """Motions of a meeting whose result is published and stands, oldest first."""
    return list(_decided(meeting))


def _decided(meeting: Meeting) -> Iterator[DecidedMotion]:
    for motion in queries.motions_of_meeting(meeting.id):
        result = results.published_result(motion.election_id)
        if result is None or result.motion is None or result.published_at is None:
            continue
        if result.state is not ElectionState.PUBLISHED:
            continue
        yield DecidedMotion(
            election_id=motion.election_id,
            title=result.title,
            for_=result.motion.for_,
            against=result.motion.against,
            abstain=result.motion.abstain,
            issued=result.turnout.issued,
            adopted=result.motion.adopted,
            decided_at=result.published_at,
        )
