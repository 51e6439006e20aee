"""Small builders of elections with keyword defaults, through services only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from database import database_now, db
from voting.ballots import Choices
from voting.box.booth import Booth, CastResult, cast_ballot, find_booth
from voting.box.tokens import read_form, seal_form
from voting.elections import services
from voting.elections.drafts import DraftOption, ElectionDraft
from voting.elections.kinds import Channel, Kind
from voting.elections.services import Preparation
from voting.eligibility import RollPerson
from voting.peppers import PepperStore
from voting.results import services as results
from voting.states import Act, Closing

ANNA, BORIS, CARLA = 1, 2, 3
STRANGER = 99
SECRET = b"secret of the application in tests"


@dataclass(frozen=True)
class Prepared:
    """A prepared or open election with everything that left the system."""

    election_id: int
    preparation: Preparation
    peppers: PepperStore

    @property
    def codes(self) -> list[str]:
        letters = [letter.code for letter in self.preparation.letters]
        return [*letters, *self.preparation.slips]

    @property
    def tally_cards(self) -> list[str]:
        return [card.text for card in self.preparation.cards if card.text.startswith("T")]


def options(*costs: int) -> tuple[DraftOption, ...]:
    """Options named a, b, c … with these costs in cents."""
    return tuple(
        DraftOption(reference=chr(97 + index), title={"en": chr(65 + index)}, cost_cents=cost)
        for index, cost in enumerate(costs)
    )


def make_draft(**changes: Any) -> ElectionDraft:
    """A vote on three options by slips and letters, open now for an hour."""
    now = database_now()
    values: dict[str, Any] = {
        "area_id": 11,
        "municipality_id": 7,
        "title": {"nl": "Stemming", "en": "Vote"},
        "kind": Kind.OPTIONS,
        "channels": (Channel.LETTERS, Channel.SLIPS),
        "commission": (ANNA, BORIS, CARLA),
        "language": "nl",
        "opens_at": now - timedelta(minutes=1),
        "closes_at": now + timedelta(hours=1),
        "options": options(500_00, 300_00, 400_00),
        "budget_cents": 800_00,
    }
    return ElectionDraft(**(values | changes))


def make_motion(**changes: Any) -> ElectionDraft:
    """A motion by show of cards in a hall."""
    values: dict[str, Any] = {
        "kind": Kind.MOTION,
        "channels": (Channel.CARDS,),
        "options": (),
        "budget_cents": None,
        "closing": Closing.BY_COMMISSION,
    }
    return make_draft(**(values | changes))


def make_person(number: int, **changes: Any) -> RollPerson:
    """A grown-up on the register."""
    values: dict[str, Any] = {
        "name": f"Person {number}",
        "address": f"Street {number}",
        "birth_date": date(1980, 1, 1),
        "language": "nl",
    }
    return RollPerson(**(values | changes))


def drafted(draft: ElectionDraft | None = None) -> int:
    """A fresh draft's id."""
    now = database_now()
    return services.draft_election(actor=ANNA, draft=draft or make_draft(), now=now).id


def consent(election_id: int, act: Act, *, member: int = BORIS) -> None:
    """Another member agrees."""
    services.give_consent(actor=member, election_id=election_id, act=act, now=database_now())


def prepared(
    folder: Path, draft: ElectionDraft | None = None, *, people: int = 3, slips: int = 5
) -> Prepared:
    """A prepared election with a roll of ``people`` and a pile of ``slips``."""
    election_id = drafted(draft)
    return prepare(election_id, PepperStore(folder / "peppers"), people=people, slips=slips)


def prepare(election_id: int, peppers: PepperStore, *, people: int = 3, slips: int = 5) -> Prepared:
    """Prepare by two members."""
    consent(election_id, Act.PREPARE)
    preparation = services.prepare_election(
        actor=ANNA,
        election_id=election_id,
        roll=[make_person(number) for number in range(people)],
        slips=slips,
        peppers=peppers,
        now=database_now(),
    )
    return Prepared(election_id, preparation, peppers)


def opened(
    folder: Path, draft: ElectionDraft | None = None, *, people: int = 3, slips: int = 5
) -> Prepared:
    """An open election."""
    election = prepared(folder, draft, people=people, slips=slips)
    open_it(election)
    return election


def open_it(election: Prepared) -> None:
    """Open by two members."""
    consent(election.election_id, Act.OPEN)
    services.open_election(
        actor=ANNA, election_id=election.election_id, peppers=election.peppers, now=database_now()
    )


def enter(election: Prepared, code: str) -> Booth:
    """Enter the booth with a code."""
    return find_booth(code=code, peppers=election.peppers, now=database_now())


def vote(election: Prepared, code: str, choices: Choices) -> CastResult:
    """Enter a code and cast, as a voter does."""
    return cast_from(election, enter(election, code), choices)


def cast_from(election: Prepared, booth: Booth, choices: Choices) -> CastResult:
    """Cast from a booth with a freshly rendered form."""
    form = read_form(seal_form(booth.access, revision=booth.revision, secret=SECRET), secret=SECRET)
    return cast_ballot(access=booth.access, form=form, choices=choices, peppers=election.peppers)


def close(election: Prepared) -> None:
    """Close at the published time, by moving the clock there."""
    closes_at = services.queries.get_election(election.election_id).closes_at
    shift_clock_to(closes_at)
    services.close_election(actor=None, election_id=election.election_id, now=database_now())


def count(election: Prepared, *, cards: tuple[int, int] = (0, 1)) -> None:
    """Count by two members with two cards."""
    consent(election.election_id, Act.COUNT)
    results.count_election(
        actor=ANNA,
        election_id=election.election_id,
        cards=[election.tally_cards[number] for number in cards],
        peppers=election.peppers,
        now=database_now(),
    )


def publish(election_id: int) -> None:
    """Publish by two members."""
    consent(election_id, Act.PUBLISH)
    results.publish_result(actor=ANNA, election_id=election_id, now=database_now())


def shift_clock_to(moment: datetime) -> None:
    """Move the database's clock to a moment, as tests and the demo may."""
    db.session.flush()
    db.session.execute(
        db.text(
            "INSERT INTO clock (id, shift) VALUES (1, CAST(:moment AS timestamptz)"
            " - clock_timestamp()) ON CONFLICT (id) DO UPDATE SET shift = excluded.shift"
        ),
        {"moment": moment},
    )
