"""Sentences for priorities: refusals, journal records, names of states and routes."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.priorities.models import Route
from participation.priorities.queries import Sort
from participation.priorities.states import PriorityState

REFUSALS = {
    "title_missing": _l("Write a short title."),
    "description_missing": _l("Write what should happen."),
    "language_unknown": _l("Choose one of the languages."),
    "text_too_long": _l("This text is too long. It can have %(max)s characters at most."),
    "theme_missing": _l("Choose a theme."),
    "theme_unknown": _l("Choose one of the themes."),
    "function_missing": _l("Choose what it does for people."),
    "function_unknown": _l("Choose one of the answers."),
    "place_missing": _l("Write where it is."),
    "route_missing": _l("Choose who could do it."),
    "cost_missing": _l("Write what it costs, as well as you know."),
    "cost_above_cap": _l("One proposal can cost %(cap_cents)s at most this year."),
    "cost_above_budget": _l("This costs more than the whole budget of %(budget_cents)s."),
    "on_behalf_of_missing": _l("Write for whom this is. Only you and the auditor can read it."),
    "priority_not_draft": _l("This is published. It cannot be changed any more."),
    "priority_step_not_now": _l("This proposal is in another state now. Look at the page again."),
    "priority_not_open_for_support": _l("You cannot support this proposal now."),
    "priority_decided_meanwhile": _l(
        "Somebody has decided on this proposal meanwhile. Look at the page again."
    ),
    "criterion_missing": _l("Choose the criterion that this proposal does not meet."),
    "criterion_unknown": _l("Choose one of the published criteria."),
    "explanation_missing": _l("Explain the refusal. Everybody can read it."),
    "shortlist_full": _l("The ballot is full: it has room for %(limit)s proposals."),
    "ballot_is_frozen": _l("The vote is prepared. The ballot cannot be changed any more."),
    "result_does_not_fit_ballot": _l("The result names something that is not on the ballot."),
    "translation_into_own_language": _l("The proposal was written in this language."),
    "carry_over_not_voted_on": _l("Only proposals that were voted on can go on to another year."),
    "carry_over_not_a_later_year": _l("A proposal can only go on to a later year of this area."),
    "carry_over_too_late": _l("The year %(plan_year)s does not take in proposals any more."),
    "carried_over_already": _l("This proposal has already gone on to another year."),
}

JOURNAL = {
    "priority_draft_started": _l("Proposal %(priority_id)s begun"),
    "priority_draft_saved": _l("Draft of proposal %(priority_id)s saved"),
    "priority_published": _l("Proposal published: %(title)s"),
    "priority_proposed_for_someone": _l("Proposal published for somebody: %(title)s"),
    "priority_withdrawn": _l("Proposal %(priority_id)s withdrawn"),
    "priority_supported": _l("Proposal %(priority_id)s supported"),
    "priority_support_withdrawn": _l("Support for proposal %(priority_id)s taken back"),
    "priority_found_feasible": _l("Proposal %(priority_id)s found feasible"),
    "priority_refused": _l("Proposal %(priority_id)s refused by criterion %(criterion_code)s"),
    "priority_shortlisted": _l("Proposal %(priority_id)s put on the ballot"),
    "priority_taken_off_shortlist": _l("Proposal %(priority_id)s taken off the ballot"),
    "priority_outcome": _l("Outcome of the vote written to proposal %(priority_id)s"),
    "priority_carried_over": _l(
        "Proposal %(from_priority_id)s of %(from_year)s carried over to %(to_year)s"
    ),
    "priority_translation_added": _l("Translation of proposal %(priority_id)s added"),
}

STATES = {
    PriorityState.DRAFT: _l("Draft"),
    PriorityState.PUBLISHED: _l("Proposed"),
    PriorityState.FEASIBLE: _l("Feasible"),
    PriorityState.REFUSED: _l("Not feasible"),
    PriorityState.ON_BALLOT: _l("On the ballot"),
    PriorityState.CHOSEN: _l("Chosen"),
    PriorityState.NOT_CHOSEN: _l("Not chosen"),
    PriorityState.WITHDRAWN: _l("Withdrawn"),
}

# Colours of the badges, see templates/components/badge.html.
TONES = {
    PriorityState.FEASIBLE: "safe",
    PriorityState.ON_BALLOT: "safe",
    PriorityState.CHOSEN: "success",
}

ROUTES = {
    Route.RESIDENTS: _l("Residents do it themselves"),
    Route.TOGETHER: _l("Residents and professionals together"),
    Route.PROFESSIONAL: _l("A professional does it"),
}

SORTS = {
    Sort.SUPPORT: _l("Most supported"),
    Sort.NEWEST: _l("Newest"),
    Sort.CHEAPEST: _l("Lowest cost"),
}
