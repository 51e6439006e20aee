"""Readers of the demo's data files for the tests that hold them against each other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from app.cli.demo.facts import DATA

Json = dict[str, Any]
AREA_FILES = ("areas_lindestad.json", "areas_lindenstadt.json", "areas_kreis_lindenau.json")


@cache
def read(name: str) -> Json:
    content: Json = json.loads((DATA / name).read_text(encoding="utf-8"))
    return content


def nodes(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value in a file with where it stands."""
    yield path, value
    children: Any = ()
    if isinstance(value, dict):
        children = value.items()
    elif isinstance(value, list):
        children = enumerate(value)
    for key, child in children:
        yield from nodes(child, f"{path}/{key}")


def texts(name: str) -> list[tuple[str, Json]]:
    """Every text in several languages, with where it stands."""
    return [(p, v) for p, v in nodes(read(name)) if isinstance(v, dict) and "nl" in v]


def all_areas() -> dict[str, Json]:
    return {area["id"]: area for name in AREA_FILES for area in read(name)["areas"]}


def cycles() -> dict[str, Json]:
    return {cycle["id"]: cycle for cycle in read("cycles.json")["cycles"]}


def staff() -> dict[str, Json]:
    return {person["id"]: person for person in read("people.json")["staff"]}


def residents() -> dict[str, Json]:
    return {person["id"]: person for person in read("people.json")["residents"]}


def organisations() -> dict[str, Json]:
    return {row["id"]: row for row in read("organisations.json")["organisations"]}


def wishes() -> dict[str, Json]:
    source = read("priorities.json")
    return {row["id"]: row for row in [*source["priorities"], *source["refused_wishes"]]}


def played() -> list[tuple[Json, Json]]:
    """Each told activity with its year."""
    years = read("year_played.json")["years"]
    return [(year, activity) for year in years for activity in year["activities"]]


def cost_in_year(entry: Json) -> int:
    found: int = (
        entry.get("check", {}).get("cost_cents") or wishes()[entry["priority"]]["cost_cents"]
    )
    return found


def codes(section: str, key: str = "code") -> list[str]:
    return [row[key] for row in read("vocabularies.json")[section]]
