"""Use cases on rule sets, themes and functions."""

from __future__ import annotations

from datetime import datetime

from database import db
from participation import history
from participation.actions import Action
from participation.areas.queries import root_area, subject_of
from participation.errors import InvalidInputError
from participation.permissions import Actor, require
from participation.rules.content import Rules, check, to_json
from participation.rules.models import Function, RuleSet, Theme
from participation.rules.records import RulesAdded, RulesChanged
from participation.texts import LocalisedText
from voting.chain import digest


def add_rule_set(
    *, actor: Actor, municipality_id: int, name: str, rules: Rules, now: datetime
) -> RuleSet:
    """Keep rules under a name, for cycles to start with.

    :raises InvalidInputError: the name is empty or the rules cannot be run.
    """
    require(actor, Action.MANAGE_RULES, subject_of(root_area(municipality_id)))
    if not name.strip():
        raise InvalidInputError("name_missing", field="name")
    check(rules)
    rule_set = RuleSet(
        municipality_id=municipality_id, name=name.strip(), content=to_json(rules), changed_at=now
    )
    db.session.add(rule_set)
    db.session.flush()  # the record names the id
    history.record(
        actor=actor,
        chain=history.municipality_chain(municipality_id),
        fact=RulesAdded(rule_set_id=rule_set.id, name=rule_set.name),
        now=now,
    )
    return rule_set


def change_rules(
    *, actor: Actor, rule_set: RuleSet, rules: Rules, reason: str, now: datetime
) -> None:
    """Change a rule set; cycles that already run keep the copy they started with.

    :raises InvalidInputError: no reason, or the rules cannot be run.
    """
    require(actor, Action.MANAGE_RULES, subject_of(root_area(rule_set.municipality_id)))
    if not reason.strip():
        raise InvalidInputError("reason_missing", field="reason")
    check(rules)
    rule_set.content, rule_set.changed_at = to_json(rules), now
    history.record(
        actor=actor,
        chain=history.municipality_chain(rule_set.municipality_id),
        fact=RulesChanged(
            rule_set_id=rule_set.id, name=rule_set.name, digest=digest(rule_set.content)
        ),
        reason=reason,
        now=now,
    )


def add_theme(*, municipality_id: int, code: str, name: LocalisedText, position: int) -> Theme:
    """Add a theme while a municipality is being set up."""
    theme = Theme(municipality_id=municipality_id, code=code, name=name, position=position)
    db.session.add(theme)
    db.session.flush()
    return theme


def add_function(
    *, municipality_id: int, code: str, name: LocalisedText, position: int
) -> Function:
    """Add a function while a municipality is being set up."""
    function = Function(municipality_id=municipality_id, code=code, name=name, position=position)
    db.session.add(function)
    db.session.flush()
    return function
