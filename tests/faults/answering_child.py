"""A bot in a process of its own: it answers calls that come as lines, until something happens to it.

Arguments: the database, and the folder of a pack. A line in is JSON: `{"id": ..., "who": ..., "line": ...}`; a line out
is `{"id": ..., "status": ..., "incident": ...}`, written when the call was answered. `ready` comes first.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import sys
from pathlib import Path

from bot.core.calls import Call, Source, Speaker, Typed
from bot.models import Handle, Place
from bot.settings import Settings
from bot.wiring import House, at_work, keeping_watch, open_house

PLACE = Place("console", "lab")


async def answer(house: House, asked: dict[str, str]) -> None:
    """Answer one call and say so."""
    speaker = Speaker(Handle("console", "", asked["who"]), asked["who"], PLACE, "Lab")
    done = await house.dispatcher.handle(Call(asked["id"], Source.SLASH, speaker, Typed(asked["line"])))
    said = {"id": asked["id"], "status": done.status.value, "incident": done.incident}
    os.write(1, json.dumps(said).encode() + b"\n")


async def main(path: str, pack: str) -> None:
    """Answer until the lines end."""
    settings = Settings(database_url=f"sqlite:///{path}", content=pack, files_dir=Path(path).parent)
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    running: set[asyncio.Task[None]] = set()
    reader = asyncio.StreamReader(limit=2**22)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    with at_work(settings):
        async with open_house(settings) as house, keeping_watch(house):
            os.write(1, b"ready\n")
            while raw := await reader.readline():
                task = asyncio.create_task(answer(house, json.loads(raw)))
                running.add(task)
                task.add_done_callback(running.discard)
            await asyncio.gather(*running)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
