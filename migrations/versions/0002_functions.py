"""Functions and triggers in the database: the clock, the journals' guard, casting."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# As they stood at this release; later changes come in later migrations.
STATEMENTS = (
    r"""CREATE OR REPLACE FUNCTION database_now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS $$
    SELECT clock_timestamp() + coalesce((SELECT shift FROM clock WHERE id = 1), interval '0')
$$
""",
    r"""CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'journal entries are never changed or deleted';
END
$$;
CREATE OR REPLACE TRIGGER journal_record_append_only
BEFORE UPDATE OR DELETE ON journal_record
FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()
""",
    r"""CREATE OR REPLACE FUNCTION refuse_ledger_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger entries are never changed or deleted, only reversed';
END
$$;
CREATE OR REPLACE TRIGGER ledger_entry_append_only
BEFORE UPDATE OR DELETE ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change()
""",
    r"""CREATE OR REPLACE FUNCTION refuse_change_of_adopted_plan() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'plan' THEN
        IF OLD.state = 'adopted' THEN
            RAISE EXCEPTION 'an adopted plan never changes';
        END IF;
    ELSIF EXISTS (
        SELECT 1 FROM plan
        WHERE state = 'adopted'
        AND id = CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END
    ) THEN
        RAISE EXCEPTION 'activities of an adopted plan never change';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$$;
CREATE OR REPLACE TRIGGER plan_adopted_frozen
BEFORE UPDATE OR DELETE ON plan
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_adopted_plan();
CREATE OR REPLACE TRIGGER activity_adopted_frozen
BEFORE INSERT OR UPDATE OR DELETE ON activity
FOR EACH ROW EXECUTE FUNCTION refuse_change_of_adopted_plan()
""",
    r"""CREATE OR REPLACE FUNCTION put_in_box(
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
    PERFORM pg_advisory_xact_lock_shared(1650589697, p_election::int);

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
""",
)


def upgrade() -> None:
    for statement in STATEMENTS:
        op.execute(statement)
