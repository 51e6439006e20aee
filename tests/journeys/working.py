"""Execute, review, next year: the work is done and paid, judged, and carried on."""

from __future__ import annotations

from tests.journeys.people import Person, sign_in_again
from tests.journeys.year import BUDGET_EUROS, Year

QUESTIONS = 8


def execute(year: Year) -> None:
    """The executor reports; the coalition team pays."""
    year.advance()
    year.let_it_be(3, 2, plan_year=True)
    staff, executor = year.staff["coalition"], year.staff["executor"]
    task = f"/tasks/{year.task_id}"
    sign_in_again(executor)
    executor.goto(task)
    executor.submit(f"{task}/start")
    executor.send(f"{task}/report", progress="milestone", text=year.words.story)
    executor.sees(year.words.story)
    executor.picture("task")
    staff.send(f"{task}/pay", amount="1.900", text=year.words.tables)
    staff.picture("money-task")
    resident = year.residents[0]
    resident.goto(f"{year.cycle}/money")
    resident.picture("money")


def review(year: Year) -> None:
    """A resident answers the eight questions."""
    year.let_it_be(6, 2, plan_year=True)
    year.advance()
    resident = year.residents[0]
    resident.goto(f"{year.cycle}/review")
    resident.press("main a[href*='/activities/'][href$='/review']")
    groups = resident.page.locator("main fieldset")
    for group in groups.all():
        good = group.locator("[value=yes], [value='4'], [value=carry_over]")
        good.first.check()
    texts = resident.page.locator("main textarea")
    for text in texts.all():
        text.fill(year.words.story)
    assert groups.count() + texts.count() == QUESTIONS
    resident.picture("review-questions")
    resident.submit()
    resident.picture("review")


def carry_over(year: Year) -> None:
    """The review meeting carries the wish into next year, which is already collecting."""
    admin, facilitator = year.admin, year.staff["facilitator"]
    admin.send(
        f"/areas/{year.area_slug}/start-year", plan_year=year.number + 1, budget=BUDGET_EUROS
    )
    year.next_cycle_id = admin.number_in_url()
    year.advance(year.next_cycle_id)
    facilitator.goto(f"{year.cycle}/review")
    facilitator.press("main a[href*='/activities/'][href$='/review/decide']")
    facilitator.fill(outcome="carry_over", reason=year.words.reason)
    facilitator.picture("review-decide")
    facilitator.submit()


def look_at_both_years(year: Year) -> None:
    """The wish's page tells both years: wish, check, vote, plan, task, money, review, next year."""
    resident = year.residents[0]
    resident.goto(f"/years/{year.next_cycle_id}/priorities/")
    resident.press(resident.page.get_by_role("link", name=year.words.tables))
    resident.picture("both-years")
    assert _stops(resident, year.number) == ["2", "3", "4", "5", "6", "7", "7", "8"]
    assert _stops(resident, year.number + 1) == ["2"]
    resident.sees(str(year.number + 1))
    origin = resident.page.locator(f"section[aria-labelledby=life-{year.number + 1}] li").first
    assert str(year.number) in origin.inner_text()


def visit_every_public_page(year: Year) -> None:
    """A visitor with a phone reads the whole year, in the language of the town."""
    visitor = year.household.person("Visitor", phone=True)
    own = [
        f"{year.cycle}{part}"
        for part in ("", "/priorities/", "/plan", "/tasks/", "/money", "/review")
    ]
    town = ["/", "/areas/", f"/areas/{year.area_slug}", "/meetings/", "/vote/", "/organisations/"]
    for address in [*town, *own, f"{year.election}/result", f"/tasks/{year.task_id}"]:
        visitor.speaks_own_language(address)


def _stops(person: Person, plan_year: int) -> list[str]:
    """The house numbers of what has happened in one year of a wish, in order."""
    section = f"section[aria-labelledby=life-{plan_year}]"
    stops = f"{section} .bb-life__step:not([data-state=next]) .bb-plate"
    return person.page.locator(stops).all_inner_texts()
