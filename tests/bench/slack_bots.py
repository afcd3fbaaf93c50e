"""The bots of the Slack benchmark, each in a process of its own: `minimal` and `stepwise`.

`python -m tests.bench.slack_bots NAME MODE TOKEN APP_TOKEN SIGNING_SECRET API FOLDER` connects and answers what it is
asked.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.operate import loop
from tests.bench.answering import Answers, answer

EVENTS = "/slack/events"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to connect how and where, and a folder of its own."""

    name: str
    mode: str
    token: str
    app_token: str
    signing_secret: str
    api: str
    folder: str


def _address(port: int) -> Answers:
    async def address() -> str:
        return f"http://127.0.0.1:{port}{EVENTS}" if port else ""

    return {"address": address}


@asynccontextmanager
async def minimal(wanted: Wanted) -> AsyncIterator[Answers]:
    """Connect the smallest app that slack-bolt can be, written as its own pages write it."""
    client = AsyncWebClient(token=wanted.token, base_url=wanted.api)
    app = AsyncApp(client=client, signing_secret=wanted.signing_secret, process_before_response=True)

    @app.command("/mentor")
    async def mentor(ack: Any, respond: Any) -> None:
        await ack()
        await respond("pong")

    if wanted.mode == "socket":
        handler = AsyncSocketModeHandler(app, wanted.app_token)
        await handler.connect_async()  # type: ignore[no-untyped-call]
        yield _address(0)
        await handler.close_async()  # type: ignore[no-untyped-call]
        return
    runner = web.AppRunner(app.web_app(path=EVENTS), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield _address(runner.addresses[0][1])
    await runner.cleanup()


@asynccontextmanager
async def stepwise(wanted: Wanted) -> AsyncIterator[Answers]:
    """Connect as `stepwise run` does."""
    from pydantic import SecretStr

    from bot.platforms import on_all_platforms, stay
    from bot.settings import Settings
    from bot.wiring import keeping_watch, open_house

    folder, over_socket, port = Path(wanted.folder), wanted.mode == "socket", _free_port()
    settings = Settings(
        database_url=f"sqlite:///{folder / f'{wanted.mode}.db'}",
        files_dir=folder / "files",
        slack_bot_token=SecretStr(wanted.token),
        slack_app_token=SecretStr(wanted.app_token if over_socket else ""),
        slack_signing_secret=SecretStr("" if over_socket else wanted.signing_secret),
        slack_api_url=wanted.api,
        http_host="127.0.0.1",
        http_port=port,
    )
    async with (
        open_house(settings) as house,
        on_all_platforms(house) as there,
        keeping_watch(house, *(one.poster for one in there)),
    ):
        listening = asyncio.ensure_future(stay(there))
        yield _address(0 if over_socket else port)
        listening.cancel()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


BOTS: dict[str, Callable[[Wanted], AbstractAsyncContextManager[Answers]]] = {"minimal": minimal, "stepwise": stepwise}


async def main(wanted: Wanted) -> None:
    """Be this bot until nobody asks any more."""
    async with BOTS[wanted.name](wanted) as answers:
        await answer(answers)


if __name__ == "__main__":
    wanted = Wanted(*sys.argv[1:])
    # Ours lives in the loop that `stepwise run` takes, the other in that of a bot as it comes.
    (loop.run if wanted.name == "stepwise" else asyncio.run)(main(wanted))
