"""Casting: one ballot a code, sealed, replaceable until the close, and never doubled."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from database import database_now, db
from tests.voting import builders
from tests.voting.builders import ANNA, SECRET
from voting.ballots import check_ballot
from voting.box.booth import cast_ballot, open_booth, revoke_code
from voting.box.queries import turnout
from voting.box.tokens import read_access, read_form, seal_access, seal_form
from voting.codes import new_code
from voting.counting.model import MotionChoice
from voting.elections import services
from voting.elections.kinds import BallotFormat
from voting.errors import (
    InputRefusedError,
    IntegrityRefusedError,
    Reason,
    StateRefusedError,
    UnknownError,
    VotingError,
)
from voting.states import Act

pytestmark = pytest.mark.usefixtures("session")


def _box(election: builders.Prepared) -> list[tuple[Any, ...]]:
    rows = db.session.execute(
        text("SELECT kind, revision, ciphertext, receipt FROM box_key WHERE election_id = :id"),
        {"id": election.election_id},
    )
    return [tuple(row) for row in rows]


def test_ballot_is_stored_sealed_under_its_key(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)

    result = builders.vote(election, election.codes[0], [1])

    used = [row for row in _box(election) if row[0] == "online"]
    assert [row[1] for row in used] == [1]
    assert not result.repeated
    assert turnout(election.election_id).cast == 1


def test_all_ballots_have_the_same_length(tmp_path: Path) -> None:
    """S2: the length of a sealed ballot tells nothing."""
    election = builders.opened(tmp_path)
    for code, choices in zip(election.codes, ([], [1], [1, 2, 3]), strict=False):
        builders.vote(election, code, choices)

    assert len({len(row[2]) for row in _box(election) if row[0] == "online"}) == 1


def test_voting_again_replaces_the_ballot(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    first = builders.vote(election, election.codes[0], [1])
    second = builders.vote(election, election.codes[0], [2])

    assert (first.revision, second.revision) == (1, 2)
    assert first.receipt != second.receipt
    assert turnout(election.election_id).cast == 1


def test_identical_retry_returns_the_old_receipt(tmp_path: Path) -> None:
    """F2: casting is idempotent."""
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    form = read_form(seal_form(booth.access, revision=booth.revision, secret=SECRET), secret=SECRET)

    results = [
        cast_ballot(access=booth.access, form=form, choices=[1], peppers=election.peppers)
        for _ in range(3)
    ]

    assert len({result.receipt for result in results}) == 1
    assert [result.repeated for result in results] == [False, True, True]


def test_other_choice_from_the_same_form_is_not_taken_for_a_retry(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    form = read_form(seal_form(booth.access, revision=booth.revision, secret=SECRET), secret=SECRET)
    cast_ballot(access=booth.access, form=form, choices=[1], peppers=election.peppers)

    with pytest.raises(StateRefusedError) as refusal:
        cast_ballot(access=booth.access, form=form, choices=[2], peppers=election.peppers)

    assert refusal.value.reason is Reason.BALLOT_CHANGED


def test_retry_after_the_close_still_gets_its_receipt(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    form = read_form(seal_form(booth.access, revision=booth.revision, secret=SECRET), secret=SECRET)
    first = cast_ballot(access=booth.access, form=form, choices=[1], peppers=election.peppers)
    builders.close(election)

    again = cast_ballot(access=booth.access, form=form, choices=[1], peppers=election.peppers)

    assert again.receipt == first.receipt


def test_ballot_is_refused_after_poll_closes(tmp_path: Path) -> None:
    """F5: the database's clock decides, also before anybody closed."""
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    builders.shift_clock_to(booth.closes_at)

    with pytest.raises(StateRefusedError) as by_clock:
        builders.cast_from(election, booth, [1])
    builders.close(election)
    with pytest.raises(StateRefusedError) as by_state:
        builders.cast_from(election, booth, [1])

    assert by_clock.value.reason is Reason.ELECTION_OVER
    assert by_state.value.reason is Reason.ELECTION_OVER
    assert turnout(election.election_id).cast == 0


def test_ballot_is_refused_before_the_poll_opens(tmp_path: Path) -> None:
    soon = database_now() + timedelta(minutes=5)
    election = builders.opened(tmp_path, builders.make_draft(opens_at=soon))

    with pytest.raises(StateRefusedError) as refusal:
        builders.enter(election, election.codes[0])

    assert refusal.value.reason is Reason.ELECTION_NOT_OPEN


