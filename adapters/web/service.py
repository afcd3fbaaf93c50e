"""Be in the browser: open the page at an address, and close it in good order."""

from __future__ import annotations

import asyncio
import errno
import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from aiohttp import web

from adapters.web.door import Door, is_loopback, secret_of
from adapters.web.hall import Hall, Scene
from adapters.web.names import Shelf
from adapters.web.patience import Patience
from adapters.web.people import CHANNELS, HERE
from adapters.web.posting import WebPoster
from adapters.web.rooms import Rooms
from adapters.web.server import Server
from adapters.web.strangers import HttpLog
from bot.core.dispatch import Dispatcher
from bot.core.outgoing import CannotStart, Doorkeeper

log = logging.getLogger(__name__)

NEXT_PORTS = 20
UNGUARDED = (
    "{host} can be reached by others, so the page needs a password: set STEPWISE_WEB_PASSWORD, "
    "or leave STEPWISE_WEB_HOST at 127.0.0.1."
)
TAKEN = "{host}:{port} cannot be opened: {why}. STEPWISE_WEB_HOST and STEPWISE_WEB_PORT name another address."


@dataclass(frozen=True, slots=True)
class Account:
    """Where the page is, and the word that lets people in."""

    host: str = "127.0.0.1"
    port: int = 8765
    password: str = ""


@dataclass(frozen=True, slots=True)
class WebPresence:
    """The page, while it is open."""

    poster: WebPoster
    rooms: Rooms
    address: str

    async def stay(self) -> None:
        """Stay until told to leave."""
        await asyncio.Event().wait()


@asynccontextmanager
async def on_web(
    account: Account,
    dispatcher: Dispatcher,
    keeper: Doorkeeper,
    shelf: Shelf,
    scene: Scene,
    tell: Callable[[str], None] = log.info,
) -> AsyncIterator[WebPresence]:
    """Open the page, and say where it is."""
    is_open = is_loopback(account.host)
    if not is_open and not account.password:
        raise CannotStart(UNGUARDED.format(host=account.host))
    rooms = Rooms(dispatcher.clock)
    rooms.meet(*scene.cast)
    hall = Hall(dispatcher, shelf, scene, rooms, names_are_kept=bool(account.password))
    door = Door(dispatcher.clock, await secret_of(shelf), account.password)
    patience = Patience()
    runner = web.AppRunner(
        Server(hall, door, patience).app,
        access_log=None,
        handle_signals=False,
        shutdown_timeout=2,
        logger=HttpLog(log, {}),
    )
    await runner.setup()
    try:
        listening = await _accept(runner, patience, _listen(account))
        poster = WebPoster(rooms)
        await _greet(keeper, scene, rooms)
        address = _address(account.host, listening.sockets[0].getsockname()[1])
        tell(_words(address, account))
        try:
            yield WebPresence(poster, rooms, address)
        finally:
            listening.close()
    finally:
        patience.stop()
        await runner.cleanup()
        await hall.finish()


async def _accept(runner: web.AppRunner, patience: Patience, at: socket.socket) -> asyncio.Server:
    """Answer whoever knocks."""
    if runner.server is None:
        raise AssertionError("a runner that was set up has a server")
    return await asyncio.get_running_loop().create_server(patience.greeting(runner.server), sock=at, backlog=128)


def _listen(account: Account) -> socket.socket:
    """Take the port, or the next one that is free."""
    family = socket.AF_INET6 if ":" in account.host else socket.AF_INET
    ports = range(account.port, min(65535, account.port + NEXT_PORTS) + 1) if account.port else (0,)
    for port in ports:
        found = socket.socket(family, socket.SOCK_STREAM)
        found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            found.bind((account.host, port))
            found.listen(128)
        except OSError as error:
            found.close()
            if error.errno != errno.EADDRINUSE or port == ports[-1]:
                why = (error.strerror or str(error)).lower()
                raise CannotStart(TAKEN.format(host=account.host, port=port, why=why)) from None
        else:
            return found
    raise AssertionError("a range of ports is never empty")


async def _greet(keeper: Doorkeeper, scene: Scene, rooms: Rooms) -> None:
    """Take note that the bot is here; whoever looks after the community is welcomed once."""
    welcome = await keeper.arrived(HERE, scene.community)
    if welcome is not None and not scene.is_demo:
        rooms.say(CHANNELS[0], welcome, for_organisers=True)


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _words(address: str, account: Account) -> str:
    who = "" if is_loopback(account.host) else " (with the password; put it behind https before others use it)"
    return f"Stepwise is at {address}{who}"
