"""Rule sets: the list, and changing one with a public reason."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from app.access import allowed
from app.forms import refusals_on, text_of, whole_of
from app.rules import blueprint
from app.rules.forms import RulesForm
from app.session import current_actor
from app.towns import current_town
from app.transactions import transaction
from database import database_now
from participation.actions import Action
from participation.rules import queries, services
from participation.rules.content import BallotFormat, from_json
from participation.rules.models import RuleSet


@blueprint.get("/")
@allowed(Action.MANAGE_RULES)
def index() -> ResponseReturnValue:
    """All rule sets of the town, in words."""
    found = [(r, from_json(r.content)) for r in queries.list_rule_sets(current_town().id)]
    return render_template("rules/index.html", rule_sets=found)


@blueprint.route("/<int:rule_set_id>", methods=["GET", "POST"])
@allowed(Action.MANAGE_RULES)
def change(rule_set: RuleSet) -> ResponseReturnValue:
    """Change a rule set; years that run keep theirs."""
    rules = from_json(rule_set.content)
    form = RulesForm(obj=rules)
    if form.validate_on_submit():
        changed = replace(
            rules,
            minimum_age=whole_of(form.minimum_age),
            support_threshold=whole_of(form.support_threshold),
            cost_cap_cents=form.cost_cap_cents.data,
            ballot_format=BallotFormat(form.ballot_format.data),
            legal_form_above_cents=form.legal_form_above_cents.data,
        )
        with refusals_on(form), transaction():
            services.change_rules(
                actor=current_actor(),
                rule_set=rule_set,
                rules=changed,
                reason=text_of(form.reason),
                now=database_now(),
            )
            flash(gettext("The rules are changed for years that start from now on."), "success")
            return redirect(url_for("rules.index"))
    return render_template("rules/change.html", form=form, rule_set=rule_set, rules=rules)
