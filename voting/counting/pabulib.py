"""Reader of Pabulib ``.pb`` files (also gzipped): approval and choose-1 elections.

Owns the file format, described at https://pabulib.org/format. Every field is kept. Errors name line
and column. A ballot over a stated limit is reported, never dropped.
"""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

from voting.counting.model import Amount, Ballots, Election, Project

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = ("approval", "choose-1")
_REQUIRED = {"PROJECTS": ("project_id", "cost"), "VOTES": ("voter_id", "vote")}
_LARGEST_FIELD = 10_000_000


class PabulibError(Exception):
    """The file cannot be read. ``line`` and ``column`` count from 1; column is the field's."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(f"line {line}, column {column}: {message}")
        self.line = line
        self.column = column
        self.message = message


@dataclass(frozen=True)
class Limits:
    """What the file says one ballot may hold; ``None`` where it says nothing."""

    min_length: int | None = None
    max_length: int | None = None
    max_sum_cost: Amount | None = None


@dataclass(frozen=True)
class PabulibInstance:
    """One file. ``votes`` keeps file order; ``over_limit`` holds the voters beyond a limit."""

    meta: Mapping[str, str]
    election: Election
    project_rows: Mapping[str, Mapping[str, str]]
    votes: tuple[tuple[str, ...], ...]
    vote_rows: tuple[Mapping[str, str], ...]
    limits: Limits
    over_limit: tuple[str, ...]

    @property
    def ballots(self) -> Ballots:
        return Ballots.of(self.votes)


@dataclass(frozen=True)
class _Row:
    line: int
    fields: Mapping[str, str]
    columns: Mapping[str, int]

    def error(self, name: str, message: str) -> PabulibError:
        return PabulibError(self.line, self.columns.get(name, 1), message)


def read_pabulib(path: Path) -> PabulibInstance:
    """Read a ``.pb`` or ``.pb.gz`` file.

    :raises PabulibError: where the file is not what the format says.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8-sig", newline="") as stream:
        return parse_pabulib(stream.read())


def parse_pabulib(text: str) -> PabulibInstance:
    """Read the text of a ``.pb`` file.

    :raises PabulibError: where the text is not what the format says.
    """
    sections = _sections(text)
    meta_rows = sections["META"]
    meta = {row.fields["key"]: row.fields["value"] for row in meta_rows}
    _require_vote_type(meta, meta_rows)
    election = Election(
        budget=_amount(_meta_row(meta_rows, "budget"), "value"),
        projects=tuple(_projects(sections["PROJECTS"])),
    )
    votes = tuple(_vote(row, election) for row in sections["VOTES"])
    limits = _limits(meta_rows)
    vote_rows = tuple(row.fields for row in sections["VOTES"])
    return PabulibInstance(
        meta=meta,
        election=election,
        project_rows={row.fields["project_id"]: row.fields for row in sections["PROJECTS"]},
        votes=votes,
        vote_rows=vote_rows,
        limits=limits,
        over_limit=tuple(
            row["voter_id"]
            for row, vote in zip(vote_rows, votes, strict=True)
            if _is_over(vote, election, limits)
        ),
    )


def _sections(text: str) -> dict[str, list[_Row]]:
    csv.field_size_limit(_LARGEST_FIELD)
    sections: dict[str, list[_Row]] = {}
    current: list[_Row] | None = None
    header: Sequence[str] | None = None
    name = ""
    for line, cells in _lines(text):
        if len(cells) == 1 and cells[0].strip().upper() in SECTIONS:
            name = cells[0].strip().upper()
            current, header = sections.setdefault(name, []), None
        elif current is None:
            raise PabulibError(line, 1, f"expected META, found {cells[0]!r}")
        elif header is None:
            header = _header(name, line, cells)
        else:
            current.append(_row(line, header, cells))
    for missing in SECTIONS:
        if missing not in sections:
            raise PabulibError(text.count("\n") + 1, 1, f"the section {missing} is missing")
    return sections


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=";", quotechar='"')
    first_line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield first_line, cells
            first_line = reader.line_num + 1
    except csv.Error as error:
        raise PabulibError(reader.line_num, 1, str(error)) from error


def _header(name: str, line: int, cells: Sequence[str]) -> Sequence[str]:
    header = [cell.strip() for cell in cells]
    if name == "META":
        return ["key", "value"]
    for column in _REQUIRED[name]:
        if column not in header:
            raise PabulibError(line, 1, f"the column {column} is missing in {name}")
    return header


def _row(line: int, header: Sequence[str], cells: Sequence[str]) -> _Row:
    if len(cells) > len(header):
        raise PabulibError(line, len(header) + 1, f"{len(cells)} fields under {len(header)} heads")
    padded = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
    return _Row(
        line,
        dict(zip(header, padded, strict=True)),
        {column: position for position, column in enumerate(header, start=1)},
    )


def _meta_row(rows: Sequence[_Row], key: str) -> _Row:
    for row in rows:
        if row.fields["key"] == key:
            return row
    raise PabulibError(rows[-1].line if rows else 1, 1, f"META says nothing about {key}")


def _require_vote_type(meta: Mapping[str, str], rows: Sequence[_Row]) -> None:
    row = _meta_row(rows, "vote_type")
    if meta["vote_type"] not in VOTE_TYPES:
        raise row.error("value", f"vote type {meta['vote_type']!r} is not one of {VOTE_TYPES}")


def _projects(rows: Sequence[_Row]) -> Iterator[Project]:
    seen: set[str] = set()
    for row in rows:
        project_id = row.fields["project_id"]
        if not project_id or project_id in seen:
            raise row.error("project_id", f"project id {project_id!r} is empty or given twice")
        seen.add(project_id)
        cost = _amount(row, "cost")
        if cost < 0:
            raise row.error("cost", "a cost is not negative")
        yield Project(
            id=project_id,
            cost=cost,
            name=row.fields.get("name", ""),
            category=row.fields.get("category", ""),
        )


def _vote(row: _Row, election: Election) -> tuple[str, ...]:
    text = row.fields["vote"]
    choices = tuple(part.strip() for part in text.split(",")) if text else ()
    for choice in choices:
        if choice not in election.by_id:
            raise row.error("vote", f"no project has the id {choice!r}")
    if len(set(choices)) != len(choices):
        raise row.error("vote", "a project is named twice")
    return choices


def _limits(rows: Sequence[_Row]) -> Limits:
    by_key = {row.fields["key"]: row for row in rows}

    def whole(key: str) -> int | None:
        row = by_key.get(key)
        if row is None or not row.fields["value"]:
            return None
        if not row.fields["value"].isdecimal():
            raise row.error("value", f"{key} is not a whole number")
        return int(row.fields["value"])

    most = by_key.get("max_sum_cost")
    return Limits(
        min_length=whole("min_length"),
        max_length=whole("max_length"),
        max_sum_cost=_amount(most, "value") if most and most.fields["value"] else None,
    )


def _is_over(vote: Sequence[str], election: Election, limits: Limits) -> bool:
    if limits.min_length is not None and len(vote) < limits.min_length:
        return True
    if limits.max_length is not None and len(vote) > limits.max_length:
        return True
    if limits.max_sum_cost is None:
        return False
    return sum(election.by_id[choice].cost for choice in vote) > limits.max_sum_cost


def _amount(row: _Row, name: str) -> Amount:
    text = row.fields[name].replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise row.error(name, f"{row.fields[name]!r} is not an amount") from None
    if not number.is_finite():
        raise row.error(name, f"{row.fields[name]!r} is not an amount")
    value = Fraction(number)
    return int(value) if value.denominator == 1 else value
