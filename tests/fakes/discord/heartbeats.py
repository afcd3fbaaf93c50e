"""discord.py beats each connection's heart in a thread; one that goes on after its test fails in another one."""

from __future__ import annotations

import threading

from discord.gateway import KeepAliveHandler

SECONDS = 5.0


def stop_all_hearts() -> None:
    """Stop what discord.py forgets when it gives a connection up half-way."""
    for one in _beating():
        one.stop()


def all_hearts_stopped() -> bool:
    """Say whether every connection of this process has ended; stop those that have not."""
    beating = _beating()
    for one in beating:
        one.join(SECONDS)
    left = [one for one in beating if one.is_alive()]
    for one in left:
        one.stop()
    return not left


def _beating() -> list[KeepAliveHandler]:
    return [one for one in threading.enumerate() if isinstance(one, KeepAliveHandler)]
