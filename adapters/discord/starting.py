"""What an operator gives us to begin with, and what keeps the bot from beginning, in their words."""

from __future__ import annotations

import re

import discord

from adapters.discord.setbacks import from_discord
from bot.core.outgoing import CannotStart

REFUSED = (
    "Discord does not accept DISCORD_TOKEN. Open the developer portal, choose your application, go to Bot, press "
    "Reset Token, and set DISCORD_TOKEN to the new one."
)
NOT_DISCORD = (
    "What answers is not Discord. Check STEPWISE_DISCORD_API_URL, which is https://discord.com/api/v10 without a proxy."
)
IN_BETWEEN = (
    "Something between here and Discord refuses the bot ({status}). Check the network, a proxy, and "
    "STEPWISE_DISCORD_API_URL."
)
NOT_IN_SERVER = (
    "Discord does not let the bot change its commands in server {guild}: it is not there, or was invited without "
    "commands. Open the address that `stepwise discord invite` prints, choose that server, and try again."
)
LONGEST = 500
# What comes along when a token is copied out of an example.
_FRINGE = "\"' \t\r\n"
_PREFIX = re.compile(r"^Bot(\s+|$)", re.IGNORECASE)
_TOKEN = re.compile(r"[!-~]+")


def cleaned(token: str) -> str:
    """Take off what comes along when a token is copied; refuse what can be none before anything is sent."""
    bare = _PREFIX.sub("", token.strip(_FRINGE)).strip(_FRINGE)
    if not _TOKEN.fullmatch(bare):
        raise CannotStart(REFUSED)
    return bare


def spoken(error: discord.HTTPException) -> str:
    """Say in one line why Discord lets nobody begin."""
    if error.status == 401:
        return REFUSED
    if error.status == 429:
        return "Discord asks to wait. Try again in some minutes."
    if not from_discord(error):
        return IN_BETWEEN.format(status=error.status)
    return " ".join(f"Discord refused: {error.status} {error.text[:LONGEST]}".split())
