"""Building one demo town after the other, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.cli.demo import people, places
from app.cli.demo.facts import TownFact
from app.cli.demo.people import KnownSignIn
from app.cli.demo.schedule import acts_of_town
from app.cli.demo.stage import Stage
from app.clock import set_clock_shift
from app.demo_mailbox.sign_in import DEMO_PASSWORD, DEMO_SECRET
from app.peppers import peppers
from app.transactions import transaction
from config import Settings
from database import Clock, database_now, db
from participation.people.second_factor import derive_key
from voting.peppers import PepperStore

Progress = Callable[[int, int], None]
_SETTING_UP = 100


@dataclass(frozen=True)
class Installation:
    """What the towns are built with."""

    peppers: PepperStore
    known: KnownSignIn
    now: datetime


def installation_of(settings: Settings) -> Installation:
    """The running installation, as the demo uses it."""
    known = KnownSignIn(
        password=DEMO_PASSWORD,
        secret=DEMO_SECRET,
        key=derive_key(settings.secret_key),
    )
    return Installation(peppers=peppers(), known=known, now=database_now())


def build_town(facts: TownFact, installation: Installation, show: Progress) -> Stage:
    """Found a town and play its years up to the present, in one transaction.

    The clock is turned to each moment while it lasts, and back before anybody else can see it.
    """
    with transaction():
        clock = db.session.get(Clock, 1)
        shift = clock.shift if clock is not None else timedelta(0)
        stage = _set_up(facts, installation, show)
        acts = acts_of_town(stage)
        for done, act in enumerate(acts, start=1):
            act()
            show(_SETTING_UP + done, _SETTING_UP + len(acts))
        set_clock_shift(shift)
    return stage


def _set_up(facts: TownFact, installation: Installation, show: Progress) -> Stage:
    """The town with its areas and people. Counted as a tenth of what there is to do."""
    stage = places.found_town(facts, peppers=installation.peppers, now=installation.now)
    people.appoint_administrators(stage, installation.known)
    places.add_areas(stage)
    places.keep_rules(stage)
    places.add_organisations(stage)
    show(_SETTING_UP // 2, 10 * _SETTING_UP)
    people.appoint_staff(stage, installation.known)
    people.settle_residents(stage)
    show(_SETTING_UP, 10 * _SETTING_UP)
    return stage
