"""What a page of the commission shows of one election: where it stands and who has agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext

from app.session import current_actor
from database import database_now
from participation.areas import queries as areas
from participation.areas.models import Area
from participation.people import queries as people
from participation.permissions import Role
from voting.elections import queries as elections
from voting.elections.models import Consent, Election
from voting.results import queries as results
from voting.states import Act, Closing, ElectionState, acts_from

# The way an election goes when nothing interrupts it.
WAY = (Act.PREPARE, Act.OPEN, Act.CLOSE, Act.COUNT, Act.PUBLISH)
_REACHED_BY = {
    Act.PREPARE: ElectionState.PREPARED,
    Act.OPEN: ElectionState.OPEN,
    Act.CLOSE: ElectionState.CLOSED,
    Act.COUNT: ElectionState.COUNTED,
    Act.PUBLISH: ElectionState.PUBLISHED,
}
_ORDER = list(ElectionState)


@dataclass(frozen=True)
class Agreement:
    """Who agreed to an act, and what the reader can do about it."""

    act: Act
    consents: Sequence[Consent]
    reader_id: int
    is_member: bool
    needs_second: bool

    @property
    def by_reader(self) -> Consent | None:
        """The reader's own consent."""
        return next((c for c in self.consents if c.person_id == self.reader_id), None)

    @property
    def by_others(self) -> Sequence[Consent]:
        """Consents of other members."""
        return [c for c in self.consents if c.person_id != self.reader_id]

    @property
    def may_act(self) -> bool:
        """Whether the reader can carry the act out now."""
        return self.is_member and (bool(self.by_others) or not self.needs_second)


@dataclass(frozen=True)
class Stage:
    """One stage on the way: done, now or next, and when it was done."""

    act: Act
    state: str
    done_at: datetime | None


@dataclass(frozen=True)
class Desk:
    """One election as its commission sees it."""

    election: Election
    area: Area | None
    names: Mapping[int, str]
    members: Sequence[int]
    consents: Sequence[Consent]
    now: datetime
    reader_id: int

    @property
    def is_member(self) -> bool:
        return self.reader_id in self.members

    @property
    def acts(self) -> tuple[Act, ...]:
        """What the state permits."""
        return acts_from(self.election.state)

    @property
    def next_act(self) -> Act | None:
        """The next stage on the way."""
        return next((act for act in WAY if act in self.acts and act is not self._repeat), None)

    @property
    def side_acts(self) -> tuple[Act, ...]:
        """Everything else that is possible."""
        return tuple(act for act in self.acts if act is not self.next_act)

    @property
    def waits_for_closing(self) -> bool:
        """Open, and the published time of closing has not come."""
        election = self.election
        return election.state is ElectionState.OPEN and self.now < election.closes_at

    @property
    def closes_by_itself(self) -> bool:
        """Nobody may close it earlier."""
        return self.waits_for_closing and self.election.closing is Closing.PUBLISHED_TIME

    def agreement(self, act: Act) -> Agreement:
        """Who agreed to an act."""
        is_due = act is Act.CLOSE and not self.waits_for_closing
        return Agreement(
            act=act,
            consents=[consent for consent in self.consents if consent.act is act],
            reader_id=self.reader_id,
            is_member=self.is_member,
            needs_second=not is_due,
        )

    def stages(self) -> list[Stage]:
        """The five stages, as far as they have come."""
        reached_at = {
            head.state: head.recorded_at for head in elections.published_heads(self.election.id)
        }
        position = _ORDER.index(self._undisturbed_state)
        stages = []
        for act in WAY:
            target = _REACHED_BY[act]
            is_done = _ORDER.index(target) <= position
            state = "done" if is_done else "now" if act is self.next_act else "next"
            stages.append(Stage(act, state, reached_at.get(target.value) if is_done else None))
        return stages

    @property
    def _repeat(self) -> Act | None:
        """Preparing again is possible, but not what comes next."""
        return Act.PREPARE if self.election.state is ElectionState.PREPARED else None

    @property
    def _undisturbed_state(self) -> ElectionState:
        election = self.election
        if election.state is ElectionState.SUSPENDED and election.resumes_to:
            return ElectionState(election.resumes_to)
        if election.state is ElectionState.ANNULLED:
            return ElectionState.DRAFT
        return election.state


def desk_of(election: Election) -> Desk:
    """Everything the pages of one election share."""
    area = areas.find_area(election.municipality_id, election.area_id)
    members = elections.commission(election.id)
    return Desk(
        election=election,
        area=area,
        names=member_names(members, area),
        members=members,
        consents=elections.consents(election.id),
        now=database_now(),
        reader_id=current_actor().person_id or 0,
    )


def member_names(person_ids: Sequence[int], area: Area | None) -> dict[int, str]:
    """Full names of members, as their protocol needs them."""
    names = {person_id: gettext("A former member") for person_id in person_ids}
    names.update(people.shown_names(person_ids))
    if area is not None:
        holders = people.people_with_role(
            area.path, Role.COMMISSION_MEMBER, on=database_now().date()
        )
        names.update({person.id: person.name for person in holders})
    return names


def tellers_done(election: Election) -> Sequence[int]:
    """Who has written down what was counted by hand."""
    return results.tellers_done(election.id)
