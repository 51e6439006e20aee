"""What the demo is played from: the JSON files in ``data/`` as typed values.

Owns reading them, not what is done with them. Moments are days before (negative) or after today.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from participation.texts import LocalisedText

Json = Mapping[str, Any]
DATA = Path(__file__).resolve().parent / "data"


@dataclass(frozen=True)
class AreaFact:
    """One place of a town's tree; parents stand before their children."""

    id: str
    name: str
    kind: str
    parent: str | None
    code: str
    population: int
    valid_from_day: int


@dataclass(frozen=True)
class StaffFact:
    """Somebody with a role that signs in with password and second factor."""

    id: str
    name: str
    email: str
    language: str
    role: str
    area: str
    organisation: str | None
    is_resident: bool


@dataclass(frozen=True)
class ResidentFact:
    """Somebody who lives in an area and has an account."""

    id: str
    name: str
    email: str
    language: str
    area: str


@dataclass(frozen=True)
class OrganisationFact:
    """A group, association or firm that may do work."""

    id: str
    name: str
    kind: str
    legal_form: str
    area: str
    about: LocalisedText
    email: str


@dataclass(frozen=True)
class WishFact:
    """A wish as the library of examples has it; amounts in cents."""

    id: str
    theme: str
    function: str
    route: str
    cost_cents: int
    place: LocalisedText
    title: LocalisedText
    description: LocalisedText
    route_reason: LocalisedText
    indicator: LocalisedText
    explanation: LocalisedText
    estimated_cents: int | None


@dataclass(frozen=True)
class CheckFact:
    """What the check of feasibility found, and on which day."""

    day: int
    criterion: str | None
    explanation: LocalisedText
    cost_cents: int | None


@dataclass(frozen=True)
class WishInYear:
    """A wish as it went through one year."""

    wish: str
    state: str
    day: int
    by: str | None
    entered_by: str | None
    supports: int
    votes: int
    check: CheckFact | None
    carried_from: str | None
    carry_reason: LocalisedText
    executor: str | None
    offers_by: Sequence[str]


@dataclass(frozen=True)
class WindowFact:
    """Planned first and last day of a phase."""

    phase: str
    start_day: int
    end_day: int


@dataclass(frozen=True)
class SlipFact:
    """A change of planned dates, made on ``moved_day``."""

    moved_day: int
    before: WindowFact
    after: WindowFact
    reason: LocalisedText


@dataclass(frozen=True)
class ElectionFact:
    """The vote of a year: days, codes drawn and ballots cast."""

    opens_day: int
    closes_day: int
    codes: int
    ballots: int


@dataclass(frozen=True)
class YearFact:
    """One area's one year, up to the phase it is in today."""

    id: str
    area: str
    plan_year: int
    phase: str
    budget_cents: int
    windows: Sequence[WindowFact]
    slips: Sequence[SlipFact]
    election: ElectionFact | None
    adopted_day: int | None
    closed_day: int | None
    wishes: Sequence[WishInYear]

    def window(self, phase: str) -> WindowFact:
        """Planned days of a phase as they are today."""
        return next(window for window in self.windows if window.phase == phase)


@dataclass(frozen=True)
class NamePool:
    """Invented names from which further residents are made."""

    first: Sequence[str]
    last: Sequence[str]


@dataclass(frozen=True)
class TownFact:
    """A municipality with everything that happens in it.

    Who has no e-mail address has no account and speaks through the facilitator.
    """

    id: str
    name: str
    country: str
    language: str
    time_zone: str
    welcome: LocalisedText
    contact_email: str
    objection_days: int
    adopting_body: LocalisedText
    rules: Json
    areas: Sequence[AreaFact]
    staff: Sequence[StaffFact]
    residents: Sequence[ResidentFact]
    organisations: Sequence[OrganisationFact]
    years: Sequence[YearFact]
    names: NamePool
    without_account: Mapping[str, str]


@lru_cache(maxsize=1)
def wishes() -> Mapping[str, WishFact]:
    """The library of wishes by id, those to be refused among them."""
    source = _read("priorities.json")
    found = (_wish(row) for row in [*source["priorities"], *source["refused_wishes"]])
    return {wish.id: wish for wish in found}


@lru_cache(maxsize=1)
def vocabulary() -> Json:
    """Themes, functions, criteria and questions, as they stand in the file."""
    return _read("vocabularies.json")


def towns() -> list[TownFact]:
    """The demo towns in the order they are built."""
    return [_town(row) for row in _read("towns.json")["towns"]]


