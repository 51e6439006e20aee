"""Sentences for cycles: refusals, what blocks the next phase, journal records."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.phases import Phase
from participation.rules.content import BallotFormat

REFUSALS = {
    "cycle_exists": _l("This area already has the year %(plan_year)s."),
    "phase_has_no_dates": _l("This phase has no dates."),
    "dates_run_backwards": _l("The last day cannot be before the first day."),
    "phase_is_over": _l("This phase is over. Its dates cannot be changed any more."),
    "phase_moved_on": _l("The year is already in another phase. Look at the page again."),
    "phase_blocked": _l("The next phase cannot begin yet. The page lists what is still to do."),
}

BLOCK_REASONS = {
    "phases_without_dates": _l("Phases without dates: %(count)s."),
    "no_criteria": _l("The criteria for the check are missing."),
    "no_budget": _l("The budget is not set."),
    "no_priorities": _l("Nobody has proposed anything yet."),
    "priorities_unchecked": _l("Proposals still to be checked: %(count)s."),
    "ballot_empty": _l("No proposal is on the ballot yet."),
    "election_not_prepared": _l("The vote is not prepared yet."),
    "result_not_published": _l("The result of the vote is not published yet."),
    "plan_not_adopted": _l("The plan is not adopted yet."),
    "activities_without_task": _l("Activities without a task: %(count)s."),
    "tasks_undecided": _l("Tasks without a decision on who does them: %(count)s."),
    "tasks_unfinished": _l("Tasks that are neither done nor stopped: %(count)s."),
    "activities_unreviewed": _l("Activities the review has not decided on: %(count)s."),
}

JOURNAL = {
    "cycle_started": _l("Plan year %(plan_year)s started"),
    "phase_entered": _l("Next phase began: %(entered)s"),
    "phase_dates_moved": _l("Dates changed for %(phase)s: %(new_start)s to %(new_end)s"),
    "budget_set": _l("Budget set"),
    "election_drafted": _l("Vote drafted with %(options)s options"),
    "result_taken_over": _l("Result taken over: %(chosen)s chosen"),
}

PHASE_NAMES = {
    Phase.PREPARATION: _l("Preparation"),
    Phase.COLLECT: _l("Collect wishes"),
    Phase.CHECK: _l("Feasibility check"),
    Phase.VOTE: _l("Voting phase"),
    Phase.ADOPT: _l("Adoption"),
    Phase.ASSIGN: _l("Assignment"),
    Phase.EXECUTE: _l("Execution"),
    Phase.REVIEW: _l("Annual review"),
    Phase.CLOSED: _l("Closed"),
}

BALLOT_FORMAT_NAMES = {
    BallotFormat.APPROVAL: _l("Tick what you like"),
    BallotFormat.KNAPSACK: _l("Tick what you like, up to the budget"),
}
