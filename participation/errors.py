"""Refusals of the domain: a stable code with parameters. ``app.errors`` puts them into words."""

from __future__ import annotations

from typing import Any


class ParticipationError(Exception):
    """A use case refused.

    :param code: stable name of the reason, e.g. ``"cost_above_cap"``.
    :param params: plain values for the sentence.
    """

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.code}({details})"


class NotFoundError(ParticipationError):
    """No such thing here, or not in this municipality."""


class NotAllowedError(ParticipationError):
    """The actor's roles do not include this action here."""


class PhaseClosedError(ParticipationError):
    """The actor might do this, but not in the phase the year is in."""


class InvalidInputError(ParticipationError):
    """A value breaks a rule; ``field`` in the parameters names the input it belongs to."""


class ConflictError(ParticipationError):
    """The state of the thing does not permit this, or somebody else was first."""


class BlockedError(ParticipationError):
    """A guard holds the transition; ``reasons`` lists every ``BlockReason``."""
