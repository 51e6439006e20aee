"""Adopt and assign: from the result to a plan, and from the plan to somebody who does it."""

from __future__ import annotations

from tests.journeys.people import Person
from tests.journeys.year import Year

CARDS = {"issued": 40, "for": 33, "against": 4, "abstain": 3}


def draft(year: Year) -> None:
    """Staff take over what was chosen, and describe it."""
    year.let_it_be(11, 2)
    year.advance()
    staff, words = year.staff["coalition"], year.words
    staff.goto(f"{year.cycle}/plan/draft")
    staff.submit(f"{year.cycle}/plan/draft")
    staff.press("main a[href*='/activities/'][href$='/describe']")
    staff.fill(goal=words.story, indicator=words.reason, location=words.place)
    staff.submit()
    staff.fill(introduction=words.story)
    staff.submit(f"{year.cycle}/plan/introduction")
    staff.picture("plan-draft")


def announce_meeting(year: Year) -> None:
    """The facilitator announces the evening that decides on the plan; a resident signs up."""
    facilitator, words = year.staff["facilitator"], year.words
    facilitator.goto(f"/areas/{year.area_slug}/meetings/plan")
    facilitator.fill(kind="adoption_meeting", title=words.meeting, place=words.place)
    facilitator.fill(day=f"{year.number - 1}-11-20", start_time="19:00", end_time="21:00")
    facilitator.fill(is_step_free=True, cycle=year.cycle_id)
    facilitator.submit()
    year.meeting = f"/meetings/{facilitator.number_in_url()}"
    resident = year.residents[0]
    resident.goto(year.meeting)
    resident.picture("meeting")
    resident.fill(seats=2)
    resident.submit(f"{year.meeting}/sign-up")
    resident.picture("signed-up")


def adopt(year: Year) -> None:
    """The meeting votes with cards; the municipality records the adoption."""
    facilitator, board, words = year.staff["facilitator"], year.staff["board"], year.words
    meeting, resident = year.meeting, year.residents[0]
    year.let_it_be(11, 20, 19, 40)
    facilitator.goto(f"{meeting}/record")
    facilitator.fill(count=CARDS["issued"])
    facilitator.submit(f"{meeting}/attendance")
    _vote_with_cards(facilitator, board, meeting)
    facilitator.goto(f"{meeting}/record")
    facilitator.fill(minutes=words.story)
    facilitator.press(f"main form[action$='{meeting}/minutes'] [name=publish]")
    resident.goto(meeting)
    resident.sees(words.story)
    resident.picture("minutes")
    year.admin.goto(f"{year.cycle}/plan/adopt")
    year.admin.picture("adopt")
    year.admin.submit()
    resident.goto(f"{year.cycle}/plan")
    resident.sees(words.tables)
    resident.picture("plan")


def assign(year: Year) -> None:
    """A call, an offer, and a decision with a reason."""
    year.let_it_be(12, 17)
    year.advance()
    staff, executor, words = year.staff["coalition"], year.staff["executor"], year.words
    staff.goto(f"{year.cycle}/tasks/")
    staff.press("main a[href*='/activities/'][href$='/tasks/new']")
    staff.submit()
    year.task_id = staff.number_in_url()
    staff.picture("call")
    staff.submit()
    task = f"/tasks/{year.task_id}"
    executor.goto(task)
    executor.press(f"main a[href$='{task}/offer']")
    executor.fill(amount="3.800", plan=words.story, hours=120)
    executor.picture("offer")
    executor.submit()
    year.let_it_be(1, 10, plan_year=True)
    staff.goto(f"{task}/decide")
    staff.page.locator("main [name=choice]").first.check()
    staff.fill(reason=words.reason)
    staff.picture("decide")
    staff.submit()
    staff.sees(words.reason)
    staff.sees(words.executor)


def _vote_with_cards(first: Person, second: Person, meeting: str) -> None:
    first.goto(f"{meeting}/motion")
    first.page.locator("main [name=second_teller]").first.check()
    first.submit()
    motion = f"/motions/{first.number_in_url()}"
    second.goto(motion)
    second.submit(f"{motion}/confirm")
    first.goto(motion)
    first.submit(f"{motion}/open")
    for teller in (first, second):
        teller.goto(motion)
        teller.fill(issued=CARDS["issued"], for_=CARDS["for"])
        teller.fill(against=CARDS["against"], abstain=CARDS["abstain"])
        teller.picture("motion-count")
        teller.submit(f"{motion}/count")
    button = f"main form[action$='{motion}/publish'] button"
    for teller in (first, second):
        teller.goto(motion)
        if teller.page.locator(button).count():
            teller.press(button)
            teller.picture("motion-published")
            return
    raise AssertionError("neither teller is asked to publish")
