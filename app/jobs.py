"""Work that happens outside a request. Every job may run twice without harm."""

from __future__ import annotations

from app.notices import deliver_notice
from app.transactions import transaction
from database import database_now
from participation.notices.queries import queued_notice_ids
from participation.people.tokens import forget_old_tokens


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
