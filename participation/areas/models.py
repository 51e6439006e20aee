"""Areas: the tree of places a municipality is made of. The root of a tree is the municipality."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from database import Base, enum_column
from participation.texts import LocalisedText


class AreaKind(StrEnum):
    """What sort of place an area is."""

    MUNICIPALITY = "municipality"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"
    SOCIAL_AREA = "social_area"
    SITE = "site"


# Kinds that live through years of their own.
PLAN_KINDS = frozenset({AreaKind.NEIGHBOURHOOD, AreaKind.SOCIAL_AREA, AreaKind.SITE})


class Area(Base):
    """A place with dates between which it exists.

    ``path`` holds the ids from the municipality down to this area itself, so that one comparison
    tells whether a role on any of them reaches here.
    """

    __tablename__ = "area"
    __table_args__ = (
        UniqueConstraint("municipality_id", "slug"),
        CheckConstraint("valid_until IS NULL OR valid_until > valid_from", name="validity"),
        CheckConstraint(
            "(kind = 'municipality') = (parent_id IS NULL)", name="root_is_municipality"
        ),
        Index("ix_area_path", "path", postgresql_using="gin"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("area.id"), index=True)
    path: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    kind: Mapped[AreaKind] = mapped_column(enum_column(AreaKind))
    slug: Mapped[str]
    name: Mapped[str]
    code: Mapped[str | None]
    population: Mapped[int | None]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]

    municipality: Mapped[Municipality] = relationship()


class Municipality(Base):
    """A town, county or city: the wall around its areas, people, rules and host name."""

    __tablename__ = "municipality"
    __table_args__ = (
        Index(
            "uq_municipality_host_name",
            "host_name",
            unique=True,
            postgresql_where=text("host_name IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    country: Mapped[str]
    default_language: Mapped[str]
    time_zone: Mapped[str]
    host_name: Mapped[str | None]
    theme: Mapped[str] = mapped_column(default="straatnaambord")
    is_example: Mapped[bool] = mapped_column(default=False)
    welcome: Mapped[LocalisedText] = mapped_column(JSONB, default=dict)
    contact_email: Mapped[str]
    created_at: Mapped[date]
