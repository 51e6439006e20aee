"""S1: the roll and the box share no key, no time and no order, in schema and in rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from database import db
from tests.voting import builders
from voting.elections import queries
from voting.key_cards import KeyName, open_link, read_card, unwrap

ROLL = "roll_entry"
BOX = ("box_key", "ballot_receipt", "closed_box_key")
_PEOPLE = 40


def _columns(table: str) -> dict[str, str]:
    rows = db.session.execute(
        text(
            "SELECT column_name, data_type FROM information_schema.columns"
            " WHERE table_schema = 'public' AND table_name = :table"
        ),
        {"table": table},
    )
    return {row.column_name: row.data_type for row in rows}


def _foreign_keys() -> set[tuple[str, str]]:
    rows = db.session.execute(
        text(
            "SELECT conrelid::regclass::text, confrelid::regclass::text"
            " FROM pg_constraint WHERE contype = 'f'"
        )
    )
    return {(row[0], row[1]) for row in rows}


@pytest.mark.usefixtures("session")
@pytest.mark.parametrize("table", BOX)
def test_box_has_no_surrogate_id_no_time_and_nothing_of_a_person(table: str) -> None:
    columns = _columns(table)

    assert set(columns) <= {
        "public_key",
        "election_id",
        "kind",
        "revision",
        "ciphertext",
        "receipt",
        "signature",
        "idempotency",
    }
    assert not any("time" in kind or "date" in kind for kind in columns.values())
    sequences = db.session.execute(
        text(
            "SELECT pg_get_serial_sequence(:table, column_name) FROM information_schema.columns"
            " WHERE table_name = :table"
        ),
        {"table": table},
    ).scalars()
    assert not any(sequences)


@pytest.mark.usefixtures("session")
def test_roll_and_box_share_the_election_only() -> None:
    shared = set(_columns(ROLL)) & set().union(*(_columns(table) for table in BOX))

    assert shared == {"election_id"}
    assert not any(
        {source, target} >= {ROLL, table} for source, target in _foreign_keys() for table in BOX
    )


@pytest.mark.usefixtures("session")
def test_receipts_name_no_key() -> None:
    assert "public_key" not in _columns("ballot_receipt")


@pytest.mark.usefixtures("committed")
def test_casting_writes_the_box_only(tmp_path: Path) -> None:
    """The transaction of a cast leaves its mark on box and receipts and nowhere else."""
    election = builders.opened(tmp_path, people=_PEOPLE, slips=0)
    db.session.commit()
    marks: dict[str, set[int]] = {}
    for letter in election.preparation.letters[:10]:
        builders.vote(election, letter.code, [1])
        mark = db.session.execute(text("SELECT pg_current_xact_id()::text::bigint")).scalar_one()
        marks.setdefault("casts", set()).add(mark % 2**32)
        db.session.commit()

    tables = db.session.execute(
        text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ).scalars()
    touched = {
        table
        for table in list(tables)
        if marks["casts"]
        & set(db.session.execute(text(f'SELECT xmin::text::bigint FROM "{table}"')).scalars())
    }

    assert touched == {"box_key", "ballot_receipt"}


@pytest.mark.usefixtures("committed")
def test_order_of_the_box_says_nothing_about_the_order_of_the_roll(tmp_path: Path) -> None:
    """Physical order of the box is the order of the keys, whatever the register's order was."""
    election = builders.prepared(tmp_path, people=_PEOPLE, slips=_PEOPLE)
    db.session.commit()
    box = list(db.session.execute(text("SELECT public_key FROM box_key ORDER BY ctid")).scalars())
    links = db.session.execute(text("SELECT sealed_key FROM roll_entry ORDER BY id")).scalars()
    cards = [read_card(card.text) for card in election.preparation.cards[-2:]]
    opening = queries.running_election(election.election_id, election.peppers).opening
    registry = unwrap(
        queries.wrapped_pairs(election.election_id, KeyName.REGISTRY),
        cards,
        election_id=election.election_id,
        salt=opening.salt,
    )

    by_roll = [box.index(open_link(bytes(link), registry)) for link in links]

    assert box == sorted(box)
    assert len(set(by_roll)) == _PEOPLE
    assert by_roll != sorted(by_roll)


@pytest.mark.usefixtures("session")
def test_link_is_sealed_differently_each_time_and_needs_the_registry_cards(tmp_path: Path) -> None:
    election = builders.prepared(tmp_path, people=_PEOPLE, slips=0)
    keys = set(db.session.execute(text("SELECT public_key FROM box_key")).scalars())
    links = list(db.session.execute(text("SELECT sealed_key FROM roll_entry")).scalars())

    assert len({bytes(link) for link in links}) == _PEOPLE
    assert not any(bytes(key) in bytes(link) for key in keys for link in links)
    assert len(election.preparation.cards) == 5


@pytest.mark.usefixtures("session")
def test_dump_of_every_table_holds_no_code_and_no_card(tmp_path: Path) -> None:
    """S2, S3: what left the system as print file is nowhere in the database."""
    election = builders.opened(tmp_path)
    builders.vote(election, election.codes[0], [1])
    tables = list(
        db.session.execute(
            text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ).scalars()
    )
    dump = "".join(
        str(row)
        for table in tables
        for row in db.session.execute(text(f'SELECT t::text FROM "{table}" t')).scalars()
    )

    secrets = [code.replace("-", "") for code in election.codes]
    secrets += [card.symbols for card in election.preparation.cards]
    assert not any(secret in dump for secret in secrets)
    assert all(card.secret.hex() not in dump for card in election.preparation.cards)
