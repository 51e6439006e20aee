"""Steps shown on the terminal, each with its time, in the form that ``make`` uses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from rich.console import Console
from rich.progress import Progress

console = Console(highlight=False)


@contextmanager
def step(title: str, *, shows_itself: bool = False) -> Iterator[None]:
    """Show that a step is going on, and how long it took when it went well.

    A step that ``shows_itself`` prints while it works, so nothing turns beside it.
    """
    began = time.monotonic()
    is_quiet = console.is_terminal and not shows_itself
    if not is_quiet:
        console.print(f"  · {title} …")
    try:
        with console.status(f"{title} …") if is_quiet else nullcontext():
            yield
    except BaseException:
        console.print(f"  [red]✗[/red] {title}  {time.monotonic() - began:.1f} s")
        raise
    console.print(f"  [green]✓[/green] {title}  {time.monotonic() - began:.1f} s")


@contextmanager
def progress_bar(title: str, *, hidden: bool = False) -> Iterator[Callable[[int, int], None]]:
    """Show a bar; call what it gives with how many are done and how many there are."""
    with Progress(console=console, disable=hidden) as progress:
        task = progress.add_task(title, total=None)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        yield show
