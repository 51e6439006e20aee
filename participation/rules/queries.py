"""Reads of rule sets, themes and functions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from database import db
from participation.areas import queries as areas
from participation.permissions import Subject
from participation.rules.models import Function, RuleSet, Theme


def list_rule_sets(municipality_id: int) -> Sequence[RuleSet]:
    """A municipality's rule sets, by name."""
    return db.session.scalars(
        select(RuleSet).where(RuleSet.municipality_id == municipality_id).order_by(RuleSet.name)
    ).all()


def find_rule_set(municipality_id: int, rule_set_id: int) -> RuleSet | None:
    """A rule set of this municipality."""
    return db.session.scalar(
        select(RuleSet).where(RuleSet.municipality_id == municipality_id, RuleSet.id == rule_set_id)
    )


def list_themes(municipality_id: int) -> Sequence[Theme]:
    """A municipality's themes in its own order."""
    return db.session.scalars(
        select(Theme)
        .where(Theme.municipality_id == municipality_id)
        .order_by(Theme.position, Theme.id)
    ).all()


def list_functions(municipality_id: int) -> Sequence[Function]:
    """A municipality's functions in its own order."""
    return db.session.scalars(
        select(Function)
        .where(Function.municipality_id == municipality_id)
        .order_by(Function.position, Function.id)
    ).all()


def subject_of(rule_set: RuleSet) -> Subject:
    """The rule set as permissions see it: it belongs to the whole municipality."""
    return areas.subject_of(areas.root_area(rule_set.municipality_id))
