"""Outgoing messages: queued in the transaction that caused them, sent after it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column


class NoticeState(StrEnum):
    """Whether a message left the house."""

    QUEUED = "queued"
    SENT = "sent"
    FAILED = "failed"


class Notice(Base):
    """One message to one address. ``params`` is emptied when it was sent: it may hold a link."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_queued", "id", postgresql_where=text("state = 'queued'")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    kind: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    params: Mapped[dict[str, Any]] = mapped_column(JSONB)
    state: Mapped[NoticeState] = mapped_column(enum_column(NoticeState))
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
