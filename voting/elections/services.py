"""Use cases of the polling commission, from the draft to an annulment.

Owns drafting, consents and the acts that only change the state. Preparation has a module of its
own, counting and publishing belong to ``voting.results``. Who may draft at all is the caller's to
decide; every act after that needs two members of the election's commission.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from database import db
from voting import journal
from voting.box.services import discard_box, freeze_box
from voting.chain import GENESIS
from voting.elections import queries
from voting.elections.acts import begin_act, finish_act, locked_election, require_member
from voting.elections.drafts import ElectionDraft, require_votable
from voting.elections.kinds import BallotFormat, Channel, Kind, Rule
from voting.elections.models import (
    CommissionMember,
    Consent,
    Election,
    OpeningRecord,
    Option,
    WrappedKey,
)
from voting.elections.preparation import Letter, Preparation, prepare_election
from voting.errors import Reason, StateRefusedError
from voting.peppers import PepperStore
from voting.roll.services import clear_roll
from voting.states import Act, ElectionState, acts_from

__all__ = [
    "Letter",
    "Preparation",
    "annul_election",
    "close_election",
    "draft_election",
    "give_consent",
    "open_election",
    "prepare_election",
    "resume_election",
    "revise_draft",
    "revise_election",
    "suspend_election",
    "withdraw_consent",
]


def draft_election(*, actor: int, draft: ElectionDraft, now: datetime) -> Election:
    """Write a first draft down.

    :raises InputRefusedError: when it could not be voted on.
    """
    require_votable(draft)
    election = Election(state=ElectionState.DRAFT, version=GENESIS)
    _apply_draft(election, draft)
    db.session.add(election)
    db.session.flush()
    _write_parts(election, draft)
    _record_draft(election, actor=actor, act="draft", now=now)
    return election


def revise_draft(*, actor: int, election_id: int, draft: ElectionDraft, now: datetime) -> Election:
    """Replace a draft; consents given for the old one no longer hold."""
    election = locked_election(election_id)
    if election.state is not ElectionState.DRAFT:
        raise StateRefusedError(Reason.ACT_NOT_NOW, state=election.state.value)
    require_votable(draft)
    _apply_draft(election, draft)
    db.session.execute(delete(Option).where(Option.election_id == election_id))
    db.session.execute(delete(CommissionMember).where(CommissionMember.election_id == election_id))
    _write_parts(election, draft)
    _record_draft(election, actor=actor, act="revise_draft", now=now)
    return election


def give_consent(*, actor: int, election_id: int, act: Act, now: datetime) -> None:
    """A member agrees to an act on the election as it is now; the other member then runs it."""
    require_member(election_id, actor)
    election = locked_election(election_id)
    if act is not Act.REVOKE and act not in acts_from(election.state):
        raise StateRefusedError(Reason.ACT_NOT_NOW, act=act.value, state=election.state.value)
    db.session.merge(
        Consent(
            election_id=election_id,
            act=act,
            person_id=actor,
            version=election.version,
            given_at=now,
        )
    )
    journal.append(
        election_id=election_id, act="consent", actor=actor, now=now, details={"to": act.value}
    )


def withdraw_consent(*, actor: int, election_id: int, act: Act, now: datetime) -> None:
    """A member takes a consent back; nothing happens where none was given."""
    require_member(election_id, actor)
    consent = db.session.get(Consent, (election_id, act, actor))
    if consent is None:
        return
    db.session.delete(consent)
    journal.append(
        election_id=election_id,
        act="consent_withdrawn",
        actor=actor,
        now=now,
        details={"to": act.value},
    )


def revise_election(*, actor: int, election_id: int, now: datetime) -> None:
    """Go back from prepared to draft: codes, cards, roll and box are thrown away."""
    in_hand = begin_act(election_id=election_id, act=Act.REVISE, actor=actor)
    election = in_hand.election
    discard_box(election_id=election_id)
    clear_roll(election_id=election_id)
    for table in (WrappedKey, OpeningRecord):
        db.session.execute(delete(table).where(table.election_id == election_id))
    election.pepper_name = election.opening_digest = None
    finish_act(in_hand, now=now, details={})


def open_election(*, actor: int, election_id: int, peppers: PepperStore, now: datetime) -> None:
    """Open the vote. Ballots are taken from ``opens_at`` on, even if this is done before."""
    in_hand = begin_act(election_id=election_id, act=Act.OPEN, actor=actor)
    running = queries.running_election(election_id, peppers)
    finish_act(in_hand, now=now, details={"opening_digest": running.opening.digest})


def close_election(*, actor: int | None, election_id: int, now: datetime, reason: str = "") -> None:
    """Close the vote, freeze the box and state its digest.

    At the published time the schedule (``actor=None``) or any member does it. Earlier it takes two
    members and a reason, and only where the opening record announced closing by the commission.
    """
    in_hand = begin_act(election_id=election_id, act=Act.CLOSE, actor=actor, reason=reason)
    frozen = freeze_box(election_id=election_id)
    in_hand.election.closed_at = now
    in_hand.election.box_digest = frozen.digest
    finish_act(
        in_hand,
        now=now,
        details={"box_digest": frozen.digest, "issued": frozen.issued, "cast": frozen.cast},
    )


def suspend_election(*, actor: int | None, election_id: int, reason: str, now: datetime) -> None:
    """Stop the election where it stands; the system itself does so after a restore."""
    finish_act(
        begin_act(election_id=election_id, act=Act.SUSPEND, actor=actor, reason=reason),
        now=now,
        details={},
    )


def resume_election(*, actor: int, election_id: int, reason: str, now: datetime) -> None:
    """Go on from where a suspension stopped it."""
    finish_act(
        begin_act(election_id=election_id, act=Act.RESUME, actor=actor, reason=reason),
        now=now,
        details={},
    )


def annul_election(*, actor: int, election_id: int, reason: str, now: datetime) -> None:
    """Declare the election void. A re-run is a new election."""
    finish_act(
        begin_act(election_id=election_id, act=Act.ANNUL, actor=actor, reason=reason),
        now=now,
        details={},
    )


def _apply_draft(election: Election, draft: ElectionDraft) -> None:
    is_motion = draft.kind is Kind.MOTION
    election.area_id = draft.area_id
    election.municipality_id = draft.municipality_id
    election.title = dict(draft.title)
    election.language = draft.language
    election.kind = draft.kind
    election.channels = [channel.value for channel in Channel if channel in draft.channels]
    election.ballot_format = BallotFormat.MOTION if is_motion else draft.ballot_format
    election.min_choices = draft.min_choices
    election.max_choices = draft.max_choices
    election.max_cost_cents = draft.max_cost_cents
    election.budget_cents = draft.budget_cents
    election.rule = Rule.MAJORITY if is_motion else Rule.GREEDY
    election.utility = None if is_motion else draft.utility
    election.leave_out_unsupported = draft.leave_out_unsupported
    election.majority = draft.majority if is_motion else None
    election.quorum = draft.quorum if is_motion else None
    election.tie_criteria = [] if is_motion else [item.value for item in draft.tie_criteria]
    election.publication = draft.publication
    election.closing = draft.closing
    election.opens_at = draft.opens_at
    election.closes_at = draft.closes_at
    election.minimum_age = draft.minimum_age
    election.reference_date = draft.reference_date


def _write_parts(election: Election, draft: ElectionDraft) -> None:
    db.session.add_all(
        Option(
            election_id=election.id,
            number=number,
            reference=option.reference,
            title=dict(option.title),
            summary=dict(option.summary),
            cost_cents=option.cost_cents,
        )
        for number, option in enumerate(draft.options, start=1)
    )
    db.session.add_all(
        CommissionMember(election_id=election.id, person_id=person)
        for person in sorted(set(draft.commission))
    )
    db.session.flush()


def _record_draft(election: Election, *, actor: int, act: str, now: datetime) -> None:
    record = journal.append(
        election_id=election.id,
        act=act,
        actor=actor,
        now=now,
        details={"title": election.title, "commission": queries.commission(election.id)},
    )
    election.version = record.digest
    db.session.flush()
