"""Use cases on municipalities and areas."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from database import db
from participation import history
from participation.actions import Action
from participation.areas import queries
from participation.areas.models import Area, AreaKind, Municipality
from participation.areas.records import AreaAdded, AreaEnded, MunicipalityFounded
from participation.errors import ConflictError, InvalidInputError
from participation.permissions import VISITOR, Actor, require
from participation.texts import LocalisedText

# Which kinds an area may stand under; a social area may gather several towns of a county.
_PARENTS: dict[AreaKind, frozenset[AreaKind]] = {
    AreaKind.DISTRICT: frozenset({AreaKind.MUNICIPALITY, AreaKind.DISTRICT}),
    AreaKind.NEIGHBOURHOOD: frozenset({AreaKind.MUNICIPALITY, AreaKind.DISTRICT}),
    AreaKind.SOCIAL_AREA: frozenset({AreaKind.MUNICIPALITY, AreaKind.DISTRICT}),
    AreaKind.SITE: frozenset(
        {AreaKind.MUNICIPALITY, AreaKind.DISTRICT, AreaKind.NEIGHBOURHOOD, AreaKind.SOCIAL_AREA}
    ),
}


@dataclass(frozen=True)
class NewMunicipality:
    """What ``buurtbeslist setup`` asks of a new municipality."""

    name: str
    slug: str
    country: str
    default_language: str
    contact_email: str
    time_zone: str
    welcome: LocalisedText
    host_name: str | None = None
    is_example: bool = False


def found_municipality(*, new: NewMunicipality, now: datetime) -> Municipality:
    """Create a municipality with its root area. Only the command line may do this.

    :raises ConflictError: the slug is taken.
    """
    if queries.municipality_by_slug(new.slug) is not None:
        raise ConflictError("slug_taken", slug=new.slug)
    municipality = Municipality(
        slug=new.slug,
        name=new.name,
        country=new.country,
        default_language=new.default_language,
        time_zone=new.time_zone,
        host_name=new.host_name,
        is_example=new.is_example,
        welcome=new.welcome,
        contact_email=new.contact_email,
        created_at=now.date(),
    )
    db.session.add(municipality)
    db.session.flush()
    _insert_area(
        municipality.id,
        None,
        kind=AreaKind.MUNICIPALITY,
        slug=new.slug,
        name=new.name,
        valid_from=now.date(),
    )
    history.record(
        actor=VISITOR,
        chain=history.municipality_chain(municipality.id),
        fact=MunicipalityFounded(name=new.name),
        now=now,
    )
    return municipality


def add_area(
    *,
    actor: Actor,
    parent: Area,
    kind: AreaKind,
    name: str,
    valid_from: date,
    now: datetime,
    population: int | None = None,
    code: str | None = None,
) -> Area:
    """Add an area under ``parent``. The same area added twice is one.

    :raises InvalidInputError: this kind may not stand under that one, or the name is empty.
    """
    require(actor, Action.MANAGE_AREAS, queries.subject_of(parent))
    _check_place(parent, kind, name)
    _lock_tree(parent.municipality_id)
    added = queries.area_below(parent.id, kind=kind, name=name.strip(), valid_from=valid_from)
    if added is not None:
        return added
    slug = _free_slug(parent.municipality_id, name)
    area = _insert_area(
        parent.municipality_id,
        parent,
        kind=kind,
        slug=slug,
        name=name.strip(),
        valid_from=valid_from,
    )
    area.population, area.code = population, code
    history.record(
        actor=actor,
        chain=history.municipality_chain(area.municipality_id),
        fact=AreaAdded(area_id=area.id, name=area.name),
        now=now,
    )
    return area


def end_area(*, actor: Actor, area: Area, valid_until: date, reason: str, now: datetime) -> None:
    """Say from which day on an area no longer exists; its past years stay readable.

    :raises InvalidInputError: the day is not after the area's first, or there is no reason.
    """
    require(actor, Action.MANAGE_AREAS, queries.subject_of(area))
    if valid_until <= area.valid_from:
        raise InvalidInputError("validity_ends_before_start", field="valid_until")
    if not reason.strip():
        raise InvalidInputError("reason_missing", field="reason")
    area.valid_until = valid_until
    history.record(
        actor=actor,
        chain=history.municipality_chain(area.municipality_id),
        fact=AreaEnded(area_id=area.id, name=area.name, valid_until=valid_until.isoformat()),
        reason=reason,
        now=now,
    )


def _check_place(parent: Area, kind: AreaKind, name: str) -> None:
    if not name.strip():
        raise InvalidInputError("name_missing", field="name")
    if parent.kind not in _PARENTS.get(kind, frozenset()):
        raise InvalidInputError(
            "area_kind_misplaced", field="kind", kind=kind.value, parent=parent.kind.value
        )


def _lock_tree(municipality_id: int) -> None:
    """One at a time may take a free place in the town's addresses."""
    name = f"areas:{municipality_id}"
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))


def _insert_area(
    municipality_id: int,
    parent: Area | None,
    *,
    kind: AreaKind,
    slug: str,
    name: str,
    valid_from: date,
) -> Area:
    area = Area(
        municipality_id=municipality_id,
        parent_id=parent.id if parent else None,
        path=[],
        kind=kind,
        slug=slug,
        name=name,
        valid_from=valid_from,
    )
    db.session.add(area)
    db.session.flush()  # the path ends with the area's own id
    area.path = [*(parent.path if parent else []), area.id]
    db.session.flush()
    return area


def slug_of(name: str) -> str:
    """A name as it stands in an address: ``"Düren Süd-Ost"`` becomes ``"duren-sud-ost"``."""
    plain = (
        unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    )
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "area"


def _free_slug(municipality_id: int, name: str) -> str:
    slug = wanted = slug_of(name)
    number = 2
    while queries.area_by_slug(municipality_id, slug) is not None:
        slug = f"{wanted}-{number}"
        number += 1
    return slug
