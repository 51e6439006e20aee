"""Voting codes: forgiving to type, unforgiving to guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting import codes
from voting.codes import ALPHABET, MistypedError, read_code

_BODY = st.text(alphabet=ALPHABET, min_size=15, max_size=15)


def test_code_has_fifteen_random_symbols_and_a_check_symbol() -> None:
    """E3: 75 bits from the system's generator."""
    drawn = {codes.new_code() for _ in range(1000)}

    assert len(drawn) == 1000
    assert {len(code) for code in drawn} == {16}
    assert {symbol for code in drawn for symbol in code} == set(ALPHABET)


def test_code_is_read_with_spaces_hyphens_and_lower_case() -> None:
    code = codes.new_code()
    typed = f" {codes.grouped(code).lower().replace('-', ' - ')}\n"

    assert read_code(typed) == code


@given(body=_BODY)
def test_letters_that_look_like_digits_are_read_as_digits(body: str) -> None:
    code = codes.with_check_symbol(body)
    looks_like = code.replace("0", "O").replace("1", "l")

    assert read_code(looks_like) == code
    assert read_code(code.replace("1", "I")) == code


@given(body=_BODY, position=st.integers(0, 15), symbol=st.sampled_from(ALPHABET))
def test_every_single_wrong_symbol_is_noticed(body: str, position: int, symbol: str) -> None:
    code = codes.with_check_symbol(body)
    if code[position] == symbol:
        return
    wrong = code[:position] + symbol + code[position + 1 :]

    with pytest.raises(MistypedError):
        read_code(wrong)


@given(body=_BODY, position=st.integers(0, 14))
def test_every_swap_of_neighbours_is_noticed(body: str, position: int) -> None:
    code = codes.with_check_symbol(body)
    if code[position] == code[position + 1]:
        return
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]

    with pytest.raises(MistypedError):
        read_code(swapped)


@pytest.mark.parametrize("typed", ["", "ABC", "U" * 16, "é" * 16, "0" * 15, "0" * 17, "0" * 9999])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(MistypedError):
        read_code(typed)


@given(data=st.binary(min_size=1, max_size=40))
def test_bytes_survive_being_written_as_symbols(data: bytes) -> None:
    symbols = codes.encode(data)

    assert codes.to_bytes(symbols)[: len(data)] == data
