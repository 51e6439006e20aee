"""The opening record: all that was frozen, signed with a key that only the pepper gives.

Owns its form, signature and check. Casting and counting take options, limits, times and the tally
key only from a record that passed here, never from the tables that an administrator could change.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import metadata
from typing import Any

from nacl.signing import SigningKey

from voting import chain
from voting.ballots import BallotPaper, PaperOption
from voting.counting.model import Majority, TieCriterion, Utility
from voting.errors import IntegrityRefusedError, Reason
from voting.peppers import Pepper
from voting.sealing import is_signed

VERSION = 1
KEY_BYTES = 32
_SIGNED = b"buurtbeslist/opening/1\x00"


@dataclass(frozen=True)
class Opening:
    """A verified opening record, in the types that casting and counting use.

    ``tally_public`` is ``None`` where hands or cards are counted in a hall.
    """

    election_id: int
    digest: str
    salt: bytes = field(repr=False)
    paper: BallotPaper
    ballot_bytes: int
    issued_count: int
    issued_digest: str
    tally_public: bytes | None
    registry_public: bytes | None
    registry_verify: bytes | None
    utility: Utility | None
    leave_out_unsupported: bool
    majority: Majority | None
    quorum: int | None
    tie_criteria: tuple[TieCriterion, ...]
    publication: str
    draw_commitment: str
    record: Mapping[str, Any] = field(repr=False)


def signing_key(pepper: Pepper) -> SigningKey:
    """The Ed25519 key that signs this election's opening record."""
    return SigningKey(pepper.subkey("opening-record"))


def verify_key(pepper: Pepper) -> bytes:
    """Its public half, which stands in the preparation protocol."""
    return bytes(signing_key(pepper).verify_key)


def sign_record(record: Mapping[str, Any], pepper: Pepper) -> tuple[str, bytes]:
    """Digest (hexadecimal) and signature of a record."""
    digest = chain.digest(record)
    return digest, signing_key(pepper).sign(_SIGNED + bytes.fromhex(digest)).signature


def verified(
    record: Mapping[str, Any], *, election_id: int, digest: str, signature: bytes, pepper: Pepper
) -> Opening:
    """Check a stored record and read it.

    :raises IntegrityRefusedError: ``opening_record_altered`` when anything in it was changed.
    """
    is_whole = (
        hmac.compare_digest(chain.digest(record), digest)
        and is_signed(verify_key(pepper), _SIGNED + bytes.fromhex(digest), signature)
        and record.get("election") == election_id
        and record.get("version") == VERSION
    )
    if not is_whole:
        raise IntegrityRefusedError(Reason.OPENING_RECORD_ALTERED, election=election_id)
    return _read(record, digest)


def key_list(public_keys: Iterable[bytes]) -> bytes:
    """The list of issued ballot keys as it is kept and published: sorted, end to end."""
    return b"".join(sorted(public_keys))


def key_list_digest(keys: bytes) -> str:
    """What the opening record says about the list."""
    return hashlib.sha256(b"buurtbeslist/keys/1\x00" + keys).hexdigest()


def issued_keys(keys: bytes) -> list[bytes]:
    """The single keys of a list."""
    return [keys[start : start + KEY_BYTES] for start in range(0, len(keys), KEY_BYTES)]


def draw_seed(pepper: Pepper) -> bytes:
    """The seed of the public draw, known to nobody before it is revealed with the count."""
    return pepper.subkey("draw-seed")


def draw_commitment(seed: bytes) -> str:
    """What the opening record says about the seed."""
    return hashlib.sha256(b"buurtbeslist/draw-seed/1\x00" + seed).hexdigest()


def software_version() -> str:
    """Version of the running software, as the opening record states it."""
    try:
        return metadata.version("buurtbeslist")
    except metadata.PackageNotFoundError:
        return "not installed as a package"


def paper_record(paper: BallotPaper) -> dict[str, Any]:
    """JSON form of a ballot paper."""
    return {
        "title": dict(paper.title),
        "kind": paper.kind,
        "ballot_format": paper.ballot_format,
        "options": [
            {
                "number": option.number,
                "reference": option.reference,
                "title": dict(option.title),
                "summary": dict(option.summary),
                "cost_cents": option.cost_cents,
            }
            for option in paper.options
        ],
        "budget_cents": paper.budget_cents,
        "min_choices": paper.min_choices,
        "max_choices": paper.max_choices,
        "max_cost_cents": paper.max_cost_cents,
        "language": paper.language,
        "opens_at": paper.opens_at.isoformat(),
        "closes_at": paper.closes_at.isoformat(),
    }


def _read_paper(record: Mapping[str, Any]) -> BallotPaper:
    return BallotPaper(
        title=record["title"],
        kind=record["kind"],
        ballot_format=record["ballot_format"],
        options=tuple(PaperOption(**option) for option in record["options"]),
        budget_cents=record["budget_cents"],
        min_choices=record["min_choices"],
        max_choices=record["max_choices"],
        max_cost_cents=record["max_cost_cents"],
        language=record["language"],
        opens_at=datetime.fromisoformat(record["opens_at"]),
        closes_at=datetime.fromisoformat(record["closes_at"]),
    )


def _read(record: Mapping[str, Any], digest: str) -> Opening:
    rule, keys = record["counting"], record["keys"]
    return Opening(
        election_id=record["election"],
        digest=digest,
        salt=bytes.fromhex(record["salt"]),
        paper=_read_paper(record["paper"]),
        ballot_bytes=record["ballot_bytes"],
        issued_count=record["issued"]["keys"],
        issued_digest=record["issued"]["digest"],
        tally_public=_key(keys["tally"]),
        registry_public=_key(keys["registry"]),
        registry_verify=_key(keys["registry_verify"]),
        utility=Utility(rule["utility"]) if rule["utility"] else None,
        leave_out_unsupported=rule["leave_out_unsupported"],
        majority=Majority(rule["majority"]) if rule["majority"] else None,
        quorum=rule["quorum"],
        tie_criteria=tuple(TieCriterion(name) for name in rule["tie_criteria"]),
        publication=record["publication"],
        draw_commitment=rule["draw_commitment"],
        record=record,
    )


def _key(text: str | None) -> bytes | None:
    return None if text is None else bytes.fromhex(text)
