"""Everything somebody may do, by name; who may, in ``permissions``; when, in ``phases``."""

from __future__ import annotations

from enum import StrEnum


class Action(StrEnum):
    """One thing a person may be allowed to do."""

    # the installation and its people
    READ_JOURNAL = "read_journal"
    MANAGE_AREAS = "manage_areas"
    MANAGE_RULES = "manage_rules"
    MANAGE_PEOPLE = "manage_people"
    MANAGE_ORGANISATIONS = "manage_organisations"
    # the year
    START_CYCLE = "start_cycle"
    SET_BUDGET = "set_budget"
    ADVANCE_CYCLE = "advance_cycle"
    MOVE_PHASE_DATES = "move_phase_dates"
    # priorities
    PROPOSE_PRIORITY = "propose_priority"
    PROPOSE_FOR_OTHERS = "propose_for_others"
    EDIT_PRIORITY = "edit_priority"
    SUPPORT_PRIORITY = "support_priority"
    CHECK_PRIORITY = "check_priority"
    SHORTLIST_PRIORITY = "shortlist_priority"
    TRANSLATE_PRIORITY = "translate_priority"
    # meetings
    PLAN_MEETING = "plan_meeting"
    RECORD_MEETING = "record_meeting"
    MOVE_MOTION = "move_motion"
    COUNT_CARDS = "count_cards"
    # the vote
    DRAFT_ELECTION = "draft_election"
    RUN_ELECTION = "run_election"
    OBSERVE_ELECTION = "observe_election"
    # plan, tasks, money
    DRAFT_PLAN = "draft_plan"
    ADOPT_PLAN = "adopt_plan"
    OPEN_CALL = "open_call"
    MAKE_OFFER = "make_offer"
    READ_OFFERS = "read_offers"
    DECIDE_TASK = "decide_task"
    REPORT_PROGRESS = "report_progress"
    RECORD_PAYMENT = "record_payment"
    # review
    ANSWER_REVIEW = "answer_review"
    DECIDE_REVIEW = "decide_review"
