"""Runs the migrations on the application's database. Forward only: a town restores a backup."""

from __future__ import annotations

from alembic import context
from flask import current_app

from app.schema import complete_metadata
from database import db

# One upgrade at a time, however many servers start at once.
_LOCK = 7_230_001


def run() -> None:
    """Run all outstanding migrations in one transaction."""
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=complete_metadata(),
            compare_server_default=True,
            transaction_per_migration=False,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
            context.run_migrations()


run()
