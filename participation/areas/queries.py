"""Reads of municipalities and areas."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from unicodedata import normalize

from sqlalchemy import func, or_, select

from database import db
from participation.areas.models import PLAN_KINDS, Area, AreaKind, Municipality
from participation.permissions import Subject


def list_municipalities() -> Sequence[Municipality]:
    """All municipalities, by name."""
    return db.session.scalars(select(Municipality).order_by(Municipality.name)).all()


def municipality_by_slug(slug: str) -> Municipality | None:
    """The municipality whose addresses begin with ``slug``."""
    return db.session.scalar(select(Municipality).where(Municipality.slug == slug))


def municipality_by_host(host_name: str) -> Municipality | None:
    """The municipality that owns a host name."""
    return db.session.scalar(select(Municipality).where(Municipality.host_name == host_name))


def root_area(municipality_id: int) -> Area:
    """The area of the whole municipality."""
    return db.session.scalars(
        select(Area).where(
            Area.municipality_id == municipality_id, Area.kind == AreaKind.MUNICIPALITY
        )
    ).one()


def find_area(municipality_id: int, area_id: int) -> Area | None:
    """An area of this municipality."""
    return db.session.scalar(
        select(Area).where(Area.municipality_id == municipality_id, Area.id == area_id)
    )


def area_by_slug(municipality_id: int, slug: str) -> Area | None:
    """An area of this municipality, by the name in its address."""
    return db.session.scalar(
        select(Area).where(Area.municipality_id == municipality_id, Area.slug == slug)
    )


def area_below(parent_id: int, *, kind: AreaKind, name: str, valid_from: date) -> Area | None:
    """The area of this sort, name and first day directly under another."""
    return db.session.scalar(
        select(Area).where(
            Area.parent_id == parent_id,
            Area.kind == kind,
            Area.name == name,
            Area.valid_from == valid_from,
        )
    )


def list_areas(municipality_id: int, *, on: date | None = None) -> Sequence[Area]:
    """Every area, parents before children; with ``on``, those that exist on that day."""
    query = select(Area).where(Area.municipality_id == municipality_id)
    if on is not None:
        query = query.where(
            Area.valid_from <= on, or_(Area.valid_until.is_(None), Area.valid_until > on)
        )
    return db.session.scalars(query.order_by(func.cardinality(Area.path), Area.name)).all()


def list_plan_areas(municipality_id: int, *, on: date) -> Sequence[Area]:
    """Areas that live through years of their own, by name."""
    return [a for a in list_areas(municipality_id, on=on) if a.kind in PLAN_KINDS]


def areas_named_like(municipality_id: int, words: str, *, on: date) -> Sequence[Area]:
    """Plan areas whose name or code holds ``words`` as letters and digits alone, by name.

    Case, accents, spaces and hyphens make no difference: people type a name as they hear it.
    """
    wanted = _bare(words)
    return [
        area
        for area in list_plan_areas(municipality_id, on=on)
        if wanted and (wanted in _bare(area.name) or wanted in _bare(area.code or ""))
    ]


def _bare(name: str) -> str:
    return "".join(sign for sign in normalize("NFKD", name).casefold() if sign.isalnum())


def ancestors(area: Area) -> Sequence[Area]:
    """The areas above this one, from the municipality down."""
    found = db.session.scalars(select(Area).where(Area.id.in_(area.path[:-1]))).all()
    return sorted(found, key=lambda a: len(a.path))


def subject_of(area: Area) -> Subject:
    """The area as permissions see it."""
    return Subject(municipality_id=area.municipality_id, area_path=tuple(area.path))
