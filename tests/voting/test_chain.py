"""Canonical JSON and the hash chain."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.chain import GENESIS, canonical_json, first_broken_link, link_digest
from voting.states import Act

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=10,
)


def test_order_of_keys_does_not_matter() -> None:
    assert canonical_json({"b": 1, "a": "é"}) == '{"a":"é","b":1}'.encode()


def test_exact_values_have_one_form() -> None:
    value = {
        "share": Fraction(1, 3),
        "at": datetime(2026, 6, 2, 10, tzinfo=UTC),
        "day": date(2026, 6, 2),
        "act": Act.OPEN,
        "pair": (1, 2),
    }

    assert canonical_json(value) == (
        b'{"act":"open","at":"2026-06-02T10:00:00.000000+00:00","day":"2026-06-02",'
        b'"pair":[1,2],"share":"1/3"}'
    )


@pytest.mark.parametrize(
    "value", [0.5, b"x", {1: 2}, datetime.now(UTC).replace(tzinfo=None), {1, 2}]
)
def test_what_has_no_exact_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


@given(records=st.lists(st.dictionaries(st.text(), _JSON), min_size=1, max_size=6), data=st.data())
def test_any_altered_record_breaks_the_chain_at_its_place(
    records: list[dict[str, Any]], data: st.DataObject
) -> None:
    links = []
    previous = GENESIS
    for record in records:
        previous = link_digest(previous, record)
        links.append((record, previous))
    assert first_broken_link(links) is None

    position = data.draw(st.integers(0, len(links) - 1))
    links[position] = ({**links[position][0], "forged": True, "\0": position}, links[position][1])

    assert first_broken_link(links) == position
