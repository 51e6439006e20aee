"""I8: additions and alterations in box, key list and journal are named, and stop the count."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from database import database_now, db
from tests.voting import builders
from voting import journal, opening
from voting.elections import queries
from voting.errors import IntegrityRefusedError, NotPermittedError, Reason, UnknownError
from voting.results.services import count_election
from voting.sealing import BallotKey, BallotKind, seal_ballot
from voting.states import Act

pytestmark = pytest.mark.usefixtures("session")


def _voted(tmp_path: Path) -> builders.Prepared:
    election = builders.opened(tmp_path)
    for code in election.codes[:4]:
        builders.vote(election, code, [1])
    return election


def _refused(election: builders.Prepared) -> IntegrityRefusedError:
    with pytest.raises(IntegrityRefusedError) as refusal:
        builders.count(election)
    return refusal.value


def _run(statement: str, election: builders.Prepared, **params: object) -> None:
    db.session.execute(text(statement), {"id": election.election_id, **params})


@pytest.mark.parametrize("table", ["box_key", "closed_box_key"])
@pytest.mark.parametrize(
    ("column", "value", "fault"),
    [
        ("ciphertext", "ciphertext || '\\x00'::bytea", "length_wrong"),
        ("ciphertext", "overlay(ciphertext placing '\\x0000'::bytea from 5)", "receipt_wrong"),
        ("receipt", "decode(repeat('00', 32), 'hex')", "receipt_wrong"),
        ("signature", "decode(repeat('00', 64), 'hex')", "signature_wrong"),
        ("revision", "revision + 1", "signature_wrong"),
        ("kind", "'paper'", "signature_wrong"),
        ("kind", "'revoked'", "signature_wrong"),
    ],
)
def test_altered_row_is_named(
    tmp_path: Path, table: str, column: str, value: str, fault: str
) -> None:
    election = _voted(tmp_path)
    alteration = (
        f"UPDATE {table} SET {column} = {value} WHERE public_key ="
        f" (SELECT min(public_key) FROM {table} WHERE election_id = :id AND kind = 'online')"
    )
    if table == "box_key":
        _run(alteration, election)
    builders.close(election)
    if table == "closed_box_key":
        _run(alteration, election)

    refusal = _refused(election)

    assert refusal.reason is Reason.BOX_ALTERED
    assert [named["fault"] for named in refusal.params["named"]] == [fault]


def test_ballot_under_a_key_that_was_never_issued_is_named(tmp_path: Path) -> None:
    """E2: only keys of the opening record count."""
    election = _voted(tmp_path)
    record = queries.running_election(election.election_id, election.peppers).opening
    key = BallotKey(b"k" * 32)
    sealed = seal_ballot(
        b'{"options":[3]}',
        key=key,
        kind=BallotKind.ONLINE,
        revision=1,
        opening_digest=record.digest,
        length=record.ballot_bytes,
        tally_public=record.tally_public,
    )
    _run(
        "INSERT INTO box_key VALUES (:key, :id, 'online', 1, :ciphertext, :receipt, :signature)",
        election,
        key=key.public,
        ciphertext=sealed.ciphertext,
        receipt=sealed.receipt,
        signature=sealed.signature,
    )
    builders.close(election)

    refusal = _refused(election)

    assert refusal.params["named"] == [{"key": key.public.hex()[:16], "fault": "key_not_issued"}]


def test_row_taken_away_is_named(tmp_path: Path) -> None:
    election = _voted(tmp_path)
    _run("DELETE FROM box_key WHERE election_id = :id AND kind = 'unused'", election)
    builders.close(election)

    refusal = _refused(election)

    assert {named["fault"] for named in refusal.params["named"]} == {"key_missing"}


def test_two_swapped_ballots_are_named(tmp_path: Path) -> None:
    election = _voted(tmp_path)
    builders.close(election)
    _run(
        "UPDATE closed_box_key a SET ciphertext = b.ciphertext, receipt = b.receipt,"
        " signature = b.signature FROM closed_box_key b WHERE a.election_id = :id"
        " AND b.election_id = :id AND a.kind = 'online' AND b.kind = 'online'"
        " AND a.public_key <> b.public_key",
        election,
    )

    refusal = _refused(election)

    assert {named["fault"] for named in refusal.params["named"]} == {"signature_wrong"}


def test_ballot_emptied_after_the_close_is_noticed(tmp_path: Path) -> None:
    """A roll-back of a whole row leaves no wrong signature, but not the stated digest."""
    election = _voted(tmp_path)
    builders.close(election)
    _run(
        "UPDATE closed_box_key SET kind = 'unused', revision = 0, ciphertext = NULL,"
        " receipt = NULL, signature = NULL WHERE election_id = :id",
        election,
    )

    assert _refused(election).reason is Reason.BOX_ALTERED


def test_key_added_to_the_key_list_is_noticed(tmp_path: Path) -> None:
    election = _voted(tmp_path)
    builders.close(election)
    keys = queries.opening_record(election.election_id)
    assert keys is not None
    forged = opening.key_list([*opening.issued_keys(keys.issued_keys), b"k" * 32])
    _run(
        "UPDATE opening_record SET issued_keys = :keys WHERE election_id = :id",
        election,
        keys=forged,
    )
    db.session.expire_all()

    assert _refused(election).reason is Reason.KEY_LIST_ALTERED


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE election_journal SET actor = 3 WHERE election_id = :id AND position = 2",
        "UPDATE election_journal SET act = 'x' WHERE election_id = :id AND position = 3",
        "UPDATE election_journal SET details = '{}' WHERE election_id = :id AND act = 'close'",
        (
            "UPDATE election_journal SET recorded_at = recorded_at - interval '1 second'"
            " WHERE election_id = :id AND position = 1"
        ),
        (
            "UPDATE election_journal SET digest = repeat('0', 64) WHERE election_id = :id"
            " AND position = 2"
        ),
        "DELETE FROM election_journal WHERE election_id = :id AND position = 2",
    ],
)
def test_altered_journal_is_noticed_and_stops_the_count(tmp_path: Path, tampering: str) -> None:
    """I3: journals are hash-chained."""
    election = _voted(tmp_path)
    builders.close(election)
    builders.consent(election.election_id, Act.COUNT)
    assert journal.verify_chain(election.election_id) is None
    _run(tampering, election)
    db.session.expire_all()

    assert journal.verify_chain(election.election_id) is not None
    with pytest.raises(IntegrityRefusedError) as refusal:
        count_election(
            actor=builders.ANNA,
            election_id=election.election_id,
            cards=election.tally_cards[:2],
            peppers=election.peppers,
            now=database_now(),
        )
    assert refusal.value.reason is Reason.JOURNAL_ALTERED


def test_personal_part_can_be_erased_but_not_rewritten(tmp_path: Path) -> None:
    election = _voted(tmp_path)
    db.session.expire_all()
    builders.consent(election.election_id, Act.SUSPEND)
    builders.services.suspend_election(
        actor=builders.ANNA,
        election_id=election.election_id,
        reason="Mr Example objected",
        now=database_now(),
    )
    _run("UPDATE election_journal_personal SET payload = '{}' WHERE election_id = :id", election)
    db.session.expire_all()
    assert journal.verify_chain(election.election_id) is not None

    _run("DELETE FROM election_journal_personal WHERE election_id = :id", election)
    db.session.expire_all()
    assert journal.verify_chain(election.election_id) is None


def test_count_needs_two_different_tally_cards(tmp_path: Path) -> None:
    election = _voted(tmp_path)
    builders.close(election)
    tally = election.tally_cards
    registry = election.preparation.cards[-1].text
    builders.consent(election.election_id, Act.COUNT)

    for cards in ([tally[0]], [tally[0], tally[0]], [tally[0], registry], []):
        with pytest.raises(UnknownError):
            count_election(
                actor=builders.ANNA,
                election_id=election.election_id,
                cards=cards,
                peppers=election.peppers,
                now=database_now(),
            )


def test_cards_of_another_election_do_not_count_this_one(tmp_path: Path) -> None:
    election, other = _voted(tmp_path), builders.prepared(tmp_path)
    builders.close(election)
    builders.consent(election.election_id, Act.COUNT)

    with pytest.raises(NotPermittedError) as refusal:
        count_election(
            actor=builders.ANNA,
            election_id=election.election_id,
            cards=other.tally_cards[:2],
            peppers=election.peppers,
            now=database_now(),
        )

    assert refusal.value.reason is Reason.CARD_PAIR_WRONG


@pytest.mark.parametrize("cards", [(0, 1), (1, 2), (2, 0)])
def test_any_two_tally_cards_count(tmp_path: Path, cards: tuple[int, int]) -> None:
    election = _voted(tmp_path)
    builders.close(election)

    builders.count(election, cards=cards)

    assert queries.get_election(election.election_id).state == "counted"
