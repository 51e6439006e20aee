"""The one statement that puts a ballot into the box.

Owns the SQL function. In order: the box lock, shared; then, in a new statement, state and clock;
one conditional update by the expected revision; the receipt. A commit that was not acknowledged is
answered with its old receipt. ``synchronous_commit`` is switched on for the transaction itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import text

from database import db
from voting.locks import BOX_LOCK
from voting.sealing import BallotKind, SealedBallot


class Answer(StrEnum):
    """What became of a ballot. Only ``stored`` and ``repeated`` mean it is in the box."""

    STORED = "stored"
    REPEATED = "repeated"
    NOT_OPEN = "not_open"
    OVER = "over"
    SUSPENDED = "suspended"
    RECORD_CHANGED = "record_changed"
    UNKNOWN = "unknown"
    FINAL = "final"
    STALE = "stale"
    IN_USE = "in_use"


@dataclass(frozen=True)
class BoxEntry:
    """One ballot on its way into the box, with what it was sealed under."""

    election_id: int
    opening_digest: str
    opens_at: datetime
    closes_at: datetime
    public_key: bytes = field(repr=False)
    kind: BallotKind
    expected_revision: int
    sealed: SealedBallot = field(repr=False)
    idempotency: bytes = field(repr=False)


_PUT_IN_BOX = """
CREATE OR REPLACE FUNCTION put_in_box(
    p_election bigint, p_opening_digest text, p_opens_at timestamptz, p_closes_at timestamptz,
    p_public_key bytea, p_kind text, p_expected_revision bigint,
    p_ciphertext bytea, p_receipt bytea, p_signature bytea, p_idempotency bytea,
    OUT answer text, OUT receipt bytea
)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    v_state text; v_opens_at timestamptz; v_closes_at timestamptz; v_digest text;
    v_now timestamptz; v_kind text;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a ballot is cast under READ COMMITTED only';
    END IF;
    PERFORM set_config('synchronous_commit', 'on', true);
    PERFORM pg_advisory_xact_lock_shared(:box_lock, p_election::int);

    SELECT e.state, e.opens_at, e.closes_at, o.digest, database_now()
      INTO v_state, v_opens_at, v_closes_at, v_digest, v_now
      FROM election e JOIN opening_record o ON o.election_id = e.id
     WHERE e.id = p_election;

    answer := CASE
        WHEN v_state = 'suspended' THEN 'suspended'
        WHEN v_state IS NULL OR v_state = 'prepared' THEN 'not_open'
        WHEN v_state <> 'open' THEN 'over'
        WHEN v_digest <> p_opening_digest OR v_opens_at <> p_opens_at
             OR v_closes_at <> p_closes_at THEN 'record_changed'
        WHEN v_now < p_opens_at THEN 'not_open'
        WHEN v_now >= p_closes_at THEN 'over'
    END;

    IF answer IS NULL THEN
        UPDATE box_key b
           SET kind = p_kind, revision = b.revision + 1, ciphertext = p_ciphertext,
               receipt = p_receipt, signature = p_signature
         WHERE b.public_key = p_public_key AND b.election_id = p_election
           AND b.revision = p_expected_revision
           AND (b.kind = 'unused' OR (b.kind = 'online' AND p_kind <> 'revoked'));
        IF FOUND THEN
            INSERT INTO ballot_receipt (receipt, election_id, idempotency)
            VALUES (p_receipt, p_election, p_idempotency);
            answer := 'stored';
            receipt := p_receipt;
            RETURN;
        END IF;
    END IF;

    SELECT r.receipt INTO receipt FROM ballot_receipt r WHERE r.idempotency = p_idempotency;
    IF FOUND THEN
        answer := 'repeated';
    ELSIF answer IS NULL THEN
        SELECT b.kind INTO v_kind FROM box_key b
         WHERE b.public_key = p_public_key AND b.election_id = p_election;
        answer := CASE
            WHEN v_kind IS NULL OR v_kind = 'revoked' THEN 'unknown'
            WHEN v_kind = 'paper' THEN 'final'
            WHEN p_kind = 'revoked' THEN 'in_use'
            ELSE 'stale'
        END;
    END IF;
END
$$
"""

PUT_IN_BOX_SQL = _PUT_IN_BOX.replace(":box_lock", str(BOX_LOCK))

_CALL = text(
    "SELECT answer, receipt FROM put_in_box(:election, :opening_digest, :opens_at, :closes_at,"
    " :public_key, :kind, :expected_revision, :ciphertext, :receipt, :signature, :idempotency)"
)


def put_in_box(entry: BoxEntry) -> tuple[Answer, bytes | None]:
    """Store a sealed ballot; returns the answer and the receipt now valid for this submission.

    The ballot is in the box only after the caller's transaction has committed.
    """
    answer, receipt = db.session.execute(
        _CALL,
        {
            "election": entry.election_id,
            "opening_digest": entry.opening_digest,
            "opens_at": entry.opens_at,
            "closes_at": entry.closes_at,
            "public_key": entry.public_key,
            "kind": entry.kind.value,
            "expected_revision": entry.expected_revision,
            "ciphertext": entry.sealed.ciphertext,
            "receipt": entry.sealed.receipt,
            "signature": entry.sealed.signature,
            "idempotency": entry.idempotency,
        },
    ).one()
    return Answer(answer), None if receipt is None else bytes(receipt)
