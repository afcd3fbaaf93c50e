"""How long the bot takes its time, where Slack has little."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """The waits of the bot, in seconds."""

    # The right to open a modal lasts three seconds, and some of them are over when a call gets here.
    hold_after: float = 0.4
    # Slack waits three seconds for what became of a form, and some of them belong to the network.
    form_patience: float = 2.0
    # A burst of calls changes a home page once.
    home_pause: float = 0.3
    # An uploaded picture cannot be shown before Slack has looked through it.
    picture_pauses: tuple[float, ...] = (0.4, 1.2)
    # How often the socket is tried, and after how many tries without an answer it is dead.
    ping: float = 5.0
    deaf_after: int = 6


PACE = Pace()
