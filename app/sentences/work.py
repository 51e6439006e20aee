"""Sentences for plans, tasks, money, reviews and organisations, and the names of their parts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.money.accounts import EntryKind
from participation.organisations.kinds import LegalForm, OrganisationKind
from participation.reviews.questions import Outcome, Voice
from participation.tasks.criteria import Criterion, Gate
from participation.tasks.states import OfferState, Progress, Route, TaskState

REFUSALS = {
    # organisations
    "organisation_exists": _l("There is already an organisation with this name: %(name)s."),
    "email_missing": _l("Write an e-mail address."),
    # plans
    "nothing_chosen": _l("The neighbourhood has not chosen anything yet."),
    "plan_is_adopted": _l("The plan is adopted. It does not change any more."),
    "goal_missing": _l("Write the goal."),
    "indicator_missing": _l("Write what shows that it worked."),
    "activities_undescribed": _l("Activities without a goal or an indicator: %(count)s."),
    "plan_above_budget": _l("The plan costs %(missing_cents)s more than there is."),
    "motion_not_adopted": _l("The neighbourhood meeting has not adopted the plan yet."),
    "adopting_body_missing": _l("Write who adopts the plan."),
    "adoption_in_future": _l("The day of the decision cannot be in the future."),
    # tasks
    "plan_not_adopted_yet": _l("Tasks are made from an adopted plan only."),
    "task_text_missing": _l("Write this in at least one language."),
    "task_above_activity": _l("This activity has %(left_cents)s left for tasks."),
    "task_moved_on": _l("This task is in another state now. Look at the page again."),
    "task_not_at_work": _l("Nobody is at work on this task."),
    "call_closes_in_past": _l("The last day for offers cannot be in the past."),
    "call_closed": _l("This task does not take offers now."),
    "call_still_open": _l("Offers can still be made. Decide when the last day is over."),
    "weights_do_not_sum": _l("The weights must be 100 together. Now they are %(total)s."),
    "not_your_organisation": _l("You do not act for this organisation here."),
    "offer_exists": _l("Your organisation has already made an offer for this task."),
    "offer_plan_missing": _l("Write how you will do it."),
    "offer_above_ceiling": _l("This task may cost %(ceiling_cents)s at most."),
    "legal_form_needed": _l("A group without a legal form may ask for %(limit_cents)s at most."),
    "offer_withdrawn": _l("This offer is no longer there."),
    "decider_has_interest": _l(
        "Your own organisation made an offer for this task. Somebody else must decide."
    ),
    "progress_text_missing": _l("Write how the work goes."),
    # money
    "activity_has_too_little": _l("This activity has %(left_cents)s left. That is not enough."),
    "payment_above_promise": _l("At most %(left_cents)s can still be paid for this task."),
    "repayment_above_paid": _l("At most %(paid_cents)s can come back for this task."),
    "purpose_missing": _l("Write what the money is for."),
    "entry_not_reversible": _l("This entry cannot be reversed."),
    "entry_reversed_before": _l("This entry was already reversed."),
    "money_moved_on": _l("This money has moved on. Reverse the later entry first."),
    # reviews
    "answer_not_offered": _l("Choose one of the answers."),
    "nothing_answered": _l("Answer at least one question."),
    "not_your_voice": _l("You cannot answer for this side."),
    "review_decided_before": _l("The review has already decided on this goal."),
    "new_goal_missing": _l("Write the new goal."),
    "next_year_not_started": _l(
        "The next plan year has not been started yet. So nothing can be carried over."
    ),
}

JOURNAL = {
    "organisation_added": _l("Organisation added: %(name)s"),
    "plan_drafted": _l("Plan drafted with %(activities)s activities"),
    "plan_introduced": _l("Introduction of the plan written"),
    "activity_described": _l("Goal and indicator of activity %(activity_id)s written"),
    "plan_adopted": _l("Plan adopted on %(adopted_on)s"),
    "ledger_opened": _l("Money of the plan set aside"),
    "task_added": _l("Task %(task_id)s added"),
    "call_opened": _l("Call for task %(task_id)s opened until %(closes_on)s"),
    "offer_made": _l("Offer made for task %(task_id)s"),
    "offer_withdrawn": _l("Offer for task %(task_id)s withdrawn"),
    "task_decided": _l("Decided who does task %(task_id)s"),
    "task_started": _l("Task %(task_id)s begun"),
    "progress_reported": _l("Report on task %(task_id)s"),
    "task_finished": _l("Task %(task_id)s done"),
    "task_stopped": _l("Task %(task_id)s stopped"),
    "payment_recorded": _l("Payment for task %(task_id)s recorded"),
    "repayment_recorded": _l("Repayment for task %(task_id)s recorded"),
    "entry_reversed": _l("Ledger entry %(reversed_id)s reversed"),
    "review_answered": _l("Review of activity %(activity_id)s answered"),
    "review_decided": _l("Review decided on activity %(activity_id)s"),
}

ORGANISATION_KINDS = {
    OrganisationKind.RESIDENT_GROUP: _l("Resident group"),
    OrganisationKind.RESIDENT_ASSOCIATION: _l("Residents' association"),
    OrganisationKind.PROFESSIONAL: _l("Independent professional"),
    OrganisationKind.WELFARE: _l("Welfare organisation"),
    OrganisationKind.YOUTH_WORK: _l("Youth work"),
    OrganisationKind.CARE_TEAM: _l("Care team"),
    OrganisationKind.SPORTS_CLUB: _l("Sports club"),
    OrganisationKind.SCHOOL: _l("School or day-care"),
    OrganisationKind.HOUSING: _l("Housing association"),
    OrganisationKind.MUNICIPAL_DEPARTMENT: _l("Department of the municipality"),
    OrganisationKind.BUSINESS: _l("Business"),
    OrganisationKind.SOCIAL_ENTERPRISE: _l("Social enterprise"),
    OrganisationKind.LIBRARY: _l("Library"),
    OrganisationKind.SUPPORTED_HOUSING: _l("Supported housing"),
}

LEGAL_FORMS = {
    LegalForm.NONE: _l("No legal form"),
    LegalForm.ASSOCIATION: _l("Association"),
    LegalForm.FOUNDATION: _l("Foundation"),
    LegalForm.PUBLIC_BODY: _l("Public body"),
    LegalForm.COMPANY: _l("Company"),
}

ROUTES = {
    Route.RESIDENTS: _l("Residents do it themselves"),
    Route.TOGETHER: _l("Residents and professionals together"),
    Route.PROFESSIONAL: _l("A professional does it"),
}

TASK_STATES = {
    TaskState.DRAFT: _l("Being prepared"),
    TaskState.CALL_OPEN: _l("Open for offers"),
    TaskState.ASSIGNED: _l("Executor chosen"),
    TaskState.IN_PROGRESS: _l("In progress"),
    TaskState.DONE: _l("Done"),
    TaskState.STOPPED: _l("Stopped"),
}

OFFER_STATES = {
    OfferState.SUBMITTED: _l("Waiting for a decision"),
    OfferState.WITHDRAWN: _l("Withdrawn"),
    OfferState.CHOSEN: _l("Chosen"),
    OfferState.NOT_CHOSEN: _l("Not chosen"),
}

PROGRESS = {
    Progress.ON_SCHEDULE: _l("On schedule"),
    Progress.MILESTONE: _l("Milestone reached"),
    Progress.DELAYED: _l("Delayed"),
}

GATES = {
    Gate.CONDUCT_CERTIFICATE: _l(
        "Conduct certificate, for work with children or vulnerable people"
    ),
    Gate.LEGAL_FORM: _l("Legal form, such as a foundation or association"),
    Gate.QUALIFICATION: _l("Diploma or registration that fits the work"),
    Gate.CONFIDENTIALITY: _l("Confidentiality about what people say"),
    Gate.STATUTORY_TASK: _l("A duty the law gives to the municipality"),
    Gate.NON_PROFIT: _l("No profit on this task"),
    Gate.USER_COUNCIL: _l("The users' council was consulted"),
    Gate.INSURANCE: _l("Insurance for volunteers and visitors"),
    Gate.PERMIT: _l("The permit that the work needs"),
}

CRITERIA = {
    Criterion.COMPETENCE: _l("Can do this well"),
    Criterion.ROOTED: _l("Knows the neighbourhood"),
    Criterion.CONTINUITY: _l("Keeps it going"),
    Criterion.REACH: _l("Reaches many people"),
    Criterion.INCLUSION: _l("Everyone can take part"),
    Criterion.PROXIMITY: _l("Is close by"),
    Criterion.COST: _l("Is careful with money"),
    Criterion.SUPPORT_NEEDED: _l("Needs little support"),
}

ENTRY_KINDS = {
    EntryKind.GRANT: _l("Budget of the year"),
    EntryKind.RESERVE: _l("Set aside for an activity"),
    EntryKind.COMMIT: _l("Promised to the executor"),
    EntryKind.PAYMENT: _l("Paid"),
    EntryKind.REPAYMENT: _l("Paid back by the executor"),
    EntryKind.RETURN: _l("Not used, given back"),
    EntryKind.REVERSAL: _l("Mistake put right"),
}

OUTCOMES = {
    Outcome.CONTINUE: _l("Continue"),
    Outcome.ADAPT: _l("Adapt"),
    Outcome.STOP: _l("Stop"),
    Outcome.CARRY_OVER: _l("Carry over"),
    Outcome.MAKE_PERMANENT: _l("Make permanent"),
}

VOICES = {
    Voice.RESIDENT: _l("Residents"),
    Voice.PROFESSIONAL: _l("Professionals"),
}

YES_PARTLY_NO = {
    "yes": _l("Yes"),
    "partly": _l("Partly"),
    "no": _l("No"),
}
SCALE = {
    "1": _l("1, very bad"),
    "2": _l("2, bad"),
    "3": _l("3, fair"),
    "4": _l("4, good"),
    "5": _l("5, very good"),
}
# Value of an answer to its word, whatever the question.
ANSWERS = {**YES_PARTLY_NO, **SCALE, **{outcome.value: word for outcome, word in OUTCOMES.items()}}
