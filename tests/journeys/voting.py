"""The vote: drafted, prepared by two, cast on phones, closed by the clock, counted, published."""

from __future__ import annotations

from tests.journeys.installation import wait_for
from tests.journeys.people import Person
from tests.journeys.year import Year

SLIPS = 4


def prepare(year: Year) -> None:
    """The municipality drafts; one member of the commission agrees, another makes the codes."""
    first, second = year.staff["commission_a"], year.staff["commission_b"]
    year.admin.send(f"{year.cycle}/ballot")
    first.goto("/elections/")
    first.press("main a[href*='/elections/']:not([href$='/elections/'])")
    year.election_id = first.number_in_url()
    _agree(first, year, "prepare", "prepare")
    second.goto(f"{year.election}/prepare")
    second.fill(slips=SLIPS, tally_cards=3)
    second.submit()
    second.picture("prepare-preview")
    second.submit("/prepare/confirm")
    _keep_what_is_shown_once(second, year)
    _agree(first, year, "open", "open")
    second.send(f"{year.election}/open")


def vote(year: Year) -> None:
    """Three voters on phones, without an account; the first votes again."""
    year.let_it_be(10, 2)
    year.advance()
    voters = [year.household.person(f"Voter {n}", phone=True) for n in (1, 2, 3)]
    tables, ramp = year.words.tables, year.words.ramp
    receipts = [_cast(voters[0], year.codes[0], ramp)]
    receipts += [_cast(voters[1], year.codes[1], tables), _cast(voters[2], year.codes[2], ramp)]
    voters[0].submit("/vote/leave")
    receipts.append(_cast(voters[0], year.codes[0], tables))
    assert len(set(receipts)) == len(receipts)


def count(year: Year) -> None:
    """The clock closes the vote; two cards open the box; the result is published."""
    year.let_it_be(10, 21, 20, 5)
    first, second = year.staff["commission_a"], year.staff["commission_b"]
    wait_for(lambda: _may_count(second, year), "the vote to close by itself")
    second.picture("election-closed")
    _agree(first, year, "count", "count")
    second.goto(f"{year.election}/count")
    second.fill(card_one=year.cards[0], card_two=year.cards[2])
    second.submit()
    _agree(first, year, "publish", "publish")
    second.send(f"{year.election}/publish")
    visitor = year.residents[0]
    visitor.goto(f"{year.election}/result")
    visitor.sees(year.words.tables)
    votes = [
        text.split()[0]
        for text in visitor.page.locator(".bb-why summary .bb-small").all_inner_texts()
    ]
    assert votes == ["2", "1"]
    visitor.picture("result")


def _agree(member: Person, year: Year, page: str, act: str) -> None:
    member.goto(f"{year.election}/{page}")
    member.picture(f"agree-{act}")
    member.submit(f"{year.election}/agree/{act}")


def _keep_what_is_shown_once(member: Person, year: Year) -> None:
    page = member.page
    year.codes = page.locator(".bb-slip__code").all_inner_texts()
    year.cards = page.locator("[data-card=tally] .bb-key-card__text").all_inner_texts()
    assert len(set(year.codes)) == SLIPS
    assert len(set(year.cards)) == 3
    member.picture("codes-and-cards")


def _cast(voter: Person, code: str, wish: str) -> str:
    voter.goto("/vote/")
    voter.picture("vote-1-code")
    voter.fill(code=code)
    voter.submit()
    voter.page.locator(".bb-option", has_text=wish).locator("input").check()
    voter.picture("vote-2-choose")
    voter.press("[data-purse] button")
    voter.sees(wish)
    voter.picture("vote-3-check")
    voter.submit("/vote/cast")
    voter.picture("vote-4-receipt")
    return voter.page.locator(".bb-code").inner_text()


def _may_count(member: Person, year: Year) -> bool | None:
    member.goto(year.election)
    return member.page.locator(f"main a[href$='{year.election}/count']").count() > 0 or None