def test_ballot_is_refused_while_suspended(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    services.suspend_election(
        actor=None, election_id=election.election_id, reason="restored", now=database_now()
    )

    with pytest.raises(StateRefusedError) as refusal:
        builders.cast_from(election, booth, [1])

    assert refusal.value.reason is Reason.ELECTION_SUSPENDED


def test_unknown_and_revoked_codes_get_one_same_answer(tmp_path: Path) -> None:
    """W6: the answer tells nothing about a code."""
    election = builders.opened(tmp_path)
    builders.consent(election.election_id, Act.REVOKE)
    revoke_code(
        actor=ANNA,
        code=election.codes[-1],
        reason="coffee on the slip",
        peppers=election.peppers,
        now=database_now(),
    )

    refusals = []
    for code in (new_code(), election.codes[-1]):
        with pytest.raises(UnknownError) as refusal:
            builders.enter(election, code)
        refusals.append((type(refusal.value), refusal.value.reason, refusal.value.params))

    assert refusals[0] == refusals[1]
    assert turnout(election.election_id).issued == 7


def test_slip_with_a_ballot_under_it_is_not_revoked(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    builders.vote(election, election.codes[-1], [1])
    builders.consent(election.election_id, Act.REVOKE)

    with pytest.raises(StateRefusedError) as refusal:
        revoke_code(
            actor=ANNA,
            code=election.codes[-1],
            reason="spoilt",
            peppers=election.peppers,
            now=database_now(),
        )

    assert refusal.value.reason is Reason.BALLOT_ALREADY_CAST


def test_wrong_check_symbol_is_told_at_once(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    code = election.codes[0]
    wrong = ("1" if code[0] == "0" else "0") + code[1:]

    with pytest.raises(InputRefusedError) as refusal:
        builders.enter(election, wrong)

    assert refusal.value.reason is Reason.CODE_MISTYPED


def test_stale_form_stores_nothing_and_asks_again(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    old = builders.enter(election, election.codes[0])
    builders.vote(election, election.codes[0], [1])

    with pytest.raises(StateRefusedError) as refusal:
        builders.cast_from(election, old, [2])

    assert refusal.value.reason is Reason.BALLOT_CHANGED
    assert max(row[1] for row in _box(election)) == 1


def test_form_of_the_voter_before_is_refused(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    one, other = (builders.enter(election, code) for code in election.codes[:2])
    form = read_form(seal_form(one.access, revision=0, secret=SECRET), secret=SECRET)

    with pytest.raises(InputRefusedError) as refusal:
        cast_ballot(access=other.access, form=form, choices=[1], peppers=election.peppers)

    assert refusal.value.reason is Reason.FORM_BROKEN


@pytest.mark.parametrize(
    ("choices", "reason"),
    [
        ([1, 1], Reason.OPTION_TWICE),
        ([4], Reason.OPTION_UNKNOWN),
        ([0], Reason.OPTION_UNKNOWN),
        ([-1], Reason.OPTION_UNKNOWN),
        ([1, 3], Reason.OVER_BUDGET),
        ([1, 2, 3], Reason.TOO_MANY_OPTIONS),
        ([], Reason.TOO_FEW_OPTIONS),
        (None, Reason.CHOICE_MISSING),
        (MotionChoice.FOR, Reason.CHOICE_MISSING),
    ],
)
def test_ballot_beyond_a_limit_is_refused(tmp_path: Path, choices: Any, reason: Reason) -> None:
    """I2: limits at cast."""
    draft = builders.make_draft(
        ballot_format=BallotFormat.KNAPSACK, min_choices=1, max_choices=2, budget_cents=850_00
    )
    election = builders.opened(tmp_path, draft)
    booth = builders.enter(election, election.codes[0])

    with pytest.raises(InputRefusedError) as refusal:
        builders.cast_from(election, booth, choices)

    assert refusal.value.reason is reason
    assert turnout(election.election_id).cast == 0
    assert check_ballot(booth.paper, [2, 1]).numbers == (1, 2)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE election SET closes_at = closes_at + interval '1 day' WHERE id = :id",
        "UPDATE opening_record SET digest = repeat('0', 64) WHERE election_id = :id",
        (
            "UPDATE opening_record SET record = jsonb_set(record, '{keys,tally}',"
            " to_jsonb(repeat('ab', 32))) WHERE election_id = :id"
        ),
        (
            "UPDATE opening_record SET signature = decode(repeat('00', 64), 'hex')"
            " WHERE election_id = :id"
        ),
    ],
)
def test_changing_what_was_frozen_stops_the_vote(tmp_path: Path, tampering: str) -> None:
    """I4: the opening record is checked at every cast; a fresh process checks it all."""
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    db.session.execute(text(tampering), {"id": election.election_id})
    db.session.expire_all()
    services.queries._verified.clear()

    with pytest.raises(VotingError) as refusal:
        builders.cast_from(election, booth, [1])

    assert refusal.value.reason is Reason.OPENING_RECORD_ALTERED
    assert isinstance(refusal.value, IntegrityRefusedError)
    assert turnout(election.election_id).cast == 0


def test_booth_cookie_opens_the_booth_until_it_expires(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    now = database_now()
    token = seal_access(booth.access, secret=SECRET, now=now)

    access = read_access(token, secret=SECRET, now=now + timedelta(minutes=29))
    again = open_booth(access=access, peppers=election.peppers, now=now)

    assert again.election_id == election.election_id
    for spoilt, moment in ((token, now + timedelta(minutes=30)), (token[:-4] + "AAAA", now)):
        with pytest.raises(InputRefusedError):
            read_access(spoilt, secret=SECRET, now=moment)
    with pytest.raises(InputRefusedError):
        read_access(token, secret=b"another secret", now=now)


def test_nothing_of_a_booth_shows_when_printed(tmp_path: Path) -> None:
    """S3: no code or key in any log."""
    election = builders.opened(tmp_path)
    booth = builders.enter(election, election.codes[0])
    shown = repr(booth) + repr(booth.access) + repr(election.preparation)

    assert repr(booth.access.key.seed) not in shown
    assert repr(booth.access.key.public) not in shown
    assert not any(code in shown for code in election.codes)
    assert not any(card.symbols in shown for card in election.preparation.cards)
