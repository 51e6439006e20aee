"""Work that happens outside a request. Every job may run twice without harm."""

from __future__ import annotations

import structlog

from app.notices import deliver_notice
from app.transactions import transaction
from database import database_now
from participation.notices.queries import queued_notice_ids
from participation.people.tokens import forget_old_tokens
from voting.elections.queries import due_elections
from voting.elections.services import close_election
from voting.errors import VotingError

log = structlog.get_logger()


def send_notice(notice_id: int) -> None:
    """Send one queued message, unless another worker has."""
    deliver_notice(notice_id)


def send_queued_notices() -> None:
    """Send what is still in the outbox: messages whose job was lost or whose server was away."""
    for notice_id in queued_notice_ids():
        deliver_notice(notice_id)


def forget_old_links() -> None:
    """Delete what is left of links that ended a day ago, with the addresses in them."""
    with transaction():
        forget_old_tokens(now=database_now())


def close_due_elections() -> None:
    """Close each vote whose published time has come; one that refuses does not hold up the rest."""
    for election_id in due_elections(database_now()):
        try:
            with transaction():
                close_election(actor=None, election_id=election_id, now=database_now())
        except VotingError as refusal:
            log.warning("vote not closed", election_id=election_id, reason=refusal.code)
