"""Who lives and works in the town: accounts, roles, known sign-ins, and residents by the dozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.cli.demo.facts import ResidentFact, StaffFact, YearFact
from app.cli.demo.places import FOUNDED_DAY
from app.cli.demo.stage import Stage
from participation.areas.services import slug_of
from participation.people import administration, founding
from participation.people.models import Person
from participation.permissions import Role


@dataclass(frozen=True)
class KnownSignIn:
    """What everybody may know who tries the demo; ``key`` seals the second factor."""

    password: str
    secret: str
    key: bytes


def appoint_administrators(stage: Stage, known: KnownSignIn) -> None:
    """The first accounts, without which nobody may do anything."""
    now = stage.calendar.at(FOUNDED_DAY, 10)
    for fact in _staff_with(stage, Role.MUNICIPALITY):
        # With a second factor already there, nobody has to be invited.
        person = founding.open_account_from_command_line(
            municipality_id=stage.town.id,
            email=fact.email,
            name=fact.name,
            language=fact.language,
            now=now,
        )
        _let_sign_in(stage, person, known)
        founding.appoint_administrator_from_command_line(
            municipality_id=stage.town.id,
            email=fact.email,
            name=fact.name,
            language=fact.language,
            now=now,
        )
        stage.people[fact.id] = person


def appoint_staff(stage: Stage, known: KnownSignIn) -> None:
    """Everybody else who signs in with a password; board members who live here also vote."""
    for fact in stage.facts.staff:
        if fact.role == Role.MUNICIPALITY:
            continue
        person = _open_account(stage, fact)
        _let_sign_in(stage, person, known)
        _give(stage, person, Role(fact.role), fact.area, organisation=fact.organisation)
        if fact.is_resident:
            _give(stage, person, Role.RESIDENT, fact.area)


def settle_residents(stage: Stage) -> None:
    """Residents of the facts, and as many more as support the best supported wish needs."""
    for fact in [*stage.facts.residents, *_further_residents(stage)]:
        person = _open_account(stage, fact)
        _give(stage, person, Role.RESIDENT, fact.area)
        stage.residents_of.setdefault(fact.area, []).append(fact.id)


def _further_residents(stage: Stage) -> Iterator[ResidentFact]:
    """Invented people from the name pool, for areas whose facts name too few."""
    named = Counter(resident.area for resident in stage.facts.residents)
    names = _invented_names(stage)
    for area, needed in _supporters_needed(stage.facts.years).items():
        for _ in range(needed - named[area]):
            name = next(names)
            address = f"{slug_of(name).replace('-', '.')}@example.org"
            yield ResidentFact(
                id=f"pool-{slug_of(name)}",
                name=name,
                email=address,
                language=stage.facts.language,
                area=area,
            )


def _supporters_needed(years: Sequence[YearFact]) -> dict[str, int]:
    needed: dict[str, int] = {}
    for year in years:
        most = max((wish.supports for wish in year.wishes), default=0)
        # Nobody supports their own wish.
        needed[year.area] = max(needed.get(year.area, 0), most + 1)
    return needed


def _invented_names(stage: Stage) -> Iterator[str]:
    """First and last names paired so that neighbours in the list share neither."""
    taken = {resident.name for resident in stage.facts.residents}
    taken |= {fact.name for fact in stage.facts.staff}
    pool = stage.facts.names
    for shift in range(len(pool.last)):
        for place, first in enumerate(pool.first):
            name = f"{first} {pool.last[(place + 7 * shift) % len(pool.last)]}"
            if name not in taken:
                yield name


def _staff_with(stage: Stage, role: Role) -> Iterator[StaffFact]:
    return (fact for fact in stage.facts.staff if fact.role == role)


def _open_account(stage: Stage, fact: StaffFact | ResidentFact) -> Person:
    person = administration.add_person(
        actor=stage.one_of("municipality"),
        municipality_id=stage.town.id,
        email=fact.email,
        name=fact.name,
        language=fact.language,
        now=stage.calendar.at(FOUNDED_DAY, 14),
    )
    stage.people[fact.id] = person
    return person


def _let_sign_in(stage: Stage, person: Person, known: KnownSignIn) -> None:
    founding.set_known_sign_in_of_example(
        person=person,
        password=known.password,
        secret=known.secret,
        key=known.key,
        now=stage.calendar.at(FOUNDED_DAY, 14),
    )


def _give(
    stage: Stage, person: Person, role: Role, area: str, *, organisation: str | None = None
) -> None:
    administration.give_role(
        actor=stage.one_of("municipality"),
        person=person,
        role=role,
        area=stage.areas[area],
        organisation_id=stage.organisations[organisation].id if organisation else None,
        now=stage.calendar.at(FOUNDED_DAY, 14),
    )
