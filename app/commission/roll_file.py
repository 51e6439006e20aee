"""The register's list as a CSV file: reading it forgivingly, telling faults by line.

Owns the form of the file only. Who may vote is decided by ``voting.eligibility``. Between the page
that shows the check and the one that confirms it the list travels in the form, packed: no server
keeps it.
"""

from __future__ import annotations

import base64
import binascii
import csv
import io
import json
import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from config import LANGUAGES
from voting.eligibility import EligibilityRules, Ineligibility, RollPerson, check_roll

MOST_BYTES = 64 * 1024 * 1024
LONGEST_CELL = 2_000

# Headings as registers write them, in our three languages.
_COLUMNS: Mapping[str, frozenset[str]] = {
    "name": frozenset({"name", "naam"}),
    "address": frozenset({"address", "adres", "anschrift", "adresse"}),
    "birth_date": frozenset(
        {"birth date", "birthdate", "date of birth", "geboortedatum", "geburtsdatum"}
    ),
    "language": frozenset({"language", "taal", "sprache"}),
    "resident_since": frozenset({"resident since", "woont hier sinds", "wohnt hier seit"}),
    "moved_away": frozenset({"moved away", "vertrokken", "weggezogen"}),
    "protected": frozenset({"protected", "geheim", "gesperrt", "auskunftssperre"}),
}
_NEEDED = ("name", "birth_date")
_YES = frozenset({"1", "yes", "ja", "x", "true", "j", "y"})
_DAY_FIRST = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")


class RollFileError(Exception):
    """The file as a whole cannot be read; ``code`` says why."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True)
class LineFault:
    """A line nobody can be made of, counted as the spreadsheet does."""

    line: int
    code: str
    value: str = ""


@dataclass(frozen=True)
class RollFile:
    """People in the order of the file, with the line each stands on."""

    people: tuple[RollPerson, ...] = field(repr=False)
    lines: tuple[int, ...]
    faults: tuple[LineFault, ...]


@dataclass(frozen=True)
class RollCheck:
    """What a preparation would make of a file."""

    accepted: int
    protected: int
    faults: tuple[LineFault, ...]
    refused: tuple[tuple[int, Ineligibility], ...]

    @property
    def is_clean(self) -> bool:
        """Whether every line of the file can be used."""
        return not self.faults and not self.refused


def read_roll(content: bytes) -> RollFile:
    """People and faulty lines of a CSV file, comma or semicolon, UTF-8 or Windows-1252.

    :raises RollFileError: ``roll_empty``, ``roll_columns_missing``, ``roll_unreadable``.
    """
    rows = _rows(content)
    if not rows:
        raise RollFileError("roll_empty")
    places = _places(rows[0])
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise RollFileError("roll_columns_missing", columns=", ".join(missing))
    people: list[RollPerson] = []
    lines: list[int] = []
    faults: list[LineFault] = []
    for line, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        found = _person({name: _cell(row, place) for name, place in places.items()}, line)
        if isinstance(found, LineFault):
            faults.append(found)
        else:
            people.append(found)
            lines.append(line)
    return RollFile(tuple(people), tuple(lines), tuple(faults))


def check(roll: RollFile, rules: EligibilityRules) -> RollCheck:
    """Who would be accepted, and every line that would not, by its place in the file."""
    report = check_roll(roll.people, rules)
    return RollCheck(
        accepted=len(report.accepted),
        protected=len(report.protected),
        faults=roll.faults,
        refused=tuple((roll.lines[number - 1], reason) for number, reason in report.refused),
    )


def pack(people: Sequence[RollPerson]) -> str:
    """The people as one word for a hidden field."""
    rows = [
        [
            person.name,
            person.address,
            person.birth_date.isoformat(),
            person.language,
            _iso(person.resident_since),
            _iso(person.moved_away),
            int(person.protected),
        ]
        for person in people
    ]
    return base64.b64encode(zlib.compress(json.dumps(rows).encode(), 9)).decode()


def unpack(packed: str) -> tuple[RollPerson, ...]:
    """What ``pack`` made.

    :raises RollFileError: ``roll_unreadable``.
    """
    if not packed:
        return ()
    try:
        opened = zlib.decompressobj()
        content = opened.decompress(base64.b64decode(packed, validate=True), MOST_BYTES)
        rows = json.loads(content)
        return tuple(_unpacked(row) for row in rows)
    except (binascii.Error, zlib.error, ValueError, TypeError, RecursionError):
        raise RollFileError("roll_unreadable") from None


def _unpacked(row: Sequence[str | int | None]) -> RollPerson:
    name, address, birth_date, language, since, away, protected = row
    return RollPerson(
        name=str(name),
        address=str(address),
        birth_date=date.fromisoformat(str(birth_date)),
        language=str(language),
        resident_since=date.fromisoformat(str(since)) if since else None,
        moved_away=date.fromisoformat(str(away)) if away else None,
        protected=bool(protected),
    )


def _rows(content: bytes) -> list[list[str]]:
    text = _text(content).replace("\0", "")  # no name holds it, and the database could not
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(content)))
    except csv.Error:
        raise RollFileError("roll_unreadable") from None
    # A quotation mark that is never closed swallows the rest of the file into one cell.
    if any(len(cell) > LONGEST_CELL for row in rows for cell in row):
        raise RollFileError("roll_unreadable")
    return rows


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _delimiter(content: bytes) -> str:
    heading = content.split(b"\n", 1)[0]
    return max((";", ",", "\t"), key=lambda sign: heading.count(sign.encode()))


def _places(heading: Sequence[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(heading):
        plain = " ".join(title.casefold().replace("_", " ").split())
        for name, titles in _COLUMNS.items():
            if plain in titles:
                places.setdefault(name, place)
    return places


def _cell(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _person(cells: Mapping[str, str], line: int) -> RollPerson | LineFault:
    dates: dict[str, date | None] = {}
    for name in ("birth_date", "resident_since", "moved_away"):
        text = cells.get(name, "")
        dates[name] = _date(text)
        if text and dates[name] is None:
            return LineFault(line, "roll_date_wrong", text)
    birth_date = dates["birth_date"]
    if not cells["name"]:
        return LineFault(line, "roll_name_missing")
    if birth_date is None:
        return LineFault(line, "roll_birth_date_missing")
    language = cells.get("language", "").casefold()[:2]
    return RollPerson(
        name=cells["name"],
        address=cells.get("address", ""),
        birth_date=birth_date,
        language=language if language in LANGUAGES else "",
        resident_since=dates["resident_since"],
        moved_away=dates["moved_away"],
        protected=cells.get("protected", "").casefold() in _YES,
    )


def _date(text: str) -> date | None:
    day_first = _DAY_FIRST.fullmatch(text)
    try:
        if day_first:
            day, month, year = (int(part) for part in day_first.groups())
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        return None


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
