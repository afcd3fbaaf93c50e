"""Read a file that a member sent, from where Discord keeps it."""

from __future__ import annotations

import asyncio
import logging

import aiohttp
import discord
from discord.http import HTTPClient

from bot.core.errors import UserError
from bot.core.markup import md

log = logging.getLogger(__name__)

WITHIN = 60.0
LOST = md("Discord does not give me your file at the moment, so nothing was done with it. Please send it once more.")


async def fetch(http: HTTPClient, url: str) -> bytes:
    """Return what is in a file; say so where Discord does not give it out."""
    try:
        async with asyncio.timeout(WITHIN):
            return await http.get_from_cdn(url)
    except (discord.HTTPException, aiohttp.ClientError, OSError, ValueError) as error:
        log.warning("A file of a member could not be read (%s).", type(error).__name__)
        raise UserError(LOST) from None
