"""The one exception of the private engines."""

from __future__ import annotations


class EngineError(Exception):
    """An engine or a process could not be started; the message is the sentence to show."""
