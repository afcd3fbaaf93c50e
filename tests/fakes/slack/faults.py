"""Faults on demand: refusals, broken servers, lost connections, and waiting for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class Fault:
    """One thing that will go wrong a number of times."""

    method: str
    error: str = ""
    status: int = 200
    lost: Literal["", "before", "after"] = ""
    hang: bool = False
    after: bool = False  # the effect takes place although the answer is an error
    retry_after: int = 0
    times: int = 1
    team: str = ""
    channel: str = ""

    def fits(self, method: str, team: str, channel: str) -> bool:
        """Say whether a call runs into this fault."""
        return (
            self.times > 0
            and self.method in ("*", method)
            and self.team in ("", team)
            and self.channel in ("", channel)
        )


class Faults:
    """What will go wrong."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> Fault:
        """Let something go wrong from now on."""
        self._planned.append(fault)
        return fault

    def take(self, method: str, team: str, channel: str) -> Fault | None:
        """Return what goes wrong with this call, and count it."""
        for fault in self._planned:
            if fault.fits(method, team, channel):
                fault.times -= 1
                return fault
        return None

    def clear(self) -> None:
        """Let everything work again."""
        self._planned.clear()
