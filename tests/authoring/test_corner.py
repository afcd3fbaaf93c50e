"""The author's corner: entries with their problems, search with reasons, what members will see, fresh data."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.authoring.corner import Corner
from bot.core.calls import Status
from bot.core.reply import Reply
from bot.models import Place
from bot.wiring import House, reload_content
from tests.clock import ManualClock
from tests.conftest import SMALL_PACK
from tests.fakes.platform import Platform


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL_PACK, tmp_path / "pack"))


@pytest.fixture
def corner(house: House, clock: ManualClock, platform: Platform, pack: Path) -> Corner:
    author = platform.member("author", admin=True).speaker
    return Corner([pack], lambda: clock.now().date(), house.dispatcher, author, lambda: reload_content(house))


async def test_every_entry_has_its_place_and_its_problems(corner: Corner, pack: Path) -> None:
    faqs = pack / "faqs" / "all.yaml"
    faqs.write_text(faqs.read_text("utf-8").replace("question:", "questoin:", 1), "utf-8")
    listing = await corner.look()
    assert listing["errors"] == 2
    broken = next(one for one in listing["entries"] if any(p["severity"] == "error" for p in one["problems"]))
    assert (broken["kind"], Path(broken["file"])) == ("faq", faqs)
    assert any("did you mean 'question'" in one["hint"] for one in broken["problems"])
    assert {"faq", "tip", "resource", "path", "challenge"} <= {one["kind"] for one in listing["entries"]}


async def test_each_problem_stands_at_one_entry_at_most(corner: Corner) -> None:
    listing = await corner.look()
    placed = [str(problem) for entry in listing["entries"] for problem in entry["problems"]]
    assert len(placed) == len(set(placed))
    assert set(placed) <= {str(problem) for problem in listing["problems"]}


async def test_search_says_where_scores_come_from(corner: Corner) -> None:
    found = await corner.search("how often should i water tomatoes")
    best = found["hits"][0]
    assert found["confident"]
    assert best["kind"] == "faq"
    assert {part["name"] for part in best["parts"]} >= {"words", "title"}
    assert (await corner.search("   "))["hits"] == []


async def test_everything_that_is_listed_can_be_seen_as_members_see_it(corner: Corner) -> None:
    listing = await corner.look()
    for one in listing["entries"]:
        answer = await corner.show(one["kind"], one["id"])
        if one["kind"] in ("faq", "tip", "resource", "path", "challenge"):
            assert answer is not None, one
            assert answer.status is Status.DONE, (one, answer)
            assert isinstance(answer.outcome, Reply)
    assert await corner.show("nothing", "x") is None
    assert await corner.show("challenge", "no-such-thing") is None


async def test_a_challenge_comes_with_the_data_of_some_member(corner: Corner) -> None:
    first, second = await corner.sample("seed-orders", 1), await corner.sample("seed-orders", 2)
    assert first is not None
    assert second is not None
    assert first["files"][0]["name"] == "orders.csv"
    assert first["files"][0]["head"] != second["files"][0]["head"]
    assert "mean_amount" in first["answers"]
    assert await corner.sample("no-such-thing", 1) is None


async def test_a_file_that_is_saved_is_read_again(corner: Corner, pack: Path) -> None:
    before = await corner.look()
    tips = pack / "tips" / "all.yaml"
    waiting = asyncio.ensure_future(corner.changed(before["version"]))
    watching = asyncio.ensure_future(corner.watch())
    try:
        async with asyncio.timeout(30):
            while not waiting.done():
                # The watch takes its first look in its own time; until then a change goes unseen.
                tips.write_text(tips.read_text("utf-8") + "\n# a note\n", "utf-8")
                await asyncio.wait({waiting}, timeout=1.0)
            assert waiting.result() > before["version"]
    finally:
        watching.cancel()


async def test_the_author_is_told_before_the_bot_has_read_it_too(corner: Corner, pack: Path) -> None:
    seen, read = (await corner.look())["version"], asyncio.Event()

    async def slowly() -> None:
        await read.wait()

    corner.reload = slowly
    (pack / "tips" / "all.yaml").write_text("- id: [oops\n", "utf-8")
    refreshing = asyncio.ensure_future(corner.refresh())
    async with asyncio.timeout(30):
        assert await corner.changed(seen) == seen + 1
        listing = await corner.look()
        assert (listing["errors"] > 0, listing["fresh"]) == (True, False)
        read.set()
        await refreshing
    listing = await corner.look()
    assert (listing["version"], listing["fresh"]) == (seen + 2, True)


async def test_a_reading_that_fails_is_not_the_last(corner: Corner, pack: Path) -> None:
    tips, turns = pack / "tips" / "all.yaml", 0

    async def fails_once() -> None:
        nonlocal turns
        turns += 1
        if turns == 1:
            raise OSError("the disk is tired")

    corner.reload = fails_once
    watching = asyncio.ensure_future(corner.watch())
    try:
        async with asyncio.timeout(60):
            while turns < 2:
                tips.write_text(tips.read_text("utf-8") + "\n# a note\n", "utf-8")
                await asyncio.wait({watching}, timeout=1.0)
            assert not watching.done()
    finally:
        watching.cancel()


async def test_shown_where_nothing_of_it_counts(corner: Corner, house: House) -> None:
    await corner.show("challenge", "seed-orders")
    assert await house.store.communities.find(Place("fake", "lab")) is None
