"""What a start makes stays, so nobody looks through it for garbage, neither meanwhile nor later."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new things must be there until somebody looks for garbage among them. Python's own 700 are there after some
# thirty calls; looking that often cost a twentieth of each, and nearly all that a call makes goes with it anyway.
THINGS_BEFORE_A_LOOK = 10_000


@contextmanager
def uncollected() -> Iterator[None]:
    """Make many things that stay, without the garbage collector."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def let_it_stay() -> None:
    """Keep what is there from the garbage collector for good, and let it look seldom through what comes.

    Packs and indexes are many things to look through.
    """
    gc.freeze()
    gc.set_threshold(THINGS_BEFORE_A_LOOK, *gc.get_threshold()[1:])
