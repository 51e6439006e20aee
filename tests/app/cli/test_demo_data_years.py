"""The years the demo is played from: votes, work, money, reviews and meetings fit together."""

from __future__ import annotations

from collections import Counter

import pytest

from participation.cycles.services import default_windows
from participation.organisations.kinds import LegalForm
from participation.phases import Phase
from participation.priorities.states import PriorityState
from participation.reviews.questions import Outcome
from participation.tasks.criteria import Gate
from participation.tasks.states import Progress
from tests.app.cli.demo_data import (
    Json,
    all_areas,
    codes,
    cost_in_year,
    cycles,
    organisations,
    played,
    read,
    residents,
    staff,
    wishes,
)


@pytest.mark.parametrize("year", cycles().values(), ids=lambda year: year["id"])
def test_today_lies_in_the_phase_the_year_is_in(year: Json) -> None:
    windows = {window["phase"]: window for window in year["windows"]}
    assert set(windows) == set(default_windows(2026))
    assert all(w["start_day"] <= w["end_day"] for w in windows.values())
    starts = [window["start_day"] for window in year["windows"]]
    assert starts == sorted(starts)
    if year["phase"] == Phase.CLOSED:
        assert year["closed_day"] < 0
    else:
        now = windows[year["phase"]]
        assert now["start_day"] <= 0 <= now["end_day"]


def test_years_show_every_phase_and_one_is_finished() -> None:
    phases = Counter(cycle["phase"] for cycle in cycles().values())
    dutch = {cycle["area"] for cycle in cycles().values() if cycle["town"] == "lindestad"}
    assert set(phases) == set(Phase)
    assert phases[Phase.CLOSED] == 1
    assert len(dutch) == 13


@pytest.mark.parametrize("year", cycles().values(), ids=lambda year: year["id"])
def test_people_of_a_year_belong_to_its_area(year: Json) -> None:
    assert all_areas()[year["area"]]
    assert year.get("previous", year["id"]) in cycles()
    for entry in year["priorities"]:
        assert entry["state"] in set(PriorityState)
        if entry["by"] is not None:
            assert residents()[entry["by"]]["area"] == year["area"]
        if "entered_by" in entry:
            assert staff()[entry["entered_by"]]["role"] == "facilitator"
        for organisation in [entry.get("executor"), *entry.get("offers_by", ())]:
            assert organisation is None or organisations()[organisation]["town"] == year["town"]


@pytest.mark.parametrize("year", cycles().values(), ids=lambda year: year["id"])
def test_what_goes_on_was_supported_and_checked(year: Json) -> None:
    rules = {town["id"]: town["rules"] for town in read("towns.json")["towns"]}[year["town"]]
    for entry in year["priorities"]:
        if entry["state"] in {"on_ballot", "chosen", "not_chosen"}:
            assert entry["supports"] >= rules["support_threshold"]
            assert "check" in entry
            assert cost_in_year(entry) <= rules["cost_cap_cents"]
        if entry["state"] == "refused":
            assert entry["check"]["criterion"] in codes("refusal_reasons")
            assert "explanation" in entry["check"] or "explanation" in wishes()[entry["priority"]]


@pytest.mark.parametrize("year", cycles().values(), ids=lambda year: year["id"])
def test_most_votes_that_fit_the_budget_are_chosen(year: Json) -> None:
    voted = [entry for entry in year["priorities"] if "votes" in entry]
    chosen = {entry["priority"] for entry in voted if entry["state"] == "chosen"}
    votes = [entry["votes"] for entry in voted]
    assert len(votes) == len(set(votes)), "a tie would leave the example to a draw"
    assert all(count <= year["election"]["ballots"] for count in votes)
    if year["phase"] == Phase.VOTE:
        assert not chosen
        return
    left, winners = year["budget_cents"], set()
    for entry in sorted(voted, key=lambda entry: -entry["votes"]):
        if cost_in_year(entry) <= left:
            winners.add(entry["priority"])
            left -= cost_in_year(entry)
    assert chosen == winners


def test_what_is_carried_over_comes_from_the_year_before() -> None:
    found = 0
    for year in cycles().values():
        for entry in year["priorities"]:
            if "carried_from" in entry:
                source = cycles()[entry["carried_from"]]
                before = {e["priority"]: e["state"] for e in source["priorities"]}
                assert source["area"] == year["area"]
                assert source["plan_year"] == year["plan_year"] - 1
                assert before[entry["priority"]] in {"chosen", "not_chosen"}
                found += 1
    assert found == 9


# the played years


