"""Key cards: any two of a role open its key, one never does."""

from __future__ import annotations

from itertools import combinations

import pytest

from voting.codes import MistypedError
from voting.key_cards import (
    CardPairError,
    KeyCard,
    KeyName,
    new_cards,
    open_link,
    read_card,
    seal_link,
    sealing_public,
    unwrap,
    wrap,
)

SECRET = bytes(range(32))
SALT = b"s" * 32


def test_any_two_cards_open_the_key_in_either_order() -> None:
    cards = new_cards(KeyName.TALLY, 4)
    wrapped = wrap(SECRET, cards, election_id=5, salt=SALT)

    assert len(wrapped) == 6
    for one, other in combinations(cards, 2):
        assert unwrap(wrapped, [one, other], election_id=5, salt=SALT) == SECRET
        assert unwrap(wrapped, [other, one], election_id=5, salt=SALT) == SECRET


def test_one_card_twice_opens_nothing() -> None:
    cards = new_cards(KeyName.TALLY, 3)
    wrapped = wrap(SECRET, cards, election_id=5, salt=SALT)

    with pytest.raises(CardPairError):
        unwrap(wrapped, [cards[0], cards[0]], election_id=5, salt=SALT)


def test_one_card_with_another_number_written_on_it_opens_nothing() -> None:
    cards = new_cards(KeyName.TALLY, 3)
    wrapped = wrap(SECRET, cards, election_id=5, salt=SALT)
    forged = KeyCard(KeyName.TALLY, 2, cards[0].symbols)

    with pytest.raises(CardPairError):
        unwrap(wrapped, [cards[0], forged], election_id=5, salt=SALT)


def test_cards_of_different_roles_never_open_a_key_together() -> None:
    tally, registry = new_cards(KeyName.TALLY, 3), new_cards(KeyName.REGISTRY, 2)
    wrapped = wrap(SECRET, tally, election_id=5, salt=SALT)

    with pytest.raises(CardPairError):
        unwrap(wrapped, [tally[0], registry[1]], election_id=5, salt=SALT)


def test_cards_of_another_election_open_nothing() -> None:
    cards = new_cards(KeyName.TALLY, 3)
    wrapped = wrap(SECRET, cards, election_id=5, salt=SALT)

    with pytest.raises(CardPairError):
        unwrap(wrapped, cards[:2], election_id=6, salt=SALT)


def test_card_is_read_as_printed_and_as_scanned() -> None:
    card = new_cards(KeyName.REGISTRY, 2)[1]

    assert read_card(card.text) == card
    assert read_card(card.qr) == card
    assert read_card(card.text.lower().replace(" ", "  ")) == card


@pytest.mark.parametrize("typed", ["", "T", "T1", "X1 ABC", "T1 ABC", "Tx 000", "T9999 0"])
def test_what_is_no_card_is_refused(typed: str) -> None:
    with pytest.raises(MistypedError):
        read_card(typed)


def test_card_does_not_show_its_secret_when_printed() -> None:
    card = new_cards(KeyName.TALLY, 3)[0]

    assert card.symbols not in repr(card)


def test_roll_link_opens_with_the_registry_key_only() -> None:
    sealed = seal_link(b"k" * 32, sealing_public(SECRET))

    assert open_link(sealed, SECRET) == b"k" * 32
    with pytest.raises(Exception, match="error"):
        open_link(sealed, b"o" * 32)
