"""The vote of a year: prepared with slips, cast through the booth, closed, counted, published."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.cli.demo import wishes
from app.cli.demo.facts import ElectionFact
from app.cli.demo.stage import OpenVote, Stage, turn_clock_to
from app.cli.demo.years import Year
from participation.cycles import ballot
from voting.box.booth import cast_ballot, find_booth
from voting.box.tokens import read_form, seal_form
from voting.elections import queries as elections
from voting.elections import services
from voting.key_cards import KeyName
from voting.results.services import count_election, publish_result
from voting.states import Act

OPENING_HOUR, CLOSING_HOUR = 9, 20
_SHOWN_CODES = 3


@dataclass(frozen=True)
class Vote:
    """One year's vote, as those see it who hold its codes and cards."""

    election_id: int
    codes: Sequence[str]
    tally_cards: Sequence[str]
    # What each voter ticks: option numbers.
    ballots: Sequence[Sequence[int]]


def prepare(stage: Stage, year: Year, now: datetime) -> None:
    """Shortlist, draft, freeze: codes are drawn, cards made."""
    turn_clock_to(now)
    fact = _election(year)
    wishes.shortlist(stage, year, now)
    members = _members(stage)
    election = ballot.draft_cycle_election(
        actor=stage.one_of("municipality"),
        cycle=year.cycle,
        commission_person_ids=members,
        opens_at=stage.calendar.at(fact.opens_day, OPENING_HOUR),
        closes_at=stage.calendar.at(fact.closes_day, CLOSING_HOUR),
        now=now,
    )
    _consent(stage, election.id, Act.PREPARE, now)
    made = services.prepare_election(
        actor=members[0],
        election_id=election.id,
        roll=(),
        slips=fact.codes,
        peppers=stage.peppers,
        now=now,
    )
    year.votes.append(
        Vote(
            election_id=election.id,
            codes=made.slips,
            tally_cards=[card.text for card in made.cards if card.role is KeyName.TALLY],
            ballots=_ballots(year, election.id, fact.ballots),
        )
    )


def open_vote(stage: Stage, year: Year, now: datetime) -> None:
    """Two members open it; ballots are taken from its first hour on."""
    turn_clock_to(now)
    vote = year.vote
    _consent(stage, vote.election_id, Act.OPEN, now)
    services.open_election(
        actor=_members(stage)[0],
        election_id=vote.election_id,
        peppers=stage.peppers,
        now=now,
    )


def cast(stage: Stage, year: Year, voters: range, now: datetime) -> None:
    """Some voters type their code and vote, each through the booth."""
    turn_clock_to(now)
    form_secret = secrets.token_bytes(32)
    for voter in voters:
        booth = find_booth(code=year.vote.codes[voter], peppers=stage.peppers, now=now)
        form = seal_form(booth.access, revision=booth.revision, secret=form_secret)
        cast_ballot(
            access=booth.access,
            form=read_form(form, secret=form_secret),
            choices=year.vote.ballots[voter],
            peppers=stage.peppers,
        )


def close(year: Year, now: datetime) -> None:
    """The published time has come; the schedule closes."""
    turn_clock_to(now)
    services.close_election(actor=None, election_id=year.vote.election_id, now=now)


def count(stage: Stage, year: Year, now: datetime) -> None:
    """Two members lay two key cards together and count."""
    turn_clock_to(now)
    vote = year.vote
    _consent(stage, vote.election_id, Act.COUNT, now)
    count_election(
        actor=_members(stage)[0],
        election_id=vote.election_id,
        cards=vote.tally_cards[:2],
        peppers=stage.peppers,
        now=now,
    )


def publish(stage: Stage, year: Year, now: datetime) -> None:
    """The result becomes public, and the year takes it over."""
    turn_clock_to(now)
    vote = year.vote
    _consent(stage, vote.election_id, Act.PUBLISH, now)
    publish_result(actor=_members(stage)[0], election_id=vote.election_id, now=now)
    ballot.take_over_result(actor=stage.one_of("commission_member"), cycle=year.cycle, now=now)


def leave_open(stage: Stage, year: Year, _now: datetime) -> None:
    """Keep some unused codes and the cards for whoever tries the demo."""
    vote, cast_already = year.vote, _election(year).ballots
    stage.open_votes.append(
        OpenVote(
            area=stage.areas[year.fact.area].name,
            election_id=vote.election_id,
            closes_at=elections.get_election(vote.election_id).closes_at,
            codes=vote.codes[cast_already : cast_already + _SHOWN_CODES],
            cards=vote.tally_cards,
        )
    )


def ballots_with(votes: Sequence[int], voters: int) -> Iterator[list[int]]:
    """Ballots on which option ``n`` stands ``votes[n - 1]`` times, as even in length as can be.

    :returns: for each voter the option numbers, from 1, that they tick.
    """
    ticked: list[list[int]] = [[] for _ in range(voters)]
    place = 0
    for number, wanted in enumerate(votes, start=1):
        for _ in range(wanted):
            ticked[place % voters].append(number)
            place += 1
    return iter(ticked)


def _ballots(year: Year, election_id: int, voters: int) -> Sequence[Sequence[int]]:
    wanted = {str(row.id): year.entry(wish).votes for wish, row in year.priorities.items()}
    votes = [wanted[option.reference] for option in elections.options(election_id)]
    return list(ballots_with(votes, voters))


def _consent(stage: Stage, election_id: int, act: Act, now: datetime) -> None:
    services.give_consent(actor=_members(stage)[1], election_id=election_id, act=act, now=now)


def _members(stage: Stage) -> list[int]:
    return [stage.people[name].id for name in stage.staff_of("commission_member")]


def _election(year: Year) -> ElectionFact:
    if year.fact.election is None:
        raise ValueError(f"{year.fact.id} has no vote")
    return year.fact.election
