"""One election from draft to publication, by codes and by show of cards."""

from __future__ import annotations

from pathlib import Path

import pytest

from database import database_now
from tests.voting import builders
from tests.voting.builders import ANNA, BORIS, CARLA
from voting import journal, opening
from voting.box.booth import revoke_code
from voting.box.queries import ReceiptStatus, receipt_status, turnout
from voting.counting.model import MotionChoice, TieCriterion
from voting.counting.pabulib import parse_pabulib
from voting.counting.ties import draw_number
from voting.elections import queries, services
from voting.elections.kinds import Kind, Publication
from voting.errors import NotPermittedError, Reason, StateRefusedError
from voting.results import services as results
from voting.results.queries import (
    counted_result,
    published_file,
    published_result,
    teller_totals,
)
from voting.states import Act, ElectionState

pytestmark = pytest.mark.usefixtures("session")


def test_vote_by_code_goes_from_draft_to_published_result(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    for code in election.codes[:4]:
        builders.vote(election, code, [1, 2])
    builders.vote(election, election.codes[4], [3])
    builders.vote(election, election.codes[5], [])
    builders.close(election)
    builders.count(election)
    assert published_result(election.election_id) is None
    builders.publish(election.election_id)

    result = published_result(election.election_id)

    assert result is not None
    assert [line.reference for line in result.winners] == ["b", "a"]
    assert [(line.reference, line.votes, line.reason) for line in result.losers] == [
        ("c", 1, "does_not_fit")
    ]
    assert (result.budget_cents, result.spent_cents) == (800_00, 800_00)
    assert (result.turnout.issued, result.turnout.cast, result.turnout.blank) == (8, 6, 1)
    assert [tie.references for tie in result.ties] == [("a", "b")]
    assert not result.ties[0].decisive
    assert len(result.receipts) == 6
    assert result.files == ("journal.json", "opening.json", "outcome.json", "receipts.txt")
    assert published_file(election.election_id, "receipts.txt")[1].count(b"\n") == 6
    assert journal.verify_chain(election.election_id) is None


def test_heads_are_published_at_every_change_of_state(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    builders.close(election)
    builders.count(election)
    builders.publish(election.election_id)

    heads = queries.published_heads(election.election_id)

    assert [head.state for head in heads] == ["prepared", "open", "closed", "counted", "published"]
    digests = {record.digest for record in journal.records(election.election_id)}
    assert {head.digest for head in heads} <= digests


def test_motion_by_code_is_decided(tmp_path: Path) -> None:
    draft = builders.make_draft(kind=Kind.MOTION, options=(), budget_cents=None)
    election = builders.opened(tmp_path, draft)
    for code, choice in zip(
        election.codes, [MotionChoice.FOR, MotionChoice.FOR, MotionChoice.AGAINST], strict=False
    ):
        builders.vote(election, code, choice)
    builders.close(election)
    builders.count(election)
    builders.publish(election.election_id)

    result = published_result(election.election_id)

    assert result is not None
    assert result.motion is not None
    assert (result.motion.for_, result.motion.against, result.adopted) == (2, 1, True)


def _hall_motion(tmp_path: Path) -> builders.Prepared:
    election = builders.opened(tmp_path, builders.make_motion())
    assert election.preparation.cards == ()
    assert election.codes == []
    builders.consent(election.election_id, Act.CLOSE)
    services.close_election(
        actor=ANNA, election_id=election.election_id, now=database_now(), reason="all cards are up"
    )
    return election


def _totals(election_id: int, teller: int, in_favour: int) -> None:
    results.record_teller_totals(
        actor=teller,
        election_id=election_id,
        issued=40,
        totals={"for": in_favour, "against": 5, "abstain": 1},
        now=database_now(),
    )


def test_motion_in_a_hall_is_counted_by_two_tellers(tmp_path: Path) -> None:
    election = _hall_motion(tmp_path)
    _totals(election.election_id, ANNA, 30)
    _totals(election.election_id, CARLA, 30)
    results.count_by_hand(
        actor=ANNA, election_id=election.election_id, peppers=election.peppers, now=database_now()
    )
    builders.publish(election.election_id)

    result = published_result(election.election_id)

    assert result is not None
    assert result.by_hand
    assert result.adopted
    assert result.motion is not None
    assert (result.motion.cast, result.turnout.issued) == (36, 40)


def test_tellers_who_differ_stop_the_count(tmp_path: Path) -> None:
    election = _hall_motion(tmp_path)
    _totals(election.election_id, ANNA, 30)
    with pytest.raises(StateRefusedError) as missing:
        results.count_by_hand(
            actor=ANNA,
            election_id=election.election_id,
            peppers=election.peppers,
            now=database_now(),
        )
    _totals(election.election_id, BORIS, 31)
    with pytest.raises(StateRefusedError) as refusal:
        results.count_by_hand(
            actor=ANNA,
            election_id=election.election_id,
            peppers=election.peppers,
            now=database_now(),
        )

    assert missing.value.reason is Reason.TELLERS_MISSING
    assert refusal.value.reason is Reason.TELLERS_DISAGREE
    assert refusal.value.params["differences"] == {"for": [30, 31]}


def test_teller_does_not_see_the_other_totals_before_the_count(tmp_path: Path) -> None:
    election = _hall_motion(tmp_path)
    _totals(election.election_id, ANNA, 30)
    assert teller_totals(election.election_id, viewer=BORIS) == []
    assert len(teller_totals(election.election_id, viewer=ANNA)) == 1


def test_hands_raised_for_options_are_counted_by_the_greedy_rule(tmp_path: Path) -> None:
    draft = builders.make_motion(
        kind=Kind.OPTIONS, options=builders.options(500_00, 300_00, 400_00), budget_cents=800_00
    )
    election = builders.opened(tmp_path, draft)
    for teller in (ANNA, BORIS):
        results.record_teller_totals(
            actor=teller,
            election_id=election.election_id,
            issued=20,
            totals={"a": 7, "b": 3, "c": 9},
            now=database_now(),
        )
    builders.consent(election.election_id, Act.CLOSE)
    services.close_election(
        actor=ANNA, election_id=election.election_id, now=database_now(), reason="done"
    )
    results.count_by_hand(
        actor=ANNA, election_id=election.election_id, peppers=election.peppers, now=database_now()
    )

    result = counted_result(election.election_id, viewer=ANNA)

    assert result is not None
    assert [line.reference for line in result.winners] == ["c", "b"]


def test_turnout_is_seen_while_open_but_no_total_before_the_count(tmp_path: Path) -> None:
    """S4: no totals before the count, for any role."""
    election = builders.opened(tmp_path)
    builders.vote(election, election.codes[0], [1])

    assert turnout(election.election_id).cast == 1
    assert published_result(election.election_id) is None
    assert counted_result(election.election_id, viewer=ANNA) is None


def test_receipt_is_received_then_counted_or_replaced(tmp_path: Path) -> None:
    """I5: a voter finds the receipt."""
    election = builders.opened(tmp_path)
    first = builders.vote(election, election.codes[0], [1])
    second = builders.vote(election, election.codes[0], [2])
    election_id = election.election_id

    assert receipt_status(election_id, first.receipt) is ReceiptStatus.RECEIVED
    assert receipt_status(election_id, second.receipt.lower()) is ReceiptStatus.RECEIVED
    assert receipt_status(election_id, "0000-0000-0000-0000-0000") is ReceiptStatus.UNKNOWN
    builders.close(election)
    assert receipt_status(election_id, first.receipt) is ReceiptStatus.REPLACED
    assert receipt_status(election_id, second.receipt) is ReceiptStatus.COUNTED


def test_one_member_alone_can_do_nothing(tmp_path: Path) -> None:
    """I6: every act needs a second member."""
    election = builders.prepared(tmp_path)

    with pytest.raises(NotPermittedError) as refusal:
        services.open_election(
            actor=ANNA,
            election_id=election.election_id,
            peppers=election.peppers,
            now=database_now(),
        )

    assert refusal.value.reason is Reason.SECOND_MEMBER_NEEDED


def test_own_consent_is_not_a_second_member(tmp_path: Path) -> None:
    election = builders.prepared(tmp_path)
    builders.consent(election.election_id, Act.OPEN, member=ANNA)

    with pytest.raises(NotPermittedError):
        services.open_election(
            actor=ANNA,
            election_id=election.election_id,
            peppers=election.peppers,
            now=database_now(),
        )


def test_consent_does_not_outlive_a_changed_draft(tmp_path: Path) -> None:
    election_id = builders.drafted()
    builders.consent(election_id, Act.PREPARE)
    services.revise_draft(
        actor=ANNA,
        election_id=election_id,
        draft=builders.make_draft(budget_cents=1),
        now=database_now(),
    )

    assert queries.consents(election_id) == []


def test_stranger_may_not_act_nor_consent(tmp_path: Path) -> None:
    election_id = builders.drafted()
    with pytest.raises(NotPermittedError):
        builders.consent(election_id, Act.PREPARE, member=builders.STRANGER)


def test_election_does_not_close_before_the_published_time(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    builders.consent(election.election_id, Act.CLOSE)

    with pytest.raises(StateRefusedError) as refusal:
        services.close_election(
            actor=ANNA, election_id=election.election_id, now=database_now(), reason="impatient"
        )

    assert refusal.value.reason is Reason.TOO_EARLY


def test_schedule_alone_does_not_close_early_even_where_the_commission_may(tmp_path: Path) -> None:
    election = builders.opened(tmp_path, builders.make_motion())

    with pytest.raises(NotPermittedError):
        services.close_election(
            actor=None, election_id=election.election_id, now=database_now(), reason="robot"
        )


def test_suspended_election_resumes_where_it_was(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    for act, use_case in (
        (Act.SUSPEND, services.suspend_election),
        (Act.RESUME, services.resume_election),
    ):
        builders.consent(election.election_id, act)
        use_case(
            actor=ANNA, election_id=election.election_id, reason="objection", now=database_now()
        )

    assert queries.get_election(election.election_id).state is ElectionState.OPEN


def test_revising_throws_codes_cards_and_roll_away(tmp_path: Path) -> None:
    election = builders.prepared(tmp_path)
    builders.consent(election.election_id, Act.REVISE)
    services.revise_election(actor=ANNA, election_id=election.election_id, now=database_now())

    assert queries.get_election(election.election_id).state is ElectionState.DRAFT
    assert turnout(election.election_id).issued == 0
    assert queries.opening_record(election.election_id) is None


def test_preparing_again_makes_the_old_codes_worthless(tmp_path: Path) -> None:
    first = builders.prepared(tmp_path)
    second = builders.prepare(first.election_id, first.peppers)
    builders.open_it(second)

    builders.vote(second, second.codes[0], [1])
    with pytest.raises(Exception, match="code_unknown"):
        builders.enter(second, first.codes[0])


def test_draw_uses_the_seed_that_was_committed_before_opening(tmp_path: Path) -> None:
    draft = builders.make_draft(
        options=builders.options(500_00, 500_00, 500_00), tie_criteria=(TieCriterion.DRAW,)
    )
    election = builders.opened(tmp_path, draft)
    builders.vote(election, election.codes[0], [1, 2, 3])
    builders.close(election)
    builders.count(election)
    builders.publish(election.election_id)

    result = published_result(election.election_id)
    record = queries.opening_record(election.election_id)

    assert result is not None
    assert record is not None
    seed = bytes.fromhex(result.draw_seed)
    assert opening.draw_commitment(seed) == record.record["counting"]["draw_commitment"]
    (tie,) = result.ties
    assert tie.decisive
    assert list(tie.order) == sorted(
        tie.references, key=lambda reference: draw_number(seed, result.box_digest, reference)
    )
    assert [line.reference for line in result.winners] == [tie.order[0]]


def test_single_ballots_are_published_only_where_preparation_decided_so(tmp_path: Path) -> None:
    """S7: full ballots only by the recorded policy."""
    for policy, is_published in ((Publication.OBSERVERS, False), (Publication.FULL, True)):
        election = builders.opened(tmp_path, builders.make_draft(publication=policy))
        builders.vote(election, election.codes[0], [1, 2])
        builders.vote(election, election.codes[1], [])
        builders.close(election)
        builders.count(election)
        builders.publish(election.election_id)
        result = published_result(election.election_id)
        assert result is not None
        assert ("ballots.pb" in result.files) == is_published

    instance = parse_pabulib(published_file(election.election_id, "ballots.pb")[1].decode())
    assert instance.ballots.groups == {frozenset("ab"): 1, frozenset(): 1}
    assert instance.election.budget == 800
    assert set(instance.vote_rows[0]) == {"voter_id", "vote"}


def test_consent_to_revoke_one_slip_does_not_revoke_the_next(tmp_path: Path) -> None:
    election = builders.opened(tmp_path)
    builders.consent(election.election_id, Act.REVOKE)

    def revoke(code: str) -> None:
        revoke_code(
            actor=ANNA, code=code, reason="wet", peppers=election.peppers, now=database_now()
        )

    revoke(election.codes[-1])
    with pytest.raises(NotPermittedError):
        revoke(election.codes[-2])
