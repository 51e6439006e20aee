"""Sentences for the vote: refusals, states, acts of the commission, its journal."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from voting.box.queries import ReceiptStatus
from voting.counting.model import Majority, MotionChoice, TieCriterion
from voting.elections.kinds import BallotFormat, Channel
from voting.eligibility import Ineligibility
from voting.states import Act, ElectionState

REFUSALS = {
    "not_a_member": _l("Only members of the polling commission of this vote can do this."),
    "second_member_needed": _l("A second member of the commission must agree first."),
    "election_unknown": _l("There is no such vote."),
    "act_not_now": _l("This cannot be done in this state of the vote. Look at the page again."),
    "too_early": _l("The vote closes on %(closes_at)s, not before."),
    "too_late": _l("The closing time has already passed. Choose new times first."),
    "draft_incomplete": _l("The draft is not complete: %(fields)s."),
    "options_missing": _l("There is nothing to vote on yet."),
    "option_reference_twice": _l("One project stands on the ballot twice."),
    "option_cost_missing": _l("A project on the ballot has no costs."),
    "motion_has_options": _l("A vote for or against cannot have a list of projects."),
    "commission_too_small": _l("The commission needs at least two members."),
    "budget_missing": _l("The budget is missing."),
    "times_in_wrong_order": _l("The vote must open before it closes."),
    "tie_criteria_open_ended": _l("The rule for ties must end with a draw."),
    "channel_not_built": _l("Voting in this way is not possible yet: %(channel)s."),
    "channels_exclude_each_other": _l("A vote by show of cards cannot have voting codes."),
    "limits_impossible": _l("Nobody could fill in a ballot with these limits."),
    "nobody_can_vote": _l("There is no letter and no slip, so nobody could vote."),
    "too_few_cards": _l("There must be at least %(least)s cards for the ballot box."),
    "code_mistyped": _l("This code is not typed right. Compare it with your letter."),
    "code_unknown": _l(
        "We do not know this code here. Compare it, and the town, with your letter."
    ),
    "election_not_open": _l("This vote is not open yet. It opens on %(opens_at)s."),
    "election_over": _l("This vote is closed. It ended on %(closed_at)s."),
    "election_suspended": _l(
        "The polling commission has stopped this vote for a while. Try again later."
    ),
    "booth_expired": _l("The ballot paper is closed. Type your code again to go on."),
    "form_broken": _l("This page was made for somebody else. Type your code again."),
    "too_many_options": _l("You chose %(chosen)s projects. You may choose at most %(max)s."),
    "too_few_options": _l("You chose %(chosen)s projects. You must choose at least %(min)s."),
    "over_budget": _l(
        "Your choice costs %(cost_cents)s. You may spend at most %(limit_cents)s."
        " Take something away."
    ),
    "option_unknown": _l("This project is not on the ballot. Choose again."),
    "option_twice": _l("You chose one project twice. Choose again."),
    "choice_missing": _l("Choose one of the answers."),
    "ballot_changed": _l("Meanwhile a ballot was cast with this code. Check your choice again."),
    "ballot_final": _l("With this code somebody has voted on paper. That ballot stays."),
    "ballot_already_cast": _l("A ballot lies in the box under this code. It cannot be withdrawn."),
    "card_mistyped": _l("A card is not typed right. Type both cards again."),
    "card_pair_unknown": _l("These cards do not belong to the ballot box of this vote."),
    "card_pair_wrong": _l("These two cards do not open the ballot box. Type both again."),
    "pepper_missing": _l("The secret file of this vote is missing on this server."),
    "opening_record_altered": _l(
        "The opening record was changed after it was signed. The vote is stopped."
    ),
    "key_list_altered": _l("The list of issued keys was changed. Nothing was counted."),
    "box_altered": _l("The ballot box was changed after closing. Nothing was counted."),
    "journal_altered": _l("The journal of this vote was changed. Nothing was counted."),
    "counters_disagree": _l("Two ways of counting gave two results. Nothing is published."),
    "tellers_missing": _l("Two tellers must write down what they counted."),
    "tellers_disagree": _l("The two tellers wrote down different numbers. Count again."),
    "totals_impossible": _l("These numbers cannot be: there are more cards than were given out."),
    "counted_by_hand_only": _l("This vote is counted by hand."),
    "counted_by_cards_only": _l("This vote is counted with two key cards."),
    "database_not_durable": _l("The database of this installation may lose ballots. Do not vote."),
    # the bridge between a year and its vote
    "ballot_empty": _l("No proposal is on the ballot yet."),
    "commission_member_unknown": _l("Somebody you chose is not a commission member here."),
    "election_beyond_draft": _l("The vote is already prepared. The commission can take it back."),
    "election_missing": _l("This year has no vote yet."),
    "result_unpublished": _l("The result is not published yet."),
}

STATE_NAMES = {
    ElectionState.DRAFT: _l("Draft"),
    ElectionState.PREPARED: _l("Prepared"),
    ElectionState.OPEN: _l("Open"),
    ElectionState.CLOSED: _l("Closed"),
    ElectionState.COUNTED: _l("Counted"),
    ElectionState.PUBLISHED: _l("Published"),
    ElectionState.SUSPENDED: _l("Stopped for a while"),
    ElectionState.ANNULLED: _l("Annulled"),
}

ACT_NAMES = {
    Act.PREPARE: _l("Prepare the vote"),
    Act.REVISE: _l("Back to the draft"),
    Act.OPEN: _l("Open the vote"),
    Act.CLOSE: _l("Close the vote"),
    Act.COUNT: _l("Count"),
    Act.PUBLISH: _l("Publish the result"),
    Act.SUSPEND: _l("Stop the vote for a while"),
    Act.RESUME: _l("Let the vote go on"),
    Act.ANNUL: _l("Annul the vote"),
    Act.REVOKE: _l("Make a spoilt slip invalid"),
}

# Act of a record in an election's own journal to its sentence.
ELECTION_JOURNAL = {
    "draft": _l("Vote drafted"),
    "revise_draft": _l("Draft changed"),
    "consent": _l("A member agreed"),
    "consent_withdrawn": _l("A member took the consent back"),
    "prepare": _l("Vote prepared: letters %(letters)s, slips %(slips)s"),
    "revise": _l("Taken back to the draft; codes, cards and roll thrown away"),
    "open": _l("Vote opened"),
    "close": _l("Vote closed: %(cast)s ballots in the box, %(issued)s codes"),
    "count": _l("Ballots counted"),
    "teller_totals": _l("A teller wrote down a count"),
    "publish": _l("Result published"),
    "suspend": _l("Vote stopped for a while"),
    "resume": _l("Vote goes on"),
    "annul": _l("Vote annulled"),
    "revoke": _l("A spoilt slip was made invalid"),
}

CHANNEL_NAMES = {
    Channel.LETTERS: _l("letters with a code"),
    Channel.SLIPS: _l("slips with a code"),
    Channel.PAPER: _l("ballot papers"),
    Channel.CARDS: _l("show of cards in a meeting"),
}

BALLOT_FORMAT_NAMES = {
    BallotFormat.APPROVAL: _l("Tick the projects you want"),
    BallotFormat.KNAPSACK: _l("Tick the projects you want, up to the budget"),
    BallotFormat.MOTION: _l("For, against or abstain"),
}

TIE_CRITERIA = {
    TieCriterion.CHEAPER: _l("the cheaper project comes first"),
    TieCriterion.MORE_VOTES: _l("the project with more votes comes first"),
    TieCriterion.DRAW: _l("a public draw decides"),
    TieCriterion.LEXICO: _l("the order of the project numbers decides"),
}

MOTION_CHOICES = {
    MotionChoice.FOR: _l("For"),
    MotionChoice.AGAINST: _l("Against"),
    MotionChoice.ABSTAIN: _l("Abstained"),
}

MAJORITIES = {
    Majority.SIMPLE: _l("More votes for than against"),
    Majority.ABSOLUTE: _l("More than half of all ballots cast are for"),
    Majority.TWO_THIRDS: _l("At least two thirds of all ballots cast are for"),
}

MOTION_REASONS = {
    "adopted": _l("There were enough votes for it."),
    "not_enough_for": _l("There were not enough votes for it."),
    "quorum_missed": _l("Too few people voted."),
    "no_votes": _l("Nobody voted."),
}

INELIGIBILITIES = {
    Ineligibility.UNDER_AGE: _l("too young on the reference date"),
    Ineligibility.NOT_YET_RESIDENT: _l("not yet living here on the reference date"),
    Ineligibility.MOVED_AWAY: _l("moved away before the reference date"),
    Ineligibility.TWICE_ON_ROLL: _l("stands on the list twice"),
    Ineligibility.NAME_MISSING: _l("has no name"),
}

# Why a counted ballot was invalid.
INVALID_BALLOTS = {
    "too_many_options": _l("too many projects chosen"),
    "too_few_options": _l("too few projects chosen"),
    "over_budget": _l("cost more than allowed"),
    "option_unknown": _l("named a project that is not on the ballot"),
    "option_twice": _l("named a project twice"),
    "choice_missing": _l("could not be read"),
}

RECEIPTS = {
    ReceiptStatus.RECEIVED: _l("Yes. A ballot with this receipt was received."),
    ReceiptStatus.COUNTED: _l("Yes. The ballot with this receipt was in the box at closing."),
    ReceiptStatus.REPLACED: _l(
        "A ballot with this receipt was received. Later it was replaced by a new one."
    ),
    ReceiptStatus.UNKNOWN: _l("No. There is no ballot with this receipt. Compare each sign."),
}

# What is wrong with the register's file as a whole.
ROLL_FILES = {
    "roll_empty": _l("The file is empty."),
    "roll_columns_missing": _l(
        "The first line must name the columns. These are missing: %(columns)s."
    ),
    "roll_unreadable": _l("The checked list was damaged on its way. Choose the file again."),
}

# What is wrong with one line of it.
ROLL_LINES = {
    "roll_date_wrong": _l("This is not a date: %(value)s"),
    "roll_name_missing": _l("The name is missing."),
    "roll_birth_date_missing": _l("The birth date is missing."),
}
