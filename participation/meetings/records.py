"""What the journal says of meetings."""

from __future__ import annotations

from dataclasses import dataclass

from participation.history import Fact


@dataclass(frozen=True)
class MeetingPlanned(Fact):
    kind = "meeting_planned"
    meeting_id: int
    meeting_kind: str
    starts_at: str
    place: str


@dataclass(frozen=True)
class MeetingChanged(Fact):
    kind = "meeting_changed"
    meeting_id: int
    starts_at: str
    place: str


@dataclass(frozen=True)
class MeetingCancelled(Fact):
    kind = "meeting_cancelled"
    meeting_id: int


@dataclass(frozen=True)
class SignedUp(Fact):
    """Who signed up stands with the meeting only, where it can be erased."""

    kind = "meeting_signed_up"
    meeting_id: int
    seats: int
    state: str


@dataclass(frozen=True)
class SignUpCancelled(Fact):
    kind = "meeting_sign_up_cancelled"
    meeting_id: int
    seats: int


@dataclass(frozen=True)
class PlaceGiven(Fact):
    kind = "meeting_place_given"
    meeting_id: int
    seats: int


@dataclass(frozen=True)
class AttendanceRecorded(Fact):
    kind = "meeting_attendance_recorded"
    meeting_id: int
    count: int


@dataclass(frozen=True)
class MinutesSaved(Fact):
    kind = "meeting_minutes_saved"
    meeting_id: int


@dataclass(frozen=True)
class MinutesPublished(Fact):
    kind = "meeting_minutes_published"
    meeting_id: int
    digest: str


@dataclass(frozen=True)
class MotionMoved(Fact):
    kind = "meeting_motion_moved"
    meeting_id: int
    election_id: int
    subject: str


@dataclass(frozen=True)
class MotionPublished(Fact):
    kind = "meeting_motion_published"
    meeting_id: int
    election_id: int
    adopted: bool
