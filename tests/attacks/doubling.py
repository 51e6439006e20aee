"""D1: many threads cast on few codes at once. A box without doubling ends with one ballot a code.

Owns the attack. It runs against the real box and against planted flaws, where it must succeed.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Barrier

THREADS = 64


@dataclass(frozen=True)
class Damage:
    """What an attack left behind: codes attacked, casts tried, casts that were accepted."""

    codes: int
    tried: int
    accepted: int

    @property
    def doubled(self) -> int:
        return self.accepted - self.codes


def attack(cast: Callable[[int, int], bool], *, codes: int, threads: int = THREADS) -> Damage:
    """Let all threads cast on one code at the same moment, then on the next.

    :param cast: takes the number of the code and of the thread; tells whether it was accepted.
    """
    start = Barrier(threads)

    def one_thread(thread: int) -> int:
        accepted = 0
        for code in range(codes):
            start.wait(timeout=60)
            accepted += cast(code, thread)
        return accepted

    with ThreadPoolExecutor(threads) as pool:
        accepted = sum(pool.map(one_thread, range(threads)))
    return Damage(codes=codes, tried=codes * threads, accepted=accepted)
