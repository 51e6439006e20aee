"""Turns the signals that ask a program to stop into one exception, so that blocks unwind."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Somebody asked us to stop: ctrl-C, a closed terminal, the system going down."""


@contextmanager
def stop_signals() -> Iterator[None]:
    """Raise ``StopRequested`` at the first signal; further ones cannot disturb the stopping."""
    before = {number: signal.signal(number, _stop) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    for each in SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise StopRequested
