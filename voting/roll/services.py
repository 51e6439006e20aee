"""Writing the roll at preparation.

Owns roll entries. Drawing codes and keys is preparation's; finding a link again needs the
registry's two cards.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert

from database import db
from voting.eligibility import RollPerson
from voting.key_cards import seal_link
from voting.roll.models import RollEntry


def replace_roll(
    *,
    election_id: int,
    people: Sequence[RollPerson],
    public_keys: Sequence[bytes],
    registry_public: bytes | None,
) -> None:
    """Write the roll anew, in the order of the register.

    :param public_keys: the ballot key of each person's letter, or nothing without letters.
    """
    clear_roll(election_id=election_id)
    links: list[bytes | None] = [None] * len(people)
    if registry_public is not None:
        links = [seal_link(key, registry_public) for key in public_keys]
    rows = [
        {
            "election_id": election_id,
            "name": person.name,
            "address": person.address,
            "birth_date": person.birth_date,
            "language": person.language,
            "is_protected": person.protected,
            "sealed_key": link,
        }
        for person, link in zip(people, links, strict=True)
    ]
    if rows:
        db.session.execute(insert(RollEntry), rows)


def clear_roll(*, election_id: int) -> None:
    """Throw the roll of a preparation away."""
    db.session.execute(delete(RollEntry).where(RollEntry.election_id == election_id))
