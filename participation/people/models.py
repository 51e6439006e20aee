"""People of a municipality, the roles they hold, and how they prove who they are."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.permissions import Role


class PersonState(StrEnum):
    """Whether an account may be used."""

    ACTIVE = "active"
    BLOCKED = "blocked"


class TokenPurpose(StrEnum):
    """What a link sent by e-mail is good for."""

    SIGN_UP = "sign_up"
    SIGN_IN = "sign_in"
    INVITATION = "invitation"
    RESET = "reset"
    CONFIRM_EMAIL = "confirm_email"


class Person(Base):
    """An account in one municipality. The same e-mail address elsewhere is another account."""

    __tablename__ = "person"
    __table_args__ = (
        Index("uq_person_email", "municipality_id", func.lower(text("email")), unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    email: Mapped[str]
    name: Mapped[str]
    # What others see; empty means "a resident".
    shown_name: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    state: Mapped[PersonState] = mapped_column(enum_column(PersonState))
    # A session names the round it began in; raising the number ends all sessions at once.
    session_round: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]

    @property
    def is_active(self) -> bool:
        """Whether the account may be used."""
        return self.state is PersonState.ACTIVE


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
    # The first day on which the role no longer counts.
    valid_until: Mapped[date | None]


class SignInToken(Base):
    """A link sent by e-mail. Only its digest is kept; it works once and not for long.

    ``details`` holds what the link will do (a new account's data, a new address); it is emptied
    on use.
    """

    __tablename__ = "sign_in_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[TokenPurpose] = mapped_column(enum_column(TokenPurpose))
    digest: Mapped[bytes] = mapped_column(unique=True)
    details: Mapped[dict[str, Any]] = mapped_column(JSONB)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class Credential(Base):
    """Password and second factor of a person with staff roles.

    The secret of the second factor is sealed with a key that is not in the database.
    """

    __tablename__ = "credential"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    password_digest: Mapped[str]
    password_set_at: Mapped[datetime]
    sealed_secret: Mapped[bytes | None]
    enrolled_at: Mapped[datetime | None]
    # Thirty-second step of the last accepted code; it and those before it are refused.
    last_step: Mapped[int | None]


class RecoveryCode(Base):
    """One of ten codes that stand in for a lost phone, each once."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    digest: Mapped[bytes] = mapped_column(unique=True)
    used_at: Mapped[datetime | None]
