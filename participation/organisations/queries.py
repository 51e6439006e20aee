"""Reads of organisations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, func, select

from database import db
from participation.areas import queries as areas
from participation.organisations.models import Organisation
from participation.permissions import Subject


def find_organisation(municipality_id: int, organisation_id: int) -> Organisation | None:
    """An organisation of this municipality."""
    return db.session.scalar(
        select(Organisation).where(
            Organisation.municipality_id == municipality_id, Organisation.id == organisation_id
        )
    )


def get_organisation(organisation_id: int) -> Organisation:
    """An organisation that is known to exist."""
    return db.session.get_one(Organisation, organisation_id)


def organisation_by_name(municipality_id: int, name: str) -> Organisation | None:
    """The organisation of this name, whatever the case."""
    return db.session.scalar(
        select(Organisation).where(
            Organisation.municipality_id == municipality_id,
            func.lower(Organisation.name) == name.strip().lower(),
        )
    )


def list_organisations(
    municipality_id: int, *, words: str = "", offset: int = 0, limit: int = 50
) -> Sequence[Organisation]:
    """Organisations whose name holds ``words``, by name."""
    return db.session.scalars(
        select(Organisation)
        .where(*_matching(municipality_id, words))
        .order_by(func.lower(Organisation.name), Organisation.id)
        .offset(offset)
        .limit(limit)
    ).all()


def count_organisations(municipality_id: int, *, words: str = "") -> int:
    """How many organisations ``list_organisations`` would give in all."""
    return (
        db.session.scalar(
            select(func.count()).select_from(Organisation).where(*_matching(municipality_id, words))
        )
        or 0
    )


def organisations_by_id(organisation_ids: Iterable[int | None]) -> Mapping[int, Organisation]:
    """These organisations by their id, in one query."""
    wanted = {organisation_id for organisation_id in organisation_ids if organisation_id}
    if not wanted:
        return {}
    found = db.session.scalars(select(Organisation).where(Organisation.id.in_(wanted)))
    return {organisation.id: organisation for organisation in found}


def subject_of(organisation: Organisation) -> Subject:
    """The organisation as permissions see it: it belongs to the whole municipality."""
    root = areas.root_area(organisation.municipality_id)
    return Subject(
        municipality_id=organisation.municipality_id,
        area_path=tuple(root.path),
        organisation_id=organisation.id,
    )


def _matching(municipality_id: int, words: str) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Organisation.municipality_id == municipality_id]
    if words.strip():
        conditions.append(Organisation.name.icontains(words.strip(), autoescape=True))
    return conditions
