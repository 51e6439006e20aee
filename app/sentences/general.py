"""Sentences for accounts, areas and rules."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

REFUSALS = {
    "not_allowed": _l("You cannot do this with this account."),
    "phase_closed": _l("This is not open at this moment of the year."),
    "slug_taken": _l("There is already a municipality with this address: %(slug)s."),
    "name_missing": _l("Write a name."),
    "reason_missing": _l("Write the reason. Everybody can read it."),
    "area_kind_misplaced": _l("An area of this kind cannot stand here."),
    "validity_ends_before_start": _l("The last day must be after the first day."),
    "age_out_of_range": _l("Choose an age between 0 and 120."),
    "number_negative": _l("This number cannot be below zero."),
    "amount_negative": _l("This amount cannot be below zero."),
    "amount_not_positive": _l("This amount must be above zero."),
    "criterion_twice": _l("Two criteria have the same name."),
}

JOURNAL = {
    "municipality_founded": _l("Municipality set up: %(name)s"),
    "area_added": _l("Area added: %(name)s"),
    "area_ended": _l("Area %(name)s ends on %(valid_until)s"),
    "rules_added": _l("Rules added: %(name)s"),
    "rules_changed": _l("Rules changed: %(name)s"),
}
