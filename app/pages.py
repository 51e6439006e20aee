"""One page of a long list."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

# Further on than any list reaches, and what the database still counts to.
_LAST_NUMBER = 1_000_000


def asked_page() -> int:
    """The number of the page the address asks for, from 1."""
    return min(max(1, request.args.get("page", 1, type=int)), _LAST_NUMBER)


@dataclass(frozen=True)
class Page:
    """Which part of a list is shown; numbers count from 1."""

    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.per_page))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.per_page
