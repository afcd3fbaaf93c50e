"""Shows how far a long piece of work has come."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from storage import Progress as Heard


@contextmanager
def bar() -> Iterator[Heard]:
    """Draw a bar on a terminal, and nothing anywhere else; the work stops where somebody presses Ctrl-C."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    console = Console(stderr=True)
    shown = Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=not console.is_terminal)
    with shown as drawn:
        task = drawn.add_task("", total=None)

        def hear(stage: str, done: int, total: int) -> None:
            drawn.update(task, description=stage, completed=done, total=total or None)
            _stop_if_asked()

        yield hear


def _stop_if_asked() -> None:
    try:
        running = asyncio.current_task()
    except RuntimeError:
        return
    if running is not None and running.cancelling():
        raise asyncio.CancelledError
