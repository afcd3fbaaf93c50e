"""The composition root: settings become a house with content, store, services, registry and dispatcher."""

from __future__ import annotations

import asyncio
import logging
import signal
import zoneinfo
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

import bot.commands
from bot.clock import Clock, SystemClock
from bot.core import forms
from bot.core.context import Shelf
from bot.core.dispatch import Dispatcher, Manners
from bot.core.outgoing import Messenger
from bot.core.registry import Registry, discover
from bot.operate.backups import Backups
from bot.ports import Store
from bot.scheduler.heartbeat import heartbeat
from bot.scheduler.reminders import ReminderRound
from bot.scheduler.rounds import Round, going_round
from bot.scheduler.rounds_end import EndOfRounds, ways_of
from bot.scheduler.sweeping import sweeping
from bot.services.answers import Answers
from bot.services.comings import Comings
from bot.services.identity import Identity
from bot.services.notices import Notices
from bot.services.zones import Zones
from bot.settings import Settings
from content.library import Library
from content.search import Index
from content.search.encoder import Encoder
from storage import at_work_on, has_wal_reset_bug, open_store, sqlite_path, sqlite_version

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """Everything, put together."""

    settings: Settings
    store: Store
    registry: Registry
    services: Shelf
    dispatcher: Dispatcher


def find_commands() -> Registry:
    """Read every command file."""
    return discover(bot.commands, forms.again)


def own_version() -> str:
    """Say which version this is."""
    try:
        return version("stepwise")
    except PackageNotFoundError:
        return "unknown"


def open_model(settings: Settings) -> Encoder | None:
    """Open the sentence model that the settings name; without one, search goes by words alone."""
    if settings.search_model is None:
        return None
    from content.search.semantic import open_encoder

    return open_encoder(settings.search_model)


def warn_of_old_sqlite() -> None:
    """Say in the log when this SQLite is one that can corrupt a file in rare cases."""
    if has_wal_reset_bug():
        log.warning(
            "SQLite %s can damage a database in rare cases. Use a machine for which pysqlite3 has a wheel, "
            "or a Python with SQLite 3.51.3 or newer.",
            sqlite_version(),
        )


@contextmanager
def at_work(settings: Settings) -> Iterator[None]:
    """Let other programs know that a bot works on the database; say so when another one does."""
    with at_work_on(sqlite_path(settings.database_url)) as others:
        if others:
            log.error(
                "Another Stepwise works on this database already. Unless each serves other shards, stop one: "
                "with the same key, both hear everything."
            )
        yield


async def reload_content(house: House) -> None:
    """Read the packs again, and say in the log how it went."""
    problems = await house.services.get(Answers).reload(house.store)
    for problem in problems:
        log.error("The packs were not read again: %s", problem)
    if not problems:
        log.warning("The packs were read again.")


@contextmanager
def reloading_on_hangup(house: House) -> Iterator[None]:
    """Read the packs again whenever the process gets a SIGHUP, where there are such signals."""
    hangup = getattr(signal, "SIGHUP", None)
    if hangup is None:
        yield
        return
    loop, running = asyncio.get_running_loop(), set[asyncio.Task[None]]()

    def begin() -> None:
        task = loop.create_task(reload_content(house))
        running.add(task)
        task.add_done_callback(running.discard)

    loop.add_signal_handler(hangup, begin)
    try:
        yield
    finally:
        loop.remove_signal_handler(hangup)


@asynccontextmanager
async def keeping_watch(house: House, *messengers: Messenger) -> AsyncIterator[None]:
    """Do what the bot does by itself, for as long as it listens."""
    by_platform, clock = {one.platform: one for one in messengers}, house.dispatcher.clock
    reminders = ReminderRound(house.store, clock, house.registry, by_platform, ZoneInfo(house.settings.time_zone))
    ends = EndOfRounds(house.store, clock, ways_of(house.services.get(Notices)))
    rounds = (
        heartbeat(house.store),
        reminders.round(),
        ends.round(),
        sweeping(house.store, clock, house.services.get(Comings)),
    )
    async with going_round([*rounds, *_backups(house, clock)]):
        yield


def _backups(house: House, clock: Clock) -> Iterator[Round]:
    """Make backups where there is a folder for them."""
    settings = house.settings
    if settings.backup_dir is not None:
        yield Backups(
            sqlite_path(settings.database_url),
            settings.backup_dir,
            settings.backup_span,
            settings.backup_keep,
            clock,
            settings.backup_passphrase_file,
        ).round()


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock | None = None, *, strict: bool = False) -> AsyncIterator[House]:
    """Open the house and close it behind you."""
    clock = clock or SystemClock()
    zoneinfo.reset_tzpath(())  # a machine's own zone data is often stale; the locked tzdata package is not
    registry = find_commands()
    model = open_model(settings)
    answers = Answers(
        Library(settings.packs, lambda: clock.now().date()),
        lambda documents, words: Index.build(documents, words, model),
    )
    store = await open_store(settings.database_url, clock)
    try:
        notices = Notices()
        await answers.learn(store)
        await notices.learn(store)
        comings = Comings(store, clock, registry)
        services = Shelf(registry, answers, notices, comings, Zones(clock), Identity(own_version()))
        manners = Manners(default_zone=ZoneInfo(settings.time_zone), strict=strict)
        dispatcher = Dispatcher(registry, store, services, clock, manners, news=notices)
        await dispatcher.start()
        try:
            yield House(settings, store, registry, services, dispatcher)
        finally:
            await dispatcher.close()
    finally:
        await store.close()
