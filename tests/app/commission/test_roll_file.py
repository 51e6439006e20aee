"""Reading the register's list forgivingly, and telling its faults by line."""

from __future__ import annotations

import base64
import zlib
from datetime import date

import pytest

from app.commission.roll_file import (
    LineFault,
    RollFileError,
    check,
    pack,
    read_roll,
    unpack,
)
from app.factory import MAX_FORM_BYTES
from voting.eligibility import EligibilityRules, Ineligibility

RULES = EligibilityRules(date(2026, 10, 1), minimum_age=14)


def test_dutch_and_german_headings_are_understood() -> None:
    dutch = read_roll(b"Naam;Adres;Geboortedatum;Taal\nJan;Laan 1;31-3-1950;nl\n")
    german = read_roll(b"Geburtsdatum,Name,Anschrift,Sprache\n31.03.1950,Jan,Laan 1,NL\n")
    assert dutch.people == german.people
    assert dutch.people[0].birth_date == date(1950, 3, 31)


def test_windows_encoding_and_byte_order_mark_are_read() -> None:
    text = "naam;geboortedatum\nZoë Müller;1980-01-01\n"
    assert read_roll(text.encode("cp1252")).people[0].name == "Zoë Müller"
    assert read_roll(b"\xef\xbb\xbf" + text.encode()).people[0].name == "Zoë Müller"


def test_unknown_language_is_left_open() -> None:
    assert read_roll(b"name,birth date,language\nA,1980-01-01,Turkish\n").people[0].language == ""


def test_faults_name_the_line_of_the_file() -> None:
    roll = read_roll(
        b"name,birth date,moved away\nA,1980-01-01,\n\n,1980-01-01,\nB,1980-13-01,\nC,,\n"
        b"D,1980-01-01,soon\n"
    )
    assert roll.faults == (
        LineFault(4, "roll_name_missing"),
        LineFault(5, "roll_date_wrong", "1980-13-01"),
        LineFault(6, "roll_birth_date_missing"),
        LineFault(7, "roll_date_wrong", "soon"),
    )


def test_people_who_cannot_vote_are_named_by_their_line() -> None:
    roll = read_roll(
        b"name,address,birth date,protected\n,x,1980-01-01,\nKid,x,2020-01-01,\n"
        b"A,x,1980-01-01,yes\nA,x,1980-01-01,\n"
    )
    found = check(roll, RULES)
    assert (found.accepted, found.protected) == (1, 1)
    assert found.refused == ((3, Ineligibility.UNDER_AGE), (5, Ineligibility.TWICE_ON_ROLL))
    assert not found.is_clean


def test_columns_that_are_missing_are_named() -> None:
    with pytest.raises(RollFileError) as refusal:
        read_roll(b"name;street\nA;B\n")
    assert refusal.value.code == "roll_columns_missing"
    assert refusal.value.params == {"columns": "birth_date"}


def test_empty_file_is_told() -> None:
    with pytest.raises(RollFileError, match="roll_empty"):
        read_roll(b"")


def test_quotation_mark_that_never_closes_is_told() -> None:
    with pytest.raises(RollFileError, match="roll_unreadable"):
        read_roll(b'name,birth date\n"A,1980-01-01\n' + b"B,1980-01-01\n" * 500)


def test_null_bytes_are_left_out_of_names() -> None:
    (person,) = read_roll(b"name,birth date\nA\0b,1980-01-01\n").people
    assert person.name == "Ab"


def test_lines_of_an_old_mac_are_lines() -> None:
    assert len(read_roll(b"name,birth date\rA,1980-01-01\rB,1980-01-01\r").people) == 2


def test_packed_list_comes_back_whole() -> None:
    roll = read_roll(
        b"name,address,birth date,language,resident since,moved away,protected\n"
        b"A,x,1980-01-01,nl,2001-02-03,2030-01-01,ja\nB,y,1990-01-01,de,,,\n"
    )
    assert unpack(pack(roll.people)) == roll.people
    assert unpack("") == ()


def deep_list() -> str:
    """A list in a list, deeper than a reader of JSON goes."""
    return base64.b64encode(zlib.compress(b"[" * 100_000)).decode()


@pytest.mark.parametrize("packed", ["x", "bm90IHppcHBlZA==", "AAAA" * 10, deep_list()])
def test_damaged_list_is_refused(packed: str) -> None:
    with pytest.raises(RollFileError, match="roll_unreadable"):
        unpack(packed)


def test_packed_list_of_a_large_neighbourhood_fits_its_form() -> None:
    lines = "".join(
        f"Persoon {n},Lindelaan {n % 400} 38{n % 97:02d} AB,19{n % 90 + 10}-0{n % 9 + 1}-1{n % 9}\n"
        for n in range(50_000)
    )
    roll = read_roll(b"name,address,birth date\n" + lines.encode())
    assert len(roll.people) == 50_000
    assert len(pack(roll.people)) < MAX_FORM_BYTES / 2
