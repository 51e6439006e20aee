"""Steps shown on the terminal, each with its time, in the form that ``make`` uses."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

console = Console(highlight=False)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Show that a step is going on, and how long it took when it went well."""
    began = time.monotonic()
    if not console.is_terminal:
        console.print(f"  · {title} …")
    try:
        with console.status(f"{title} …"):
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