def file_of(name: str) -> Json:
    """Another file of ``data/``."""
    return _read(name)


@cache
def _read(name: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def _town(row: Json) -> TownFact:
    here = row["id"]
    people = _read("people.json")
    residents = [p for p in people["residents"] if p["town"] == here]
    pool = people["name_pools"][row["country"]]
    return TownFact(
        id=here,
        name=row["name"],
        country=row["country"],
        language=row["language"],
        time_zone=row["time_zone"],
        welcome=row["intro"],
        contact_email=row["contact"]["email"],
        objection_days=row["objection_days"],
        adopting_body=row["adopting_body"],
        rules=row["rules"],
        areas=[_area(area) for area in _read(row["areas_file"])["areas"]],
        staff=[_staff(p) for p in people["staff"] if p["town"] == here],
        residents=[_resident(p) for p in residents if p["email"] is not None],
        without_account={p["id"]: p["name"] for p in residents if p["email"] is None},
        organisations=[
            _organisation(o)
            for o in _read("organisations.json")["organisations"]
            if o["town"] == here
        ],
        years=[_year(y) for y in _read("cycles.json")["cycles"] if y["town"] == here],
        names=NamePool(first=pool["first"], last=pool["last"]),
    )


def _area(row: Json) -> AreaFact:
    return AreaFact(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        parent=row["parent"],
        code=row["code"],
        population=row["population"],
        valid_from_day=row["valid_from_day"],
    )


def _staff(row: Json) -> StaffFact:
    return StaffFact(
        id=row["id"],
        name=row["name"],
        email=row["email"],
        language=row["language"],
        role=row["role"],
        area=row["area"],
        organisation=row.get("organisation"),
        is_resident=row.get("resident", False),
    )


def _resident(row: Json) -> ResidentFact:
    return ResidentFact(row["id"], row["name"], row["email"], row["language"], row["area"])


def _organisation(row: Json) -> OrganisationFact:
    return OrganisationFact(
        id=row["id"],
        name=row["name"],
        kind=row["type"],
        legal_form=row["legal_form"],
        area=row["area"],
        about=row["about"],
        email=row["email"],
    )


def _wish(row: Json) -> WishFact:
    return WishFact(
        id=row["id"],
        theme=row["theme"],
        function=row["function"],
        route=row["route"],
        cost_cents=row["cost_cents"],
        place=row["place"],
        title=row["title"],
        description=row["description"],
        route_reason=row.get("route_reason", {}),
        indicator=_indicator(row.get("indicator")),
        explanation=row.get("explanation", {}),
        estimated_cents=row.get("estimated_cents"),
    )


def _indicator(row: Json | None) -> LocalisedText:
    if row is None:
        return {}
    return {language: f"{label}: {row['target']}" for language, label in row["label"].items()}


def _year(row: Json) -> YearFact:
    vote = row.get("election")
    return YearFact(
        id=row["id"],
        area=row["area"],
        plan_year=row["plan_year"],
        phase=row["phase"],
        budget_cents=row["budget_cents"],
        windows=[WindowFact(w["phase"], w["start_day"], w["end_day"]) for w in row["windows"]],
        slips=[_slip(slip) for slip in row.get("slips", [])],
        election=None
        if vote is None
        else ElectionFact(vote["opens_day"], vote["closes_day"], vote["codes"], vote["ballots"]),
        adopted_day=row.get("adopted_day"),
        closed_day=row.get("closed_day"),
        wishes=[_wish_in_year(wish) for wish in row["priorities"]],
    )


def _slip(row: Json) -> SlipFact:
    return SlipFact(
        moved_day=row["moved_day"],
        before=WindowFact(row["phase"], row["old_start_day"], row["old_end_day"]),
        after=WindowFact(row["phase"], row["new_start_day"], row["new_end_day"]),
        reason=row["reason"],
    )


def _wish_in_year(row: Json) -> WishInYear:
    check = row.get("check")
    return WishInYear(
        wish=row["priority"],
        state=row["state"],
        day=row["day"],
        by=row["by"],
        entered_by=row.get("entered_by"),
        supports=row.get("supports", 0),
        votes=row.get("votes", 0),
        check=None
        if check is None
        else CheckFact(
            day=check["day"],
            criterion=check.get("criterion"),
            explanation=check.get("explanation", {}),
            cost_cents=check.get("cost_cents"),
        ),
        carried_from=row.get("carried_from"),
        carry_reason=row.get("carry_reason", {}),
        executor=row.get("executor"),
        offers_by=row.get("offers_by", []),
    )
