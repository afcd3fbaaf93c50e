"""What the bot says unasked, and who hears it."""

from __future__ import annotations

import pytest

from adapters.web.people import HERE, handle_of
from adapters.web.service import WebPresence
from bot.core.markup import md
from bot.core.outgoing import PostFailed, Target, Trouble
from bot.core.reply import File, Image, Reply
from bot.models import Place
from tests.adapters.web.conftest import Opening
from tests.adapters.web.tabs import Tab, says

PNG = b"\x89PNG\r\n\x1a\n"


async def test_a_post_arrives_live_and_once(page: WebPresence, ada: Tab) -> None:
    first = await page.poster.post(Target(HERE, "#weekly"), Reply(md("A new week")), "1/weekly/1")
    entry = (await ada.hears("message"))["entry"]
    assert (entry["id"], entry["room"], entry["by"], entry["private"]) == (first, "weekly", "", False)
    assert await page.poster.post(Target(HERE, "weekly"), Reply(md("A new week")), "1/weekly/1") == first
    assert await page.poster.post(Target(HERE, "weekly"), Reply(md("Another week")), "1/weekly/2") != first
    assert "Another week" in says((await ada.hears("message"))["entry"])


@pytest.mark.parametrize("target", [Target(HERE, "attic"), Target(Place("web", "elsewhere"), "weekly")])
async def test_a_channel_that_is_not_there_is_told(page: WebPresence, target: Target) -> None:
    with pytest.raises(PostFailed) as failed:
        await page.poster.post(target, Reply(md("Hello")), "1")
    assert failed.value.trouble is Trouble.GONE


async def test_a_private_word_reaches_one_member(page: WebPresence, ada: Tab, opens: Opening) -> None:
    grace = await opens("Grace")
    assert await page.poster.tell(handle_of("Ada"), Reply(md("Only for you")))
    assert "Only for you" in says((await ada.hears("message"))["entry"])
    assert "Only for you" not in str((await grace.sits("Grace"))["history"])


async def test_organisers_are_told_what_others_need_not_know(page: WebPresence, ada: Tab, opens: Opening) -> None:
    olga = await opens("Olga", organiser=True)
    assert await page.poster.tell_organiser(HERE, Reply(md("A post did not go out")))
    assert (await olga.hears("message"))["entry"]["organisers"] is True
    assert "did not go out" not in str((await ada.sits("Ada"))["history"])


async def test_pictures_and_files_are_fetched_safely(page: WebPresence, ada: Tab) -> None:
    files = (File('a"b;c.csv', b"1,2", "text/csv"), File("evil.html", b"<script>", "text/html"))
    await page.poster.post(Target(HERE, "weekly"), Reply(md("x"), image=Image("p.png", PNG, "A dot"), files=files), "k")
    reply = (await ada.hears("message"))["entry"]["reply"]
    root = ada.address.rstrip("/")
    async with ada.session.get(root + reply["image"]["url"]) as answer:
        assert (answer.content_type, await answer.read()) == ("image/png", PNG)
    for file in reply["files"]:
        async with ada.session.get(root + file["url"]) as answer:
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"].startswith("attachment")
    async with ada.session.get(f"{root}/files/{'0' * 32}/0/0") as answer:
        assert answer.status == 404
