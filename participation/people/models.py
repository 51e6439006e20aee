"""People of a municipality, the roles they hold, and how they prove who they are."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, func
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.permissions import Role


class PersonState(StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    BLOCKED = "blocked"


class Person(Base):
    """An account in one municipality. The same e-mail address elsewhere is another account."""

    __tablename__ = "person"
    __table_args__ = (
        Index("uq_person_email", "municipality_id", func.lower("email"), unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    email: Mapped[str]
    name: Mapped[str]
    # What others see; empty means "a resident".
    shown_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    state: Mapped[PersonState] = mapped_column(enum_column(PersonState))
    created_at: Mapped[datetime]


class RoleAssignment(Base):
    """A role held on an area and everything below it, between two dates."""

    __tablename__ = "role_assignment"
    __table_args__ = (
        CheckConstraint(
            "(role = 'executor_member') = (organisation_id IS NOT NULL)", name="executor"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[Role] = mapped_column(enum_column(Role))
    area_id: Mapped[int] = mapped_column(ForeignKey("area.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
