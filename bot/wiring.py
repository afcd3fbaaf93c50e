"""The composition root: settings become a house with content, store, services, registry and dispatcher."""

from __future__ import annotations

import asyncio
import logging
import secrets
import signal
import zoneinfo
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import bot.commands
from bot.clock import Clock, SystemClock
from bot.core import forms
from bot.core.context import Shelf
from bot.core.dispatch import Dispatcher, Manners
from bot.core.mail import mail_by
from bot.core.outgoing import Messenger, Poster
from bot.core.registry import Registry, discover
from bot.operate.backups import Backups
from bot.operate.measured import MeasuredDispatcher
from bot.operate.starting import uncollected
from bot.ports import Store
from bot.scheduler.delivering import Delivering
from bot.scheduler.heartbeat import heartbeat
from bot.scheduler.news import Newsboy
from bot.scheduler.nudges import NudgeRound
from bot.scheduler.planning import Planning
from bot.scheduler.reminders import ReminderRound
from bot.scheduler.rounds import Round, going_round
from bot.scheduler.rounds_end import EndOfRounds, ways_of
from bot.scheduler.runner import Runner
from bot.scheduler.sweeping import sweeping
from bot.scheduler.weekly_jobs import Desk, jobs_at
from bot.services.answers import Answers
from bot.services.comings import Comings
from bot.services.identity import Identity
from bot.services.notices import Notices
from bot.services.posting.outlets import Outlets
from bot.services.zones import Zones
from bot.settings import Settings
from content.library import Library
from content.search import Index
from content.search.encoder import Encoder
from storage import at_work_on, has_wal_reset_bug, open_store, sqlite_path, sqlite_version

if TYPE_CHECKING:
    from bot.operate.measures import Measures

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class House:
    """Everything, put together."""

    settings: Settings
    store: Store
    registry: Registry
    services: Shelf
    dispatcher: Dispatcher
    # Only where somebody wants to see them.
    measures: Measures | None = None


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


async def reload_content(house: House, folders: Sequence[Path] = ()) -> None:
    """Read the packs again, from now on in these folders if any, and say in the log how it went."""
    problems = await house.services.get(Answers).reload(house.store, folders)
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
    runner = posting_by(house, *messengers)
    async with going_round([*rounds_of(house, *messengers), *runner.rounds()]):
        try:
            yield
        finally:
            runner.leave()


def posting_by(house: House, *messengers: Messenger) -> Runner:
    """Let what can write into channels do so when it is time."""
    store, clock, answers = house.store, house.dispatcher.clock, house.services.get(Answers)
    posters = {one.platform: mail_by(one) for one in messengers if isinstance(one, Poster)}
    house.services.get(Outlets).open(posters)
    ends = EndOfRounds(store, clock, ways_of(house.services.get(Notices)))
    jobs = jobs_at(Desk(store, clock, answers, house.registry, ends.settle))
    delivering = Delivering(store.posts, posters, jobs, clock)
    return Runner(Planning(store.posts, clock), delivering, Newsboy(store, posters).tell, worker=secrets.token_hex(8))


def rounds_of(house: House, *messengers: Messenger) -> list[Round]:
    """List what the bot does by itself, again and again, beside its posts."""
    by_platform, clock = {one.platform: one for one in messengers}, house.dispatcher.clock
    reminders = ReminderRound(house.store, clock, house.registry, by_platform, ZoneInfo(house.settings.time_zone))
    ends = EndOfRounds(house.store, clock, ways_of(house.services.get(Notices)))
    rounds = (
        heartbeat(house.store),
        reminders.round(),
        NudgeRound(house.store, clock, house.registry, by_platform).round(),
        ends.round(),
        sweeping(house.store, clock, house.services.get(Comings)),
    )
    return [*rounds, *_backups(house, clock)]


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


def _measures(settings: Settings) -> Measures | None:
    if not settings.monitor_port:
        return None
    from bot.operate.measures import Measures

    return Measures(own_version())


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock | None = None, *, strict: bool = False) -> AsyncIterator[House]:
    """Open the house and close it behind you."""
    clock = clock or SystemClock()
    zoneinfo.reset_tzpath(())  # a machine's own zone data is often stale; the locked tzdata package is not
    with uncollected():
        registry = find_commands()
        model = open_model(settings)
        answers = Answers(
            Library(settings.packs, lambda: clock.now().date()),
            lambda documents, words: Index.build(documents, words, model),
        )
    measures = _measures(settings)
    store = await open_store(settings.database_url, clock, measures.store if measures else None)
    try:
        notices = Notices()
        await answers.learn(store)
        await notices.learn(store)
        comings = Comings(store, clock, registry, timedelta(days=settings.forget_after_days))
        services = Shelf(registry, answers, notices, comings, Outlets(), Zones(clock), Identity(own_version()))
        manners = Manners(default_zone=ZoneInfo(settings.time_zone), strict=strict)
        dispatcher = MeasuredDispatcher(registry, store, services, clock, manners, news=notices)
        dispatcher.measures = measures
        await dispatcher.start()
        try:
            yield House(settings, store, registry, services, dispatcher, measures)
        finally:
            await dispatcher.close()
    finally:
        await store.close()
