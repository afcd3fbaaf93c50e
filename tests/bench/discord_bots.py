"""The bots of the Discord benchmark, each in a process of its own: `minimal`, `bare` and `stepwise`.

`python -m tests.bench.discord_bots NAME TOKEN API GATEWAY FOLDER` logs in and answers what it is asked.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.operate import loop
from tests.bench.answering import Answers, answer


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to log in where, and a folder of its own."""

    name: str
    token: str
    api: str
    gateway: str
    folder: str


class Client(discord.AutoShardedClient):
    """A client of discord.py as it comes; `minimal` has one command, `bare` has none."""

    def __init__(self, *, has_command: bool) -> None:
        super().__init__(intents=discord.Intents(guilds=True))
        self._tree = discord.app_commands.CommandTree(self) if has_command else None

    async def setup_hook(self) -> None:
        if self._tree is not None:
            self._tree.command(name="ping", description="Answer")(_ping)
            await self._tree.sync()


async def _ping(interaction: discord.Interaction[Client]) -> None:
    await interaction.response.send_message("pong")


@asynccontextmanager
async def plain(wanted: Wanted) -> AsyncIterator[Answers]:
    """Log in without anything of ours."""
    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = wanted.api, yarl.URL(wanted.gateway)
    async with Client(has_command=wanted.name == "minimal") as client:
        await client.login(wanted.token)
        listening = asyncio.ensure_future(client.connect())
        await client.wait_until_ready()
        yield {}
        await client.close()
        await listening


@asynccontextmanager
async def stepwise(wanted: Wanted) -> AsyncIterator[Answers]:
    """Log in as `stepwise run` does."""
    from pydantic import SecretStr

    from adapters.discord.service import Presence
    from bot.platforms import on_all_platforms, stay
    from bot.settings import Settings
    from bot.wiring import keeping_watch, open_house

    folder = Path(wanted.folder)
    settings = Settings(
        database_url=f"sqlite:///{folder / 'bench.db'}",
        files_dir=folder / "files",
        discord_token=SecretStr(wanted.token),
        discord_api_url=wanted.api,
        discord_gateway_url=wanted.gateway,
    )
    async with (
        open_house(settings) as house,
        on_all_platforms(house) as there,
        keeping_watch(house, *(one.poster for one in there)),
    ):
        listening = asyncio.ensure_future(stay(there))
        presence = next(one for one in there if isinstance(one, Presence))
        await presence.bot.wait_until_ready()

        async def post(text: str) -> list[str]:
            return await _post_everywhere(presence, text)

        async def settled() -> None:
            """Wait until the bot knows of all servers that it is in."""
            await asyncio.sleep(1.0)  # so that it has begun to compare
            await presence.bot.drain(600.0)

        yield {"post": post, "settled": settled}
        listening.cancel()


async def _post_everywhere(presence: object, text: str) -> list[str]:
    """Post in the first channel of every server, all at once; return what went wrong."""
    from adapters.discord.people import place_of
    from adapters.discord.service import Presence
    from bot.core.markup import Markdown
    from bot.core.outgoing import PostFailed, Target
    from bot.core.reply import Reply

    assert isinstance(presence, Presence)

    async def post(guild: discord.Guild) -> str:
        try:
            target = Target(place_of(guild.id), str(guild.text_channels[0].id))
            await presence.poster.post(target, Reply(Markdown(text), title="This week"), "bench")
        except PostFailed as error:
            return str(error)
        return ""

    return [said for said in await asyncio.gather(*map(post, presence.bot.guilds)) if said]


BOTS: dict[str, Callable[[Wanted], AbstractAsyncContextManager[Answers]]] = {
    "minimal": plain,
    "bare": plain,
    "stepwise": stepwise,
}


async def _begin_at_once(self: discord.Client, shard_id: int | None, *, initial: bool = False) -> None:
    """Take the place of a sleep of five seconds for each shard, which would hide what is measured."""


async def main(wanted: Wanted) -> None:
    """Be this bot until nobody asks any more."""
    discord.Client.before_identify_hook = _begin_at_once  # type: ignore[method-assign]
    async with BOTS[wanted.name](wanted) as answers:
        await answer(answers)


if __name__ == "__main__":
    wanted = Wanted(*sys.argv[1:])
    # Ours lives in the loop that `stepwise run` takes, the others in that of a bot as it comes.
    (loop.run if wanted.name == "stepwise" else asyncio.run)(main(wanted))
