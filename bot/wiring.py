"""The composition root: settings become a house with content, store, services, registry and dispatcher."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

import bot.commands
from bot.clock import Clock, SystemClock
from bot.core import forms
from bot.core.context import Shelf
from bot.core.dispatch import Dispatcher, Manners
from bot.core.registry import Registry, discover
from bot.ports import Store
from bot.services.answers import Answers
from bot.services.identity import Identity
from bot.services.notices import Notices
from bot.services.zones import Zones
from bot.settings import Settings
from content.library import Library
from content.search import Index
from storage import open_store


@dataclass(frozen=True, slots=True)
class House:
    """Everything, put together."""

    settings: Settings
    store: Store
    registry: Registry
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


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock | None = None, *, strict: bool = False) -> AsyncIterator[House]:
    """Open the house and close it behind you."""
    clock = clock or SystemClock()
    registry = find_commands()
    answers = Answers(Library(settings.packs, lambda: clock.now().date()), Index.build)
    store = await open_store(settings.database_url, clock)
    try:
        notices = Notices()
        await answers.learn(store)
        await notices.learn(store)
        services = Shelf(registry, answers, notices, Zones(clock), Identity(own_version()))
        manners = Manners(default_zone=ZoneInfo(settings.time_zone), strict=strict)
        dispatcher = Dispatcher(registry, store, services, clock, manners, news=notices)
        await dispatcher.start()
        try:
            yield House(settings, store, registry, dispatcher)
        finally:
            await dispatcher.close()
    finally:
        await store.close()
