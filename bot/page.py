"""Open the page in the browser: over the operator's own database, or over a demo that is gone afterwards."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from adapters.web.hall import Scene
from adapters.web.people import CHANNELS, HERE, Seat
from adapters.web.service import on_web
from bot.authoring.corner import Corner
from bot.clock import SystemClock
from bot.core.outgoing import Poster
from bot.demo.shifted_clock import ShiftedClock
from bot.demo.stage import CAST, PLACE_NAME, Stage
from bot.platforms import (
    Presence,
    monitored,
    on_all_platforms,
    posters,
    previews,
    reporting,
    stay,
    until_stopped,
    watched_over,
    web_account,
)
from bot.services.comings import Comings
from bot.settings import Settings
from bot.wiring import (
    House,
    at_work,
    keeping_watch,
    open_house,
    posting_by,
    reload_content,
    reloading_on_hangup,
    rounds_of,
    warn_of_old_sqlite,
)
from content.checks.run import find_errors
from content.loader import load_packs

Tell = Callable[[str], None]
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder in memory, where a new one of ours is made
DEMO = "A demo: its members are made up, and nothing of it is kept. `stepwise run --empty` begins for real."
BROKEN = (
    "These packs have errors, so what members would see comes from the packs in use. "
    "Mend what the page shows, and it shows yours."
)
KEPT = "Everything is kept in {where}. `stepwise run` without --empty shows a demo."


async def open_page(settings: Settings, tell: Tell) -> None:
    """Be on the page alone until told to stop; everything is kept."""

    async def work() -> None:
        warn_of_old_sqlite()
        with at_work(settings):
            async with (
                open_house(settings) as house,
                monitored(house) as connected,
                on_all_platforms(house, tell) as there,
            ):
                tell(KEPT.format(where=settings.database_url.removeprefix("sqlite:///")))
                with reloading_on_hangup(house):
                    async with keeping_watch(house, *posters(there)), watched_over(house, there, connected):
                        await stay(there)

    await until_stopped(work)


async def open_demo(settings: Settings, tell: Tell) -> None:
    """Show the demo on the page until told to stop."""

    async def work() -> None:
        tell("One moment: some weeks of a made-up community …")
        with _folder_for_now() as folder:
            own = settings.model_copy(update={"database_url": f"sqlite:///{folder / 'demo.db'}", "backup_dir": None})
            async with playing(own, tell) as there:
                tell(DEMO)
                await stay(there)

    await until_stopped(work)


@asynccontextmanager
async def playing(settings: Settings, tell: Tell) -> AsyncIterator[Sequence[Presence]]:
    """Let the demo live, and be where its members can see it."""
    clock = ShiftedClock(SystemClock())
    async with open_house(settings, clock) as house:
        stage = Stage(house.dispatcher, clock, HERE)
        await stage.set_up()
        names = tuple(part.name for part in CAST)
        scene = Scene(
            PLACE_NAME, names, is_demo=True, previews=previews(), time_machine=stage, reporter=reporting(house).report
        )
        async with on_all_platforms(house, tell, scene) as there:
            watched = posters(there)
            stage.turn = _turn_of(house, *watched)
            async with keeping_watch(house, *watched):
                await stage.begin_posting()
                yield there


def _turn_of(house: House, *watched: Poster) -> Callable[[], Awaitable[None]]:
    """Return what the bot does by itself, to be done once."""
    runner = posting_by(house, *watched)

    async def turn() -> None:
        await runner.once()
        for one in rounds_of(house, *watched):
            await one.work()

    return turn


async def open_author(settings: Settings, folders: Sequence[Path], tell: Tell) -> None:
    """Show packs to their author until told to stop."""

    async def work() -> None:
        with _folder_for_now() as folder:
            sound = not find_errors(load_packs(folders), SystemClock().now().date())
            content = os.pathsep.join(map(str, folders)) if sound else settings.content
            changes = {"database_url": f"sqlite:///{folder / 'author.db'}", "backup_dir": None, "content": content}
            if not sound:
                tell(BROKEN)
            await _write(settings.model_copy(update=changes), folders, tell)

    await until_stopped(work)


async def _write(settings: Settings, folders: Sequence[Path], tell: Tell) -> None:
    async with open_house(settings) as house:
        clock, who = house.dispatcher.clock, Seat("author", organiser=True)
        await house.store.communities.enter(HERE, "Preview")
        corner = Corner(
            folders,
            lambda: clock.now().date(),
            house.dispatcher,
            who.speaker(CHANNELS[0], "Preview"),
            lambda: reload_content(house, folders),
        )
        scene = Scene("Preview", previews=previews(), reporter=reporting(house).report, author=corner)
        async with on_web(
            web_account(settings), house.dispatcher, house.services.get(Comings), house.store.secrets, scene
        ) as there:
            tell(f"The author's corner is at {there.address}author")
            watching = asyncio.ensure_future(corner.watch())
            try:
                await there.stay()
            finally:
                watching.cancel()


@contextmanager
def _folder_for_now() -> Iterator[Path]:
    """Make a folder that is gone afterwards; in memory where that is a folder, as nothing of it has to last."""
    with tempfile.TemporaryDirectory(prefix="stepwise-demo-", dir=MEMORY if _is_usable(MEMORY) else None) as folder:
        yield Path(folder)


def _is_usable(folder: Path) -> bool:
    try:
        with tempfile.TemporaryDirectory(dir=folder):
            return True
    except OSError:
        return False
