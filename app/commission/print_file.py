"""What is printed of a preparation: letters and slips as CSV in one ZIP, key cards as drawings.

Everything is made in memory and handed out in one answer; nothing of it is stored anywhere.
"""

from __future__ import annotations

import base64
import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import segno
from flask import current_app, url_for
from markupsafe import Markup

from config import LANGUAGES, Settings
from participation.areas.models import Municipality
from voting.elections.services import Letter
from voting.key_cards import KeyCard, KeyName

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class PrintedCard:
    """A key card for its sheet: which, of how many, typed text, QR."""

    is_tally: bool
    number: int
    of: int
    text: str = field(repr=False)
    qr: Markup = field(repr=False)


@dataclass(frozen=True)
class PrintedSlip:
    """An unnamed slip: code and QR of the booth's address with it."""

    code: str = field(repr=False)
    qr: Markup = field(repr=False)


def printed_cards(cards: Sequence[KeyCard]) -> list[PrintedCard]:
    """The cards, those of the box first."""
    ordered = sorted(cards, key=lambda card: (card.role is not KeyName.TALLY, card.number))
    return [
        PrintedCard(
            is_tally=card.role is KeyName.TALLY,
            number=card.number,
            of=sum(other.role is card.role for other in cards),
            text=card.text,
            qr=_qr(card.qr),
        )
        for card in ordered
    ]


def printed_slips(codes: Iterable[str], town: Municipality) -> list[PrintedSlip]:
    """The slips with their QR."""
    return [PrintedSlip(code, _qr(booth_address(town, "", code))) for code in codes]


def print_file(
    letters: Sequence[Letter], slips: Sequence[str], town: Municipality, now: datetime
) -> bytes:
    """A ZIP with ``letters.csv``, ``letters-protected.csv`` and ``slips.csv``, as far as needed.

    Letters to protected addresses stand apart, because they must not go to a printing house.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in (
            ("letters.csv", [letter for letter in letters if not letter.protected]),
            ("letters-protected.csv", [letter for letter in letters if letter.protected]),
        ):
            if rows:
                archive.writestr(_dated(name, now), _letters_csv(rows, town))
        if slips:
            rows_of_slips = [[code, booth_address(town, "", code)] for code in slips]
            content = _csv(["code", "booth_address"], rows_of_slips)
            archive.writestr(_dated("slips.csv", now), content)
    return buffer.getvalue()


def as_data_address(content: bytes) -> str:
    """The file inside the page itself: no second request could fetch it."""
    return "data:application/zip;base64," + base64.b64encode(content).decode()


def booth_address(town: Municipality, language: str, code: str) -> str:
    """Where a code's QR leads; the code stands in the fragment, which no server sees."""
    known = language if language in LANGUAGES else town.default_language
    path = url_for("booth.enter", lang=known, town=town.slug)
    return f"{_site_of(town)}{path}#{code.replace('-', '')}"


def short_address(town: Municipality, language: str) -> str:
    """What people type who have no camera: host and one word."""
    path = url_for("short.abstimmen" if language == "de" else "short.stem")
    return _site_of(town).partition("://")[2] + path


def _site_of(town: Municipality) -> str:
    settings: Settings = current_app.config["SETTINGS"]
    return f"https://{town.host_name}" if town.host_name else settings.public_url


def _letters_csv(letters: Sequence[Letter], town: Municipality) -> str:
    rows = [
        [
            letter.name,
            letter.address,
            letter.language or town.default_language,
            letter.code,
            booth_address(town, letter.language, letter.code),
            short_address(town, letter.language or town.default_language),
        ]
        for letter in letters
    ]
    return _csv(["name", "address", "language", "code", "booth_address", "short_address"], rows)


def _csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(heading)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    # The mark lets spreadsheets read names with accents.
    return "\ufeff" + buffer.getvalue()


def _harmless(cell: str) -> str:
    """A name from the register must not become a formula in a spreadsheet."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _dated(name: str, now: datetime) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, now.timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def _qr(text: str) -> Markup:
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, svgclass="bb-qr", lineclass=None
    )
    return Markup(drawing)  # noqa: S704  made by us from symbols and an address of our own
