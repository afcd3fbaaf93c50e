"""What it means for a post when Discord refuses it or is not heard from."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import aiohttp
import discord

from adapters.discord.pacer import NoTurn
from bot.core.outgoing import Trouble

UNKNOWN_GUILD = 10_004
# Channels that are there but take no messages: a wrong kind, an archived thread, a locked one.
MUTE = frozenset({50_008, 50_024, 50_083, 160_005})
# Rules that a community made about messages stopped this one.
BLOCKED = frozenset({200_000, 200_001})
# The connection was never made, so nothing went out.
NEVER_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
# It broke off somewhere between sending and reading the answer.
BROKE_OFF = (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError, KeyError)


class Unsettled(Exception):
    """Discord had a fault of its own while it worked on a request: nobody knows what became of it."""

    def __init__(self, status: int, wait: float = 0.0) -> None:
        super().__init__(f"status {status}")
        self.status, self.wait = status, wait


@dataclass(frozen=True, slots=True)
class Setback:
    """One try that failed: with what, and whether another try makes sense."""

    trouble: Trouble
    detail: str
    wait: float = 0.0
    final: bool = True


def setback_of(error: Exception) -> Setback | None:
    """Say what an error means, or None when it is none of Discord's."""
    match error:
        case NoTurn():
            return Setback(Trouble.LATER, "nothing may be sent to Discord right now", error.wait)
        case Unsettled():
            return Setback(Trouble.UNKNOWN, f"Discord had a fault ({error})", final=False)
        case discord.RateLimited():
            return Setback(Trouble.LATER, "Discord asks us to wait", error.retry_after)
        case discord.HTTPException():
            return _refusal(error)
        case RuntimeError() if str(error) == "Session is closed":
            return Setback(Trouble.LATER, "the connection to Discord is closed")
    # The words of these errors hold addresses; their names say enough.
    if isinstance(error, NEVER_LEFT):
        return Setback(Trouble.LATER, f"Discord cannot be reached ({type(error).__name__})", final=False)
    if isinstance(error, BROKE_OFF):
        return Setback(Trouble.UNKNOWN, f"the connection to Discord was lost ({type(error).__name__})", final=False)
    return None


def _refusal(error: discord.HTTPException) -> Setback:
    detail = f"{error.status}/{error.code} {error.text}".strip()
    if error.status >= 500 or error.status == 408:
        return Setback(Trouble.UNKNOWN, f"Discord had a fault (status {error.status})", final=False)
    if error.status == 429:
        return Setback(Trouble.LATER, "Discord asks us to wait", _wait(error))
    if error.status == 413:
        return Setback(Trouble.REFUSED, "413 the files are too large for Discord")
    if not from_discord(error):
        # Something between us and Discord spoke; that says nothing about the channel.
        return Setback(Trouble.LATER, f"{error.status} from something that is not Discord")
    return Setback(_trouble(error.status, error.code), detail)


def _trouble(status: int, code: int) -> Trouble:
    if status == 401 or code == UNKNOWN_GUILD:
        return Trouble.EXPELLED
    if code in BLOCKED:
        return Trouble.FORBIDDEN
    # A 404 without a code is an address that Discord does not have: a mistake of ours.
    if code in MUTE or (status == 404 and code):
        return Trouble.GONE
    return Trouble.FORBIDDEN if status == 403 else Trouble.REFUSED


def from_discord(error: discord.HTTPException) -> bool:
    """Say whether Discord itself refused, and not something on the way to it."""
    return error.response.headers.get("Content-Type") == "application/json"


def _wait(error: discord.HTTPException) -> float:
    try:
        return max(0.0, float(error.response.headers.get("Retry-After", 0)))
    except ValueError:
        return 0.0
