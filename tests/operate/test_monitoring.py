"""Health and metrics say how the bot is, with names from the code alone."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from adapters.monitor.server import Pages, serving
from bot.core.calls import Call, Source, Speaker, Typed
from bot.core.outgoing import CannotStart
from bot.models import Handle, Place, Slot
from bot.operate.monitoring import Vitals, monitoring
from bot.settings import Settings
from bot.wiring import House, open_house
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK

PLACE = Place("console", "home")


@pytest.fixture
async def watched(tmp_path: Path, clock: ManualClock) -> AsyncIterator[House]:
    database = f"sqlite:///{tmp_path / 'stepwise.db'}"
    async with open_house(Settings(database_url=database, content=str(SMALL_PACK), monitor_port=9), clock) as opened:
        await opened.store.streaks.beat(timedelta(minutes=5))
        yield opened


@asynccontextmanager
async def pages(house: House, clock: ManualClock, **connected: bool) -> AsyncIterator[tuple[Vitals, str]]:
    assert house.measures is not None
    there = {name: (lambda value=value: value) for name, value in connected.items()}
    vitals = Vitals(house.store, clock, house.measures, there)
    async with monitoring(vitals, "127.0.0.1", 0) as port:
        yield vitals, f"http://127.0.0.1:{port}"


async def get(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_all_is_well(watched: House, clock: ManualClock) -> None:
    async with pages(watched, clock, elsewhere=True) as (_, address):
        assert await get(f"{address}/healthz") == (200, "ok\n")
        status, text = await get(f"{address}/readyz")
        assert (status, text) == (200, '{"ready": true, "store": "ok", "elsewhere": "ok"}')


async def test_a_lost_connection_is_not_ready(watched: House, clock: ManualClock) -> None:
    async with pages(watched, clock, elsewhere=False) as (_, address):
        status, text = await get(f"{address}/readyz")
        assert status == 503
        assert '"elsewhere": "not connected"' in text
        assert (await get(f"{address}/healthz"))[0] == 200, "a restart would not help"
        assert 'stepwise_connected{platform="elsewhere"} 0.0' in (await get(f"{address}/metrics"))[1]


async def test_a_heart_that_stopped_is_not_ready(watched: House, clock: ManualClock) -> None:
    clock.advance(minutes=4)
    async with pages(watched, clock) as (_, address):
        assert "nothing was written lately" in (await get(f"{address}/readyz"))[1]


async def test_a_store_that_is_closed_is_not_ready(watched: House, clock: ManualClock) -> None:
    async with pages(watched, clock) as (vitals, address):
        await watched.store.close()
        status, text = await get(f"{address}/readyz")
        assert (status, "closed" in text) == (503, True)
        assert "stepwise_ready 0.0" in (await get(f"{address}/metrics"))[1]
        assert vitals.backup_dir is None


async def test_calls_are_counted_by_their_command(watched: House, clock: ManualClock) -> None:
    speaker = Speaker(Handle("console", "", "ada"), "Ada")
    for number, line in enumerate(("faq what is soil", "help", "evil{label}\n words of a member")):
        await watched.dispatcher.handle(Call(f"c{number}", Source.SLASH, speaker, Typed(line)))
    async with pages(watched, clock) as (_, address):
        text = (await get(f"{address}/metrics"))[1]
    for command, outcome in (("faq", "done"), ("help", "done"), ("unknown", "refused")):
        assert f'stepwise_calls_total{{command="{command}",outcome="{outcome}",platform="console"}} 1.0' in text
    assert "evil" not in text
    assert 'stepwise_call_seconds_bucket{command="faq",le="0.1",platform="console"} 1.0' in text
    assert 'stepwise_database_seconds_count{kind="write"}' in text
    assert 'stepwise_database_seconds_count{kind="read"}' in text


async def test_queues_are_measured(watched: House, clock: ManualClock, tmp_path: Path) -> None:
    assert watched.measures is not None
    community = await watched.store.communities.enter(PLACE, "Home")
    await watched.store.posts.plan(Slot(community.id, "tip", clock.now() - timedelta(minutes=10)))
    async with pages(watched, clock) as (_, address):
        text = (await get(f"{address}/metrics"))[1]
    assert 'stepwise_recent_posts{state="pending"} 1.0' in text
    assert 'stepwise_queue_age_seconds{queue="posts"} 600.0' in text
    assert "stepwise_communities 1.0" in text
    assert 'stepwise_database_bytes{file="database"}' in text
    assert "stepwise_backup_age_seconds -1.0" in text


async def test_a_port_that_is_taken_is_told(watched: House, clock: ManualClock) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert watched.measures is not None
        vitals = Vitals(watched.store, clock, watched.measures, {})
        with pytest.raises(CannotStart, match="STEPWISE_MONITOR_PORT"):
            async with serving(Pages(vitals.ready, vitals.metrics), "127.0.0.1", taken.getsockname()[1]):
                pass


async def test_nothing_is_measured_unasked(house: House) -> None:
    assert house.measures is None
