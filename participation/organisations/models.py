"""Organisations: groups, associations and firms that may do a neighbourhood's work."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from database import Base, enum_column
from participation.organisations.kinds import LegalForm, OrganisationKind
from participation.texts import LocalisedText


class Organisation(Base):
    """One organisation of one municipality. Its members hold roles, see ``people``."""

    __tablename__ = "organisation"
    __table_args__ = (
        Index("uq_organisation_name", "municipality_id", text("lower(name)"), unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    name: Mapped[str]
    kind: Mapped[OrganisationKind] = mapped_column(enum_column(OrganisationKind))
    legal_form: Mapped[LegalForm] = mapped_column(enum_column(LegalForm))
    description: Mapped[LocalisedText] = mapped_column(JSONB)
    contact_email: Mapped[str]
    is_example: Mapped[bool]
    added_at: Mapped[datetime]
