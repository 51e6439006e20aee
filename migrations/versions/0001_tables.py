"""Every table of the first release."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "clock",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("shift", sa.Interval(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
    )
    op.create_table(
        "election",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "options",
                "motion",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("channels", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "prepared",
                "open",
                "closed",
                "counted",
                "published",
                "suspended",
                "annulled",
                name="election_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("resumes_to", sa.String(), nullable=True),
        sa.Column(
            "ballot_format",
            sa.Enum(
                "approval",
                "knapsack",
                "motion",
                name="ballot_format",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("min_choices", sa.BigInteger(), nullable=False),
        sa.Column("max_choices", sa.BigInteger(), nullable=True),
        sa.Column("max_cost_cents", sa.BigInteger(), nullable=True),
        sa.Column("budget_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "rule",
            sa.Enum(
                "greedy",
                "majority",
                name="rule",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "utility",
            sa.Enum(
                "cost",
                "cardinality",
                name="utility",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("leave_out_unsupported", sa.Boolean(), nullable=False),
        sa.Column(
            "majority",
            sa.Enum(
                "simple",
                "absolute",
                "two_thirds",
                name="majority",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("quorum", sa.BigInteger(), nullable=True),
        sa.Column("tie_criteria", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "publication",
            sa.Enum(
                "observers",
                "full",
                name="publication",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "closing",
            sa.Enum(
                "published_time",
                "by_commission",
                name="closing",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minimum_age", sa.BigInteger(), nullable=True),
        sa.Column("reference_date", sa.Date(), nullable=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("pepper_name", sa.String(), nullable=True),
        sa.Column("opening_digest", sa.String(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("box_digest", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'motion') = (ballot_format = 'motion')",
            name=op.f("ck_election_motion_has_its_own_ballot"),
        ),
        sa.CheckConstraint(
            "(kind = 'motion') = (rule = 'majority')",
            name=op.f("ck_election_motion_is_decided_by_majority"),
        ),
        sa.CheckConstraint(
            "(state = 'suspended') = (resumes_to IS NOT NULL)",
            name=op.f("ck_election_suspension_can_end"),
        ),
        sa.CheckConstraint(
            "kind = 'motion' OR budget_cents IS NOT NULL",
            name=op.f("ck_election_options_share_a_budget"),
        ),
        sa.CheckConstraint("budget_cents >= 0", name=op.f("ck_election_budget_is_not_negative")),
        sa.CheckConstraint(
            "max_choices >= min_choices", name=op.f("ck_election_most_choices_not_below_least")
        ),
        sa.CheckConstraint("min_choices >= 0", name=op.f("ck_election_least_choices_not_negative")),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_election_opens_before_it_closes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_election")),
    )
    op.create_index(op.f("ix_election_area_id"), "election", ["area_id"], unique=False)
    op.create_index(
        op.f("ix_election_municipality_id"), "election", ["municipality_id"], unique=False
    )
    op.create_index(op.f("ix_election_state"), "election", ["state"], unique=False)
    op.create_table(
        "journal_record",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("personal_digest", sa.String(), nullable=True),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("chain", "number", name=op.f("pk_journal_record")),
        sa.UniqueConstraint("digest", name=op.f("uq_journal_record_digest")),
    )
    op.create_index(op.f("ix_journal_record_kind"), "journal_record", ["kind"], unique=False)
    op.create_table(
        "municipality",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("default_language", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("host_name", sa.String(), nullable=True),
        sa.Column("theme", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("welcome", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("created_at", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipality")),
        sa.UniqueConstraint("slug", name=op.f("uq_municipality_slug")),
    )
    op.create_index(
        "uq_municipality_host_name",
        "municipality",
        ["host_name"],
        unique=True,
        postgresql_where=sa.text("host_name IS NOT NULL"),
    )
    op.create_table(
        "scheduled_run",
        sa.Column("job", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("job", "due_at", name=op.f("pk_scheduled_run")),
    )
    op.create_table(
        "area",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.BigInteger(), nullable=True),
        sa.Column("path", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "municipality",
                "district",
                "neighbourhood",
                "social_area",
                "site",
                name="area_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=True),
        sa.Column("population", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'municipality') = (parent_id IS NULL)",
            name=op.f("ck_area_root_is_municipality"),
        ),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_until > valid_from", name=op.f("ck_area_validity")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_area_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["area.id"], name=op.f("fk_area_parent_id_area")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_area")),
        sa.UniqueConstraint("municipality_id", "slug", name=op.f("uq_area_municipality_id_slug")),
    )
    op.create_index(op.f("ix_area_municipality_id"), "area", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_area_parent_id"), "area", ["parent_id"], unique=False)
    op.create_index("ix_area_path", "area", ["path"], unique=False, postgresql_using="gin")
    op.create_table(
        "ballot_receipt",
        sa.Column("receipt", sa.LargeBinary(), nullable=False),
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("idempotency", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_ballot_receipt_election_id_election")
        ),
        sa.PrimaryKeyConstraint("receipt", name=op.f("pk_ballot_receipt")),
        sa.UniqueConstraint("idempotency", name=op.f("uq_ballot_receipt_idempotency")),
    )
    op.create_index(
        op.f("ix_ballot_receipt_election_id"), "ballot_receipt", ["election_id"], unique=False
    )
    op.create_table(
        "box_key",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "unused",
                "online",
                "paper",
                "revoked",
                name="ballot_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=True),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "(kind = 'unused') = (revision = 0) AND (kind = 'unused') = (ciphertext IS NULL) AND (ciphertext IS NULL) = (receipt IS NULL) AND (ciphertext IS NULL) = (signature IS NULL)",
            name=op.f("ck_box_key_unused_is_empty"),
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_box_key_election_id_election")
        ),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_box_key")),
    )
    op.create_index(op.f("ix_box_key_election_id"), "box_key", ["election_id"], unique=False)
    op.create_table(
        "closed_box_key",
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "unused",
                "online",
                "paper",
                "revoked",
                name="ballot_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("ciphertext", sa.LargeBinary(), nullable=True),
        sa.Column("receipt", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_closed_box_key_election_id_election")
        ),
        sa.PrimaryKeyConstraint("public_key", name=op.f("pk_closed_box_key")),
    )
    op.create_index(
        op.f("ix_closed_box_key_election_id"), "closed_box_key", ["election_id"], unique=False
    )
    op.create_table(
        "commission_consent",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "act",
            sa.Enum(
                "prepare",
                "revise",
                "open",
                "close",
                "count",
                "publish",
                "suspend",
                "resume",
                "annul",
                "revoke",
                name="act",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"],
            ["election.id"],
            name=op.f("fk_commission_consent_election_id_election"),
        ),
        sa.PrimaryKeyConstraint(
            "election_id", "act", "person_id", name=op.f("pk_commission_consent")
        ),
    )
    op.create_table(
        "commission_member",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_commission_member_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "person_id", name=op.f("pk_commission_member")),
    )
    op.create_index(
        op.f("ix_commission_member_person_id"), "commission_member", ["person_id"], unique=False
    )
    op.create_table(
        "counted_ballot",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("ballots", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("ballots > 0", name=op.f("ck_counted_ballot_somebody_said_it")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_counted_ballot_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "position", name=op.f("pk_counted_ballot")),
    )
    op.create_table(
        "counted_outcome",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("record", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_counted_outcome_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_counted_outcome")),
    )
    op.create_table(
        "election_journal",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=True),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("personal_digest", sa.String(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_election_journal_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "position", name=op.f("pk_election_journal")),
        sa.UniqueConstraint("digest", name=op.f("uq_election_journal_digest")),
    )
    op.create_table(
        "election_option",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("summary", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cost_cents >= 0", name=op.f("ck_election_option_cost_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_election_option_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "number", name=op.f("pk_election_option")),
        sa.UniqueConstraint(
            "election_id", "reference", name=op.f("uq_election_option_election_id_reference")
        ),
    )
    op.create_table(
        "function",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_function_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_function")),
        sa.UniqueConstraint(
            "municipality_id", "code", name=op.f("uq_function_municipality_id_code")
        ),
    )
    op.create_index(
        op.f("ix_function_municipality_id"), "function", ["municipality_id"], unique=False
    )
    op.create_table(
        "journal_personal",
        sa.Column("chain", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["chain", "number"],
            ["journal_record.chain", "journal_record.number"],
            name=op.f("fk_journal_personal_chain_number_journal_record"),
        ),
        sa.PrimaryKeyConstraint("chain", "number", name=op.f("pk_journal_personal")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("params", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "queued",
                "sent",
                "failed",
                name="notice_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("attempts", sa.BigInteger(), nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_notice_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_municipality_id"), "notice", ["municipality_id"], unique=False)
    op.create_index(
        "ix_notice_queued",
        "notice",
        ["id"],
        unique=False,
        postgresql_where=sa.text("state = 'queued'"),
    )
    op.create_table(
        "opening_record",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("record", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("issued_keys", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_opening_record_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_opening_record")),
        sa.UniqueConstraint("digest", name=op.f("uq_opening_record_digest")),
    )
    op.create_table(
        "organisation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "resident_group",
                "resident_association",
                "professional",
                "welfare",
                "youth_work",
                "care_team",
                "sports_club",
                "school",
                "housing",
                "municipal_department",
                "business",
                "social_enterprise",
                "library",
                "supported_housing",
                name="organisation_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "legal_form",
            sa.Enum(
                "none",
                "association",
                "foundation",
                "public_body",
                "company",
                name="legal_form",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("contact_email", sa.String(), nullable=False),
        sa.Column("is_example", sa.Boolean(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_organisation_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
    )
    op.create_index(
        op.f("ix_organisation_municipality_id"), "organisation", ["municipality_id"], unique=False
    )
    op.create_index(
        "uq_organisation_name",
        "organisation",
        ["municipality_id", sa.literal_column("lower(name)")],
        unique=True,
    )
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("shown_name", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "active",
                "blocked",
                name="person_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("session_round", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_person_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_municipality_id"), "person", ["municipality_id"], unique=False)
    op.create_index(
        "uq_person_email",
        "person",
        ["municipality_id", sa.literal_column("lower(email)")],
        unique=True,
    )
    op.create_table(
        "published_file",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_published_file_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "name", name=op.f("pk_published_file")),
    )
    op.create_table(
        "published_head",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_published_head_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "position", name=op.f("pk_published_head")),
    )
    op.create_table(
        "roll_entry",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("is_protected", sa.Boolean(), nullable=False),
        sa.Column("sealed_key", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_roll_entry_election_id_election")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_entry")),
    )
    op.create_index(op.f("ix_roll_entry_election_id"), "roll_entry", ["election_id"], unique=False)
    op.create_table(
        "rule_set",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("content", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_rule_set_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_set")),
        sa.UniqueConstraint(
            "municipality_id", "name", name=op.f("uq_rule_set_municipality_id_name")
        ),
    )
    op.create_index(
        op.f("ix_rule_set_municipality_id"), "rule_set", ["municipality_id"], unique=False
    )
    op.create_table(
        "teller_totals",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("teller", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("issued", sa.BigInteger(), nullable=False),
        sa.Column("totals", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("issued >= 0", name=op.f("ck_teller_totals_issued_is_not_negative")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_teller_totals_election_id_election")
        ),
        sa.PrimaryKeyConstraint("election_id", "teller", name=op.f("pk_teller_totals")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_theme_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
        sa.UniqueConstraint("municipality_id", "code", name=op.f("uq_theme_municipality_id_code")),
    )
    op.create_index(op.f("ix_theme_municipality_id"), "theme", ["municipality_id"], unique=False)
    op.create_table(
        "wrapped_key",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "key_name",
            sa.Enum(
                "tally",
                "registry",
                name="key_name",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_card", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("second_card", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_wrapped_key_election_id_election")
        ),
        sa.PrimaryKeyConstraint(
            "election_id", "key_name", "first_card", "second_card", name=op.f("pk_wrapped_key")
        ),
    )
    op.create_table(
        "credential",
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("password_digest", sa.String(), nullable=False),
        sa.Column("password_set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_secret", sa.LargeBinary(), nullable=True),
        sa.Column("enrolled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_step", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_credential_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_credential")),
    )
    op.create_table(
        "cycle",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("area_path", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("plan_year", sa.BigInteger(), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "preparation",
                "collect",
                "check",
                "vote",
                "adopt",
                "assign",
                "execute",
                "review",
                "closed",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("rules", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("budget_cents", sa.BigInteger(), nullable=False),
        sa.Column("election_id", sa.BigInteger(), nullable=True),
        sa.Column("previous_id", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("budget_cents >= 0", name=op.f("ck_cycle_budget")),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_cycle_area_id_area")),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_cycle_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_cycle_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["cycle.id"], name=op.f("fk_cycle_previous_id_cycle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("area_id", "plan_year", name=op.f("uq_cycle_area_id_plan_year")),
        sa.UniqueConstraint("election_id", name=op.f("uq_cycle_election_id")),
        sa.UniqueConstraint("previous_id", name=op.f("uq_cycle_previous_id")),
    )
    op.create_index(op.f("ix_cycle_area_id"), "cycle", ["area_id"], unique=False)
    op.create_index(op.f("ix_cycle_municipality_id"), "cycle", ["municipality_id"], unique=False)
    op.create_index(op.f("ix_cycle_phase"), "cycle", ["phase"], unique=False)
    op.create_table(
        "election_journal_personal",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["election_id", "position"],
            ["election_journal.election_id", "election_journal.position"],
            name=op.f("fk_election_journal_personal_election_id_position_election_journal"),
        ),
        sa.PrimaryKeyConstraint(
            "election_id", "position", name=op.f("pk_election_journal_personal")
        ),
    )
    op.create_table(
        "recovery_code",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_recovery_code_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_recovery_code_digest")),
    )
    op.create_index(
        op.f("ix_recovery_code_person_id"), "recovery_code", ["person_id"], unique=False
    )
    op.create_table(
        "role_assignment",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "resident",
                "facilitator",
                "board_member",
                "coalition_staff",
                "executor_member",
                "municipality",
                "commission_member",
                "auditor",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(role = 'executor_member') = (organisation_id IS NOT NULL)",
            name=op.f("ck_role_assignment_executor"),
        ),
        sa.ForeignKeyConstraint(
            ["area_id"], ["area.id"], name=op.f("fk_role_assignment_area_id_area")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_role_assignment_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_role_assignment_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_assignment")),
    )
    op.create_index(
        op.f("ix_role_assignment_area_id"), "role_assignment", ["area_id"], unique=False
    )
    op.create_index(
        op.f("ix_role_assignment_person_id"), "role_assignment", ["person_id"], unique=False
    )
    op.create_table(
        "sign_in_token",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "purpose",
            sa.Enum(
                "sign_up",
                "sign_in",
                "invitation",
                "reset",
                "confirm_email",
                name="token_purpose",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_sign_in_token_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_sign_in_token_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_sign_in_token_digest")),
    )
    op.create_index(
        op.f("ix_sign_in_token_expires_at"), "sign_in_token", ["expires_at"], unique=False
    )
    op.create_index(
        op.f("ix_sign_in_token_municipality_id"), "sign_in_token", ["municipality_id"], unique=False
    )
    op.create_index(
        op.f("ix_sign_in_token_person_id"), "sign_in_token", ["person_id"], unique=False
    )
    op.create_table(
        "meeting",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("area_id", sa.BigInteger(), nullable=False),
        sa.Column("area_path", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "residents_pre_meeting",
                "neighbourhood_meeting",
                "round_table",
                "adoption_meeting",
                "review_meeting",
                "online",
                name="meeting_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "planned",
                "held",
                "minuted",
                "cancelled",
                name="meeting_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("agenda", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("is_step_free", sa.Boolean(), nullable=False),
        sa.Column("has_hearing_loop", sa.Boolean(), nullable=False),
        sa.Column("has_interpreter", sa.Boolean(), nullable=False),
        sa.Column("access_notes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("capacity", sa.BigInteger(), nullable=True),
        sa.Column("seats_taken", sa.BigInteger(), nullable=False),
        sa.Column("planned_by_id", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attendance_count", sa.BigInteger(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=False),
        sa.Column("minutes_language", sa.String(), nullable=True),
        sa.Column("minutes_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(state = 'minuted') = (minutes_published_at IS NOT NULL)",
            name=op.f("ck_meeting_minutes_published"),
        ),
        sa.CheckConstraint("attendance_count >= 0", name=op.f("ck_meeting_attendance")),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_meeting_capacity")),
        sa.CheckConstraint("ends_at > starts_at", name=op.f("ck_meeting_order")),
        sa.CheckConstraint(
            "seats_taken >= 0 AND (capacity IS NULL OR seats_taken <= capacity)",
            name=op.f("ck_meeting_seats"),
        ),
        sa.ForeignKeyConstraint(["area_id"], ["area.id"], name=op.f("fk_meeting_area_id_area")),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_meeting_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_meeting_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["planned_by_id"], ["person.id"], name=op.f("fk_meeting_planned_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("municipality_id", "key", name=op.f("uq_meeting_municipality_id_key")),
    )
    op.create_index(
        "ix_meeting_area_dates", "meeting", ["area_id", "starts_at", "id"], unique=False
    )
    op.create_index(op.f("ix_meeting_cycle_id"), "meeting", ["cycle_id"], unique=False)
    op.create_index(
        "ix_meeting_town_dates", "meeting", ["municipality_id", "starts_at", "id"], unique=False
    )
    op.create_table(
        "phase_slip",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "preparation",
                "collect",
                "check",
                "vote",
                "adopt",
                "assign",
                "execute",
                "review",
                "closed",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("old_start", sa.Date(), nullable=False),
        sa.Column("old_end", sa.Date(), nullable=False),
        sa.Column("new_start", sa.Date(), nullable=False),
        sa.Column("new_end", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_phase_slip_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phase_slip")),
    )
    op.create_index(op.f("ix_phase_slip_cycle_id"), "phase_slip", ["cycle_id"], unique=False)
    op.create_table(
        "phase_window",
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "phase",
            sa.Enum(
                "preparation",
                "collect",
                "check",
                "vote",
                "adopt",
                "assign",
                "execute",
                "review",
                "closed",
                name="phase",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("planned_start", sa.Date(), nullable=False),
        sa.Column("planned_end", sa.Date(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("planned_end >= planned_start", name=op.f("ck_phase_window_order")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_phase_window_cycle_id_cycle")
        ),
        sa.PrimaryKeyConstraint("cycle_id", "phase", name=op.f("pk_phase_window")),
    )
    op.create_table(
        "priority",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("area_path", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("entered_by_id", sa.BigInteger(), nullable=False),
        sa.Column("submission", sa.String(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "published",
                "feasible",
                "refused",
                "on_ballot",
                "chosen",
                "not_chosen",
                "withdrawn",
                name="priority_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("function_id", sa.BigInteger(), nullable=True),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=True),
        sa.Column(
            "route",
            sa.Enum(
                "residents",
                "together",
                "professional",
                name="route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("route_reason", sa.String(), nullable=False),
        sa.Column("support_count", sa.BigInteger(), nullable=False),
        sa.Column("carried_over_from_id", sa.BigInteger(), nullable=True),
        sa.Column("carried_over_from_year", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('draft', 'withdrawn') OR (title <> '' AND published_at IS NOT NULL AND cost_cents IS NOT NULL AND theme_id IS NOT NULL AND function_id IS NOT NULL AND route IS NOT NULL)",
            name=op.f("ck_priority_published_is_complete"),
        ),
        sa.CheckConstraint(
            "(carried_over_from_id IS NULL) = (carried_over_from_year IS NULL)",
            name=op.f("ck_priority_carried_over_from"),
        ),
        sa.CheckConstraint("cost_cents > 0", name=op.f("ck_priority_cost_is_positive")),
        sa.CheckConstraint("support_count >= 0", name=op.f("ck_priority_support_count")),
        sa.ForeignKeyConstraint(
            ["author_id"], ["person.id"], name=op.f("fk_priority_author_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["carried_over_from_id"],
            ["priority.id"],
            name=op.f("fk_priority_carried_over_from_id_priority"),
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_priority_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_priority_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["function_id"], ["function.id"], name=op.f("fk_priority_function_id_function")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_priority_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_priority_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_priority")),
        sa.UniqueConstraint("carried_over_from_id", name=op.f("uq_priority_carried_over_from_id")),
        sa.UniqueConstraint(
            "entered_by_id", "submission", name=op.f("uq_priority_entered_by_id_submission")
        ),
    )
    op.create_index(op.f("ix_priority_author_id"), "priority", ["author_id"], unique=False)
    op.create_index(
        "ix_priority_by_cost", "priority", ["cycle_id", "cost_cents", "id"], unique=False
    )
    op.create_index(
        "ix_priority_by_date",
        "priority",
        ["cycle_id", sa.literal_column("published_at DESC"), "id"],
        unique=False,
    )
    op.create_index("ix_priority_by_state", "priority", ["cycle_id", "state"], unique=False)
    op.create_index(
        "ix_priority_by_support",
        "priority",
        ["cycle_id", sa.literal_column("support_count DESC"), "id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_priority_municipality_id"), "priority", ["municipality_id"], unique=False
    )
    op.create_index(
        "ix_priority_words",
        "priority",
        [
            sa.literal_column(
                "to_tsvector(CASE priority.language WHEN 'nl' THEN 'dutch'::regconfig WHEN 'de' THEN 'german'::regconfig ELSE 'english'::regconfig END, (priority.title || ' '::text) || priority.description)"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "feasibility_check",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("priority_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "feasible",
                "refused",
                name="check_outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("criterion_code", sa.String(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("estimated_cents", sa.BigInteger(), nullable=False),
        sa.Column("cost_cents", sa.BigInteger(), nullable=False),
        sa.Column("decided_by_id", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'refused') = (criterion_code IS NOT NULL)",
            name=op.f("ck_feasibility_check_refusal_cites_criterion"),
        ),
        sa.CheckConstraint(
            "outcome = 'feasible' OR explanation <> ''",
            name=op.f("ck_feasibility_check_refusal_is_explained"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["person.id"], name=op.f("fk_feasibility_check_decided_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_feasibility_check_priority_id_priority")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feasibility_check")),
    )
    op.create_index(
        op.f("ix_feasibility_check_priority_id"), "feasibility_check", ["priority_id"], unique=False
    )
    op.create_table(
        "meeting_motion",
        sa.Column("election_id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "subject",
            sa.Enum(
                "adopt_plan",
                name="motion_subject",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("first_teller_id", sa.BigInteger(), nullable=False),
        sa.Column("second_teller_id", sa.BigInteger(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_meeting_motion_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["election_id"], ["election.id"], name=op.f("fk_meeting_motion_election_id_election")
        ),
        sa.ForeignKeyConstraint(
            ["first_teller_id"],
            ["person.id"],
            name=op.f("fk_meeting_motion_first_teller_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_motion_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["second_teller_id"],
            ["person.id"],
            name=op.f("fk_meeting_motion_second_teller_id_person"),
        ),
        sa.PrimaryKeyConstraint("election_id", name=op.f("pk_meeting_motion")),
    )
    op.create_index(
        "ix_meeting_motion_cycle", "meeting_motion", ["cycle_id", "subject"], unique=False
    )
    op.create_index(
        op.f("ix_meeting_motion_meeting_id"), "meeting_motion", ["meeting_id"], unique=False
    )
    op.create_table(
        "meeting_sign_up",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("meeting_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "placed",
                "waiting",
                "cancelled",
                name="sign_up_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("token_digest", sa.LargeBinary(), nullable=False),
        sa.Column("signed_up_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seats BETWEEN 1 AND 10", name=op.f("ck_meeting_sign_up_seats")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_sign_up_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_sign_up_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_sign_up")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_meeting_sign_up_token_digest")),
    )
    op.create_index(
        op.f("ix_meeting_sign_up_meeting_id"), "meeting_sign_up", ["meeting_id"], unique=False
    )
    op.create_index(
        op.f("ix_meeting_sign_up_person_id"), "meeting_sign_up", ["person_id"], unique=False
    )
    op.create_index(
        "uq_meeting_sign_up_email",
        "meeting_sign_up",
        ["meeting_id", sa.literal_column("lower(email)")],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled' AND email IS NOT NULL"),
    )
    op.create_index(
        "uq_meeting_sign_up_person",
        "meeting_sign_up",
        ["meeting_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled' AND person_id IS NOT NULL"),
    )
    op.create_table(
        "plan",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "adopted",
                name="plan_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("introduction", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("continuity", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("adopted_on", sa.Date(), nullable=True),
        sa.Column("adopted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("adopting_body", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("objection_until", sa.Date(), nullable=True),
        sa.Column("meeting_id", sa.BigInteger(), nullable=True),
        sa.Column("motion_election_id", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "state = 'draft' OR (adopted_on IS NOT NULL AND adopted_at IS NOT NULL AND motion_election_id IS NOT NULL AND objection_until >= adopted_on)",
            name=op.f("ck_plan_adoption"),
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_plan_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_plan_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["motion_election_id"],
            ["election.id"],
            name=op.f("fk_plan_motion_election_id_election"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_plan_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
        sa.UniqueConstraint("cycle_id", name=op.f("uq_plan_cycle_id")),
    )
    op.create_index(op.f("ix_plan_municipality_id"), "plan", ["municipality_id"], unique=False)
    op.create_table(
        "priority_translation",
        sa.Column("priority_id", sa.BigInteger(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column(
            "origin",
            sa.Enum(
                "people",
                "machine",
                name="translation_origin",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"],
            ["priority.id"],
            name=op.f("fk_priority_translation_priority_id_priority"),
        ),
        sa.PrimaryKeyConstraint("priority_id", "language", name=op.f("pk_priority_translation")),
    )
    op.create_index(
        "ix_priority_translation_words",
        "priority_translation",
        [
            sa.literal_column(
                "to_tsvector(CASE priority_translation.language WHEN 'nl' THEN 'dutch'::regconfig WHEN 'de' THEN 'german'::regconfig ELSE 'english'::regconfig END, (priority_translation.title || ' '::text) || priority_translation.description)"
            )
        ],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "support",
        sa.Column("priority_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_support_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_support_priority_id_priority")
        ),
        sa.PrimaryKeyConstraint("priority_id", "person_id", name=op.f("pk_support")),
    )
    op.create_index(op.f("ix_support_person_id"), "support", ["person_id"], unique=False)
    op.create_table(
        "activity",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("plan_id", sa.BigInteger(), nullable=False),
        sa.Column("priority_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("theme_id", sa.BigInteger(), nullable=True),
        sa.Column("goal", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("indicator", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("budget_cents", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("budget_cents >= 0", name=op.f("ck_activity_budget")),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_activity_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_activity_municipality_id_municipality"),
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_activity_plan_id_plan")),
        sa.ForeignKeyConstraint(
            ["priority_id"], ["priority.id"], name=op.f("fk_activity_priority_id_priority")
        ),
        sa.ForeignKeyConstraint(
            ["theme_id"], ["theme.id"], name=op.f("fk_activity_theme_id_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("plan_id", "priority_id", name=op.f("uq_activity_plan_id_priority_id")),
    )
    op.create_index(op.f("ix_activity_cycle_id"), "activity", ["cycle_id"], unique=False)
    op.create_index(
        op.f("ix_activity_municipality_id"), "activity", ["municipality_id"], unique=False
    )
    op.create_index(op.f("ix_activity_priority_id"), "activity", ["priority_id"], unique=False)
    op.create_table(
        "review_answer",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "voice",
            sa.Enum(
                "resident",
                "professional",
                name="voice",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_review_answer_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_review_answer_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_review_answer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_answer")),
        sa.UniqueConstraint(
            "activity_id", "person_id", name=op.f("uq_review_answer_activity_id_person_id")
        ),
    )
    op.create_index(
        "ix_review_answer_cycle", "review_answer", ["cycle_id", "activity_id"], unique=False
    )
    op.create_index(
        op.f("ix_review_answer_person_id"), "review_answer", ["person_id"], unique=False
    )
    op.create_table(
        "review_decision",
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "continue",
                "adapt",
                "stop",
                "carry_over",
                "make_permanent",
                name="outcome",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("new_goal", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("carried_priority_id", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(outcome = 'carry_over') = (carried_priority_id IS NOT NULL)",
            name=op.f("ck_review_decision_carried"),
        ),
        sa.CheckConstraint(
            "outcome <> 'adapt' OR new_goal <> '{}'::jsonb",
            name=op.f("ck_review_decision_new_goal"),
        ),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_review_decision_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["carried_priority_id"],
            ["priority.id"],
            name=op.f("fk_review_decision_carried_priority_id_priority"),
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_review_decision_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_review_decision_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("activity_id", name=op.f("pk_review_decision")),
        sa.UniqueConstraint(
            "carried_priority_id", name=op.f("uq_review_decision_carried_priority_id")
        ),
    )
    op.create_index(
        op.f("ix_review_decision_cycle_id"), "review_decision", ["cycle_id"], unique=False
    )
    op.create_table(
        "task",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("municipality_id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("area_path", postgresql.ARRAY(sa.BigInteger()), nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("title", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("description", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("indicator", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "route",
            sa.Enum(
                "residents",
                "together",
                "professional",
                name="route",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("budget_cents", sa.BigInteger(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "call_open",
                "assigned",
                "in_progress",
                "done",
                "stopped",
                name="task_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("gates", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column(
            "weights", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("closes_on", sa.Date(), nullable=True),
        sa.Column("executor_id", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stop_reason", sa.String(), nullable=True),
        sa.Column("stop_language", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state <> 'call_open' OR (closes_on IS NOT NULL AND weights IS NOT NULL)",
            name=op.f("ck_task_call"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('assigned', 'in_progress', 'done') OR executor_id IS NOT NULL",
            name=op.f("ck_task_executor"),
        ),
        sa.CheckConstraint("budget_cents >= 0", name=op.f("ck_task_budget")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_task_order")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_task_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(["cycle_id"], ["cycle.id"], name=op.f("fk_task_cycle_id_cycle")),
        sa.ForeignKeyConstraint(
            ["executor_id"], ["organisation.id"], name=op.f("fk_task_executor_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["municipality_id"],
            ["municipality.id"],
            name=op.f("fk_task_municipality_id_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
        sa.UniqueConstraint("activity_id", "key", name=op.f("uq_task_activity_id_key")),
    )
    op.create_index(op.f("ix_task_activity_id"), "task", ["activity_id"], unique=False)
    op.create_index("ix_task_cycle", "task", ["cycle_id", "state"], unique=False)
    op.create_index(op.f("ix_task_executor_id"), "task", ["executor_id"], unique=False)
    op.create_index(op.f("ix_task_municipality_id"), "task", ["municipality_id"], unique=False)
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("cycle_id", sa.BigInteger(), nullable=False),
        sa.Column("activity_id", sa.BigInteger(), nullable=True),
        sa.Column("task_id", sa.BigInteger(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "grant",
                "reserve",
                "commit",
                "payment",
                "repayment",
                "return",
                "reversal",
                name="entry_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "debit",
            sa.Enum(
                "granted",
                "free",
                "reserved",
                "committed",
                "paid",
                name="debit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "credit",
            sa.Enum(
                "granted",
                "free",
                "reserved",
                "committed",
                "paid",
                name="credit",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=True),
        sa.Column("reverses_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'reversal') = (reverses_id IS NOT NULL)", name=op.f("ck_ledger_entry_reversal")
        ),
        sa.CheckConstraint("amount_cents > 0", name=op.f("ck_ledger_entry_amount")),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_ledger_entry_two_accounts")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["activity.id"], name=op.f("fk_ledger_entry_activity_id_activity")
        ),
        sa.ForeignKeyConstraint(
            ["actor_id"], ["person.id"], name=op.f("fk_ledger_entry_actor_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["cycle_id"], ["cycle.id"], name=op.f("fk_ledger_entry_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["ledger_entry.id"],
            name=op.f("fk_ledger_entry_reverses_id_ledger_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_ledger_entry_task_id_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_entry")),
        sa.UniqueConstraint("cycle_id", "key", name=op.f("uq_ledger_entry_cycle_id_key")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_ledger_entry_reverses_id")),
    )
    op.create_index(
        op.f("ix_ledger_entry_activity_id"), "ledger_entry", ["activity_id"], unique=False
    )
    op.create_index("ix_ledger_entry_newest", "ledger_entry", ["cycle_id", "id"], unique=False)
    op.create_index(op.f("ix_ledger_entry_task_id"), "ledger_entry", ["task_id"], unique=False)
    op.create_table(
        "offer",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_cents", sa.BigInteger(), nullable=False),
        sa.Column("own_contribution_cents", sa.BigInteger(), nullable=False),
        sa.Column("hours", sa.BigInteger(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("support_wanted", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "submitted",
                "withdrawn",
                "chosen",
                "not_chosen",
                name="offer_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_by", sa.BigInteger(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "amount_cents >= 0 AND own_contribution_cents >= 0", name=op.f("ck_offer_amounts")
        ),
        sa.CheckConstraint("hours >= 0", name=op.f("ck_offer_hours")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_offer_made_by_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_offer_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_offer_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offer")),
        sa.UniqueConstraint(
            "task_id", "organisation_id", name=op.f("uq_offer_task_id_organisation_id")
        ),
    )
    op.create_index(op.f("ix_offer_organisation_id"), "offer", ["organisation_id"], unique=False)
    op.create_index(
        "uq_offer_chosen",
        "offer",
        ["task_id"],
        unique=True,
        postgresql_where=sa.text("state = 'chosen'"),
    )
    op.create_table(
        "progress_post",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column(
            "progress",
            sa.Enum(
                "on_schedule",
                "milestone",
                "delayed",
                name="progress",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("organisation_id", sa.BigInteger(), nullable=True),
        sa.Column("posted_by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_progress_post_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["posted_by"], ["person.id"], name=op.f("fk_progress_post_posted_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["task_id"], ["task.id"], name=op.f("fk_progress_post_task_id_task")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_progress_post")),
        sa.UniqueConstraint("task_id", "key", name=op.f("uq_progress_post_task_id_key")),
    )
    op.create_index(op.f("ix_progress_post_task_id"), "progress_post", ["task_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("task_id", sa.BigInteger(), nullable=False),
        sa.Column("offer_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("decided_by", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_decision_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["offer_id"], ["offer.id"], name=op.f("fk_decision_offer_id_offer")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_decision_task_id_task")),
        sa.PrimaryKeyConstraint("task_id", name=op.f("pk_decision")),
        sa.UniqueConstraint("offer_id", name=op.f("uq_decision_offer_id")),
    )
