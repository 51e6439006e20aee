"""Rule sets, themes and functions: what a municipality decides once for its yearly process."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base
from participation.texts import LocalisedText


class RuleSet(Base):
    """Named rules of a municipality, copied into every cycle that starts under them."""

    __tablename__ = "rule_set"
    __table_args__ = (UniqueConstraint("municipality_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSONB)
    changed_at: Mapped[datetime]


class Theme(Base):
    """A subject priorities belong to, such as housing."""

    __tablename__ = "theme"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    code: Mapped[str]
    name: Mapped[LocalisedText] = mapped_column(JSONB)
    position: Mapped[int]


class Function(Base):
    """What a priority does for people: meeting, information, support."""

    __tablename__ = "function"
    __table_args__ = (UniqueConstraint("municipality_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    code: Mapped[str]
    name: Mapped[LocalisedText] = mapped_column(JSONB)
    position: Mapped[int]
