"""The vote of a year: its shortlist becomes a ballot paper, its result comes back.

Owns the bridge between a cycle and its election. What happens in between (keys, codes, casting,
counting) is the vote's own and knows nothing of a cycle.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select

from config import LANGUAGES
from database import db
from participation import history
from participation.actions import Action
from participation.areas.queries import find_area, root_area
from participation.cycles import queries
from participation.cycles.models import Cycle
from participation.cycles.records import ElectionDrafted, ResultTakenOver
from participation.errors import ConflictError, InvalidInputError, NotFoundError
from participation.people.queries import people_with_role
from participation.permissions import Actor, Role, require
from participation.priorities import queries as priorities
from participation.priorities import services as priority_services
from voting.counting.model import TieCriterion
from voting.elections import queries as elections
from voting.elections import services as election_services
from voting.elections.drafts import DraftOption, ElectionDraft
from voting.elections.kinds import BallotFormat, Channel, Kind
from voting.elections.models import Election
from voting.results import queries as results
from voting.states import ElectionState

COMMISSION_SIZE = 2
"""Fewest members: every act needs one who consents and another who acts."""


def draft_cycle_election(
    *,
    actor: Actor,
    cycle: Cycle,
    commission_person_ids: Collection[int],
    opens_at: datetime,
    closes_at: datetime,
    now: datetime,
) -> Election:
    """Make the year's election from its shortlist and its rules, or make the draft anew.

    An annulled election is followed by a new one; a draft is replaced.

    :param commission_person_ids: at least two people who hold the role on the area.
    :raises InvalidInputError: the commission is too small or not the area's.
    :raises ConflictError: nothing is on the ballot, or the election has left its draft.
    :raises VotingError: the draft could not be voted on.
    """
    require(actor, Action.DRAFT_ELECTION, queries.subject_of(cycle))
    _lock(cycle)
    _require_commission(cycle, commission_person_ids, now)
    draft = _draft(cycle, commission_person_ids, opens_at, closes_at)
    person_id = _person_id(actor)
    running = _running_election(cycle)
    if running is None:
        election = election_services.draft_election(actor=person_id, draft=draft, now=now)
    elif running.state is ElectionState.DRAFT:
        election = election_services.revise_draft(
            actor=person_id, election_id=running.id, draft=draft, now=now
        )
    else:
        raise ConflictError("election_beyond_draft")
    cycle.election_id = election.id
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=ElectionDrafted(election_id=election.id, options=len(draft.options)),
        now=now,
    )
    return election


def take_over_result(*, actor: Actor, cycle: Cycle, now: datetime) -> None:
    """Mark what the published result chose and what it did not; a second call changes nothing.

    :raises NotFoundError: the cycle has no election.
    :raises ConflictError: its result is not published.
    """
    require(actor, Action.RUN_ELECTION, queries.subject_of(cycle))
    if cycle.election_id is None:
        raise NotFoundError("election_missing")
    _lock(cycle)
    result = results.published_result(cycle.election_id)
    if result is None:
        raise ConflictError("result_unpublished")
    if _is_taken_over(cycle):
        return
    chosen = [int(line.reference) for line in result.winners]
    priority_services.apply_result(actor=actor, cycle=cycle, chosen_ids=chosen, now=now)
    history.record(
        actor=actor,
        chain=history.cycle_chain(cycle.id),
        fact=ResultTakenOver(
            election_id=cycle.election_id,
            chosen=len(chosen),
            outcome_digest=result.outcome_digest,
        ),
        now=now,
    )


def _draft(
    cycle: Cycle, commission: Collection[int], opens_at: datetime, closes_at: datetime
) -> ElectionDraft:
    on_ballot = priorities.list_on_ballot(cycle.id)
    if not on_ballot:
        raise ConflictError("ballot_empty")
    rules = cycle.rules
    town = root_area(cycle.municipality_id).municipality
    return ElectionDraft(
        area_id=cycle.area_id,
        municipality_id=cycle.municipality_id,
        title=_title(cycle),
        kind=Kind.OPTIONS,
        channels=(Channel.LETTERS, Channel.SLIPS),
        commission=tuple(sorted(set(commission))),
        language=town.default_language,
        opens_at=opens_at,
        closes_at=closes_at,
        options=tuple(
            DraftOption(
                reference=str(row.id),
                title=row.titles,
                summary=row.summaries,
                cost_cents=row.cost_cents,
            )
            for row in on_ballot
        ),
        ballot_format=BallotFormat(rules.ballot_format.value),
        budget_cents=cycle.budget_cents,
        max_choices=rules.ballot_limit,
        tie_criteria=tuple(TieCriterion(name) for name in rules.tie_criteria),
        minimum_age=rules.minimum_age,
        # Age counts on the first day of voting as the town's calendar has it.
        reference_date=opens_at.astimezone(ZoneInfo(town.time_zone)).date(),
    )


def _title(cycle: Cycle) -> dict[str, str]:
    """Name and year are the same in every language."""
    area = find_area(cycle.municipality_id, cycle.area_id)
    name = area.name if area is not None else ""
    return dict.fromkeys(LANGUAGES, f"{name} {cycle.plan_year}".strip())


def _require_commission(cycle: Cycle, person_ids: Collection[int], now: datetime) -> None:
    if len(set(person_ids)) < COMMISSION_SIZE:
        raise InvalidInputError("commission_too_small", field="commission")
    holders = people_with_role(cycle.area_path, Role.COMMISSION_MEMBER, on=now.date())
    if not set(person_ids) <= {person.id for person in holders}:
        raise InvalidInputError("commission_member_unknown", field="commission")


def _running_election(cycle: Cycle) -> Election | None:
    if cycle.election_id is None:
        return None
    election = elections.get_election(cycle.election_id)
    return None if election.state is ElectionState.ANNULLED else election


def _is_taken_over(cycle: Cycle) -> bool:
    record = history.JournalRecord
    return (
        db.session.scalar(
            select(record.number).where(
                record.chain == history.cycle_chain(cycle.id),
                record.kind == ResultTakenOver.kind,
                record.payload["election_id"].as_integer() == cycle.election_id,
            )
        )
        is not None
    )


def _lock(cycle: Cycle) -> None:
    db.session.execute(select(Cycle.id).where(Cycle.id == cycle.id).with_for_update())
    db.session.refresh(cycle)


def _person_id(actor: Actor) -> int:
    if actor.person_id is None:  # a visitor holds no role and was refused before
        raise NotFoundError("election_missing")
    return actor.person_id
