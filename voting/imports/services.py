"""Playing an election from a Pabulib file: every ballot through the booth, then count and publish.

Owns the translation of a file into an election. Everything after that is done by the same services
that a town uses: codes are drawn, ballots sealed and cast, the box closed, opened by two cards and
counted. The plain codes live only while this runs.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from voting.box.booth import cast_ballot, find_booth
from voting.box.tokens import read_form, seal_form
from voting.counting.model import Amount, TieCriterion
from voting.counting.pabulib import PabulibInstance
from voting.elections import services
from voting.elections.drafts import DraftOption, ElectionDraft
from voting.elections.kinds import BallotFormat, Channel, Kind
from voting.elections.services import Preparation
from voting.errors import InputRefusedError, Reason
from voting.key_cards import KeyCard, KeyName
from voting.peppers import PepperStore
from voting.results.queries import winners
from voting.results.services import count_election, publish_result
from voting.states import Act, Closing

CLOSING_REASON = "Every ballot of the file is in the box."
_OPEN_FOR = timedelta(days=1)
_CENTS = 100

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class ImportedElection:
    """What was played. ``limits_lifted``: voters whose ballots the file's own limits forbid."""

    election_id: int
    winners: tuple[str, ...]
    ballots: int
    limits_lifted: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where the election is shown, and by whom it is run: two different people."""

    area_id: int
    municipality_id: int
    members: tuple[int, int]
    language: str


@dataclass(frozen=True)
class _Played:
    """Who plays the two members, when, and where the pepper is kept."""

    place: Place
    peppers: PepperStore
    now: datetime

    @property
    def actor(self) -> int:
        return self.place.members[0]

    def agree(self, election_id: int, act: Act) -> None:
        """The other member consents."""
        services.give_consent(
            actor=self.place.members[1], election_id=election_id, act=act, now=self.now
        )


def import_election(
    *,
    instance: PabulibInstance,
    place: Place,
    peppers: PepperStore,
    now: datetime,
    on_progress: Progress | None = None,
) -> ImportedElection:
    """Make an election of a file, cast all its ballots, count and publish.

    Ties go by id and projects without support are funded while money is left, as in pabutools, so
    that its outcome can be compared. Limits that the file's own ballots break are lifted.

    :param on_progress: told after each ballot how many are in and how many there are.
    """
    played = _Played(place, peppers, now)
    draft = _draft(instance, place, now)
    election_id = services.draft_election(actor=played.actor, draft=draft, now=now).id
    preparation = _prepare_and_open(played, election_id, slips=max(1, len(instance.votes)))
    _cast_all(
        instance, draft=draft, codes=preparation.slips, played=played, on_progress=on_progress
    )
    _close_count_publish(played, election_id, preparation.cards)
    return ImportedElection(
        election_id=election_id,
        winners=winners(election_id),
        ballots=len(instance.votes),
        limits_lifted=instance.over_limit,
    )


def _prepare_and_open(played: _Played, election_id: int, *, slips: int) -> Preparation:
    played.agree(election_id, Act.PREPARE)
    preparation = services.prepare_election(
        actor=played.actor,
        election_id=election_id,
        roll=(),
        slips=slips,
        peppers=played.peppers,
        now=played.now,
    )
    played.agree(election_id, Act.OPEN)
    services.open_election(
        actor=played.actor, election_id=election_id, peppers=played.peppers, now=played.now
    )
    return preparation


def _close_count_publish(played: _Played, election_id: int, cards: Sequence[KeyCard]) -> None:
    actor, now = played.actor, played.now
    played.agree(election_id, Act.CLOSE)
    services.close_election(actor=actor, election_id=election_id, now=now, reason=CLOSING_REASON)
    played.agree(election_id, Act.COUNT)
    count_election(
        actor=actor,
        election_id=election_id,
        cards=[card.text for card in cards if card.role is KeyName.TALLY][:2],
        peppers=played.peppers,
        now=now,
    )
    played.agree(election_id, Act.PUBLISH)
    publish_result(actor=actor, election_id=election_id, now=now)


def _draft(instance: PabulibInstance, place: Place, now: datetime) -> ElectionDraft:
    limits = instance.limits
    keeps_limits = not instance.over_limit
    sum_limit = limits.max_sum_cost if keeps_limits else None
    return ElectionDraft(
        area_id=place.area_id,
        municipality_id=place.municipality_id,
        title={place.language: _title(instance)},
        kind=Kind.OPTIONS,
        channels=(Channel.SLIPS,),
        commission=place.members,
        language=place.language,
        opens_at=now,
        closes_at=now + _OPEN_FOR,
        options=_options(instance, place.language),
        ballot_format=BallotFormat.APPROVAL if sum_limit is None else BallotFormat.KNAPSACK,
        budget_cents=_cents(instance.election.budget),
        min_choices=(limits.min_length or 0) if keeps_limits else 0,
        max_choices=limits.max_length if keeps_limits else None,
        max_cost_cents=None if sum_limit is None else _cents(sum_limit),
        leave_out_unsupported=False,
        tie_criteria=(TieCriterion.LEXICO,),
        closing=Closing.BY_COMMISSION,
    )


def _options(instance: PabulibInstance, language: str) -> tuple[DraftOption, ...]:
    return tuple(
        DraftOption(
            reference=project.id,
            title={language: project.name or project.id},
            summary=_summary(instance, project.id, language),
            cost_cents=_cents(project.cost),
        )
        for project in instance.election.projects
    )


def _summary(instance: PabulibInstance, project_id: str, language: str) -> dict[str, str]:
    description = instance.project_rows[project_id].get("description", "")
    return {language: description} if description else {}


def _title(instance: PabulibInstance) -> str:
    meta = instance.meta
    named = " ".join(filter(None, (meta.get("unit"), meta.get("instance"))))
    return meta.get("description") or named or "Pabulib"


def _cents(amount: Amount) -> int:
    cents = Fraction(amount) * _CENTS
    if cents.denominator != 1:
        raise InputRefusedError(Reason.DRAFT_INCOMPLETE, fields=["cost"])
    return int(cents)


def _cast_all(
    instance: PabulibInstance,
    *,
    draft: ElectionDraft,
    codes: Sequence[str],
    played: _Played,
    on_progress: Progress | None,
) -> None:
    numbers = {option.reference: number for number, option in enumerate(draft.options, start=1)}
    form_secret = secrets.token_bytes(32)
    for done, (code, vote) in enumerate(zip(codes, instance.votes, strict=False), start=1):
        booth = find_booth(code=code, peppers=played.peppers, now=played.now)
        form = seal_form(booth.access, revision=booth.revision, secret=form_secret)
        cast_ballot(
            access=booth.access,
            form=read_form(form, secret=form_secret),
            choices=[numbers[project] for project in vote],
            peppers=played.peppers,
        )
        if on_progress is not None:
            on_progress(done, len(instance.votes))
