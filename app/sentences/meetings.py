"""Sentences for meetings: refusals, journal records, names of kinds and states."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from participation.meetings.states import MeetingKind, MeetingState, SignUpState

REFUSALS = {
    "meeting_ends_before_start": _l("The end must be after the beginning."),
    "meeting_too_long": _l("A meeting can last three days at most."),
    "capacity_too_small": _l("There must be at least one seat, and one for everybody who comes."),
    "seats_out_of_range": _l("You can bring your household: %(max)s seats at most."),
    "cycle_of_other_area": _l("This plan year belongs to another area."),
    "sign_up_link_broken": _l("This page was open too long. Load it again."),
    "address_signed_up_already": _l("Somebody has signed up with this e-mail address already."),
    "signed_up_already": _l("You have signed up for this meeting already."),
    "meeting_closed_for_sign_up": _l("You cannot sign up for this meeting any more."),
    "meeting_not_planned": _l("This meeting is over or cancelled."),
    "meeting_not_begun": _l("The meeting has not begun yet. Count who is there when it begins."),
    "meeting_step_not_now": _l("The meeting is in another state now. Look at the page again."),
    "minutes_missing": _l("Write the minutes first."),
    "minutes_are_frozen": _l("The minutes are published. They do not change any more."),
    "meeting_of_other_year": _l("This meeting belongs to another plan year."),
    "no_plan_to_adopt": _l("There is no draft of the plan yet."),
    "motion_adopted_already": _l("The neighbourhood has already adopted this plan."),
    "motion_runs_already": _l("A vote on this plan is going on already."),
    "tellers_are_the_same": _l("The second teller must be somebody else."),
    "teller_unknown": _l("Choose one of the facilitators or board members."),
    "not_a_teller": _l("Only the two tellers can do this."),
}

JOURNAL = {
    "meeting_planned": _l("Meeting %(meeting_id)s planned at %(place)s"),
    "meeting_changed": _l("Meeting %(meeting_id)s changed"),
    "meeting_cancelled": _l("Meeting %(meeting_id)s cancelled"),
    "meeting_signed_up": _l("Signed up for meeting %(meeting_id)s, seats: %(seats)s"),
    "meeting_sign_up_cancelled": _l("Sign-up for meeting %(meeting_id)s cancelled"),
    "meeting_place_given": _l("Place in meeting %(meeting_id)s given from the waiting list"),
    "meeting_attendance_recorded": _l("At meeting %(meeting_id)s there were %(count)s people"),
    "meeting_minutes_saved": _l("Minutes of meeting %(meeting_id)s saved"),
    "meeting_minutes_published": _l("Minutes of meeting %(meeting_id)s published"),
    "meeting_motion_moved": _l("Vote on the plan proposed in meeting %(meeting_id)s"),
    "meeting_motion_published": _l("Vote on the plan in meeting %(meeting_id)s published"),
}

KINDS = {
    MeetingKind.RESIDENTS_PRE_MEETING: _l("Residents' own meeting"),
    MeetingKind.NEIGHBOURHOOD_MEETING: _l("Neighbourhood meeting"),
    MeetingKind.ROUND_TABLE: _l("Round table"),
    MeetingKind.ADOPTION_MEETING: _l("Meeting to adopt the plan"),
    MeetingKind.REVIEW_MEETING: _l("Review meeting"),
    MeetingKind.ONLINE: _l("Online meeting"),
}

STATES = {
    MeetingState.PLANNED: _l("Planned"),
    MeetingState.HELD: _l("Held"),
    MeetingState.MINUTED: _l("With minutes"),
    MeetingState.CANCELLED: _l("Cancelled"),
}

SIGN_UP_STATES = {
    SignUpState.PLACED: _l("Has a place"),
    SignUpState.WAITING: _l("On the waiting list"),
    SignUpState.CANCELLED: _l("Cancelled"),
}
