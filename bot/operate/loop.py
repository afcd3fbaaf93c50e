"""The event loop that the bot lives in."""

from __future__ import annotations

from asyncio import Runner, new_event_loop
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

with suppress(ImportError):  # the quicker one is not there for every machine
    from uvloop import new_event_loop

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """Do this to its end, in the quickest event loop that there is."""
    with Runner(loop_factory=new_event_loop) as runner:
        return runner.run(work)
