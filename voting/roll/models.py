"""Table of the roll.

A row names a person and holds, sealed to the registry's two cards, the ballot key that went into
that person's letter. Nothing is written here when somebody votes.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from database import Base


class RollEntry(Base):
    """Who may vote. ``sealed_key`` is absent where no letters are sent."""

    __tablename__ = "roll_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    election_id: Mapped[int] = mapped_column(ForeignKey("election.id"), index=True)
    name: Mapped[str]
    address: Mapped[str]
    birth_date: Mapped[date]
    language: Mapped[str]
    is_protected: Mapped[bool]
    sealed_key: Mapped[bytes | None]