def test_told_activities_are_the_winners_of_their_year() -> None:
    for year in read("year_played.json")["years"]:
        entries = cycles()[year["cycle"]]["priorities"]
        chosen = {entry["priority"] for entry in entries if entry["state"] == "chosen"}
        assert {activity["priority"] for activity in year["activities"]} == chosen


def test_chosen_offers_meet_the_gates_and_fit_the_budget() -> None:
    for year, activity in played():
        entries = {e["priority"]: e for e in cycles()[year["cycle"]]["priorities"]}
        offers = {offer["organisation"]: offer for offer in activity["offers"]}
        chosen = offers[activity["decision"]["chosen"]]
        assert len(offers) == len(activity["offers"])
        assert chosen["amount_cents"] <= cost_in_year(entries[activity["priority"]])
        assert "gates_missing" not in chosen
        assert set(activity["task"]["gates"]) <= set(Gate)
        for name, offer in offers.items():
            assert set(offer.get("gates_missing", ())) <= set(activity["task"]["gates"])
            if organisations()[name]["legal_form"] == LegalForm.NONE:
                assert offer["amount_cents"] <= 500_000


def test_nothing_is_paid_that_was_not_promised() -> None:
    for _, activity in played():
        chosen = activity["decision"]["chosen"]
        amount = next(o["amount_cents"] for o in activity["offers"] if o["organisation"] == chosen)
        sums = Counter[str]()
        for payment in activity["payments"]:
            sums[payment["kind"]] += payment["amount_cents"]
        assert set(sums) <= {"payment", "repayment"}
        assert sums["repayment"] <= sums["payment"] <= amount
        assert activity["payments"][0]["amount_cents"] * 100 <= amount * 75


def test_work_runs_forward() -> None:
    for year, activity in played():
        task, decision = activity["task"], activity["decision"]
        days = [
            cycles()[year["cycle"]]["adopted_day"],
            task["call_opens_day"],
            task["call_closes_day"],
            decision["day"],
            *(post["day"] for post in activity["progress"]),
        ]
        assert days == sorted(days), activity["priority"]
        assert all(payment["day"] > decision["day"] for payment in activity["payments"])
        assert all(post["progress"] in set(Progress) for post in activity["progress"])
        assert max(days) < 0


def test_review_has_no_more_answers_than_people() -> None:
    answers = read("vocabularies.json")["answer_options"]
    asked = {q["id"]: q["answer"] for q in read("vocabularies.json")["review_questions"]}
    for year, activity in played():
        people = year["reviewers"]
        most = {"resident": len(people["residents"]), "professional": len(people["professionals"])}
        review = activity["review"]
        for question, voices in review["counts"].items():
            allowed = {option["value"] for option in answers[asked[question]]}
            for voice, counts in voices.items():
                assert set(counts) <= allowed
                assert sum(counts.values()) <= most[voice]
        assert set(review["counts"]) | set(review["texts"]) == set(asked)


def test_reviewers_are_residents_of_the_area_and_people_who_work_there() -> None:
    for year in read("year_played.json")["years"]:
        cycle, people = cycles()[year["cycle"]], year["reviewers"]
        assert all(residents()[name]["area"] == cycle["area"] for name in people["residents"])
        assert all(staff()[name]["town"] == cycle["town"] for name in people["professionals"])


def test_finished_year_ends_with_every_outcome() -> None:
    finished = next(y for y in read("year_played.json")["years"] if "outcome" in y["activities"][0])
    outcomes = Counter(activity["outcome"]["outcome"] for activity in finished["activities"])
    assert set(outcomes) == set(Outcome)
    assert sum(outcomes.values()) == 8
    for activity in finished["activities"]:
        is_new = "new_goal" in activity["outcome"]
        assert is_new == (activity["outcome"]["outcome"] == Outcome.ADAPT)


# meetings


def test_every_neighbourhood_with_a_year_has_one_hall() -> None:
    halls = [place["area"] for place in read("meetings.json")["places"]]
    assert len(halls) == len(set(halls))
    assert set(halls) == {cycle["area"] for cycle in cycles().values()}


def test_held_meetings_belong_to_a_year_and_fit_their_hall() -> None:
    names = read("meeting_texts.json")["meetings"]
    for meeting in read("meetings.json")["held"]:
        assert meeting["cycle"] in cycles()
        assert meeting["meeting"] in names
        assert 0 < meeting["attendance"] <= 60
        cards = meeting.get("cards")
        assert (cards is not None) == (meeting["meeting"] == "adoption")
        if cards is not None:
            against, abstain = cards["against"], cards["abstain"]
            assert meeting["attendance"] - against - abstain > against
