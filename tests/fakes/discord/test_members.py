"""What members do reaches an unmodified discord.py, and its answers reach them."""

from __future__ import annotations

import io
from typing import Any

import discord
import pytest

from tests.fakes.discord.bare_bot import (
    MODAL,
    Bot,
    Seen,
    button,
    callback,
    message,
)
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.heard import Heard
from tests.fakes.discord.people import Choice, Member
from tests.fakes.discord.resolved import NotOffered
from tests.fakes.discord.server import FakeDiscord


async def test_a_slash_command_is_answered(bot: Bot, channel: Channel, ada: Member) -> None:
    async def answer(seen: Seen) -> None:
        assert seen.data is not None
        assert seen.data["options"][0]["value"] == "how much math"  # type: ignore[typeddict-item]
        await callback(seen, {"type": 4, "data": message(button("More"), text=r"Some\. Not all", flags=1 << 15 | 64)})

    bot.handler = answer
    heard = await ada.types(channel, "/faq", question="how much math")
    assert heard.text == "Some. Not all"
    assert (heard.labels(), heard.ephemeral, heard.updated) == (["More"], True, False)


async def test_discord_py_answers_in_its_own_words(world: FakeDiscord, bot: Bot, channel: Channel, ada: Member) -> None:
    # It numbers files where the official description wants text; Discord takes both.
    world.judged = False

    async def answer(seen: Seen) -> None:
        file = discord.File(io.BytesIO(b"1,2"), filename="a.csv")
        await seen.response.send_message("There", file=file, ephemeral=True)
        await seen.followup.send("And more")

    bot.handler = answer
    heard = await ada.types(channel, "/path show")
    assert heard.text == "There"
    assert heard.files == {"a.csv": b"1,2"}
    assert [one.text for one in await heard.follow_ups()] == ["And more"]
    assert heard.also[0].ephemeral is False


async def test_values_are_completed(bot: Bot, ada: Member) -> None:
    async def answer(seen: Seen) -> None:
        await callback(seen, {"type": 8, "data": {"choices": [{"name": "Math?", "value": "math"}]}})

    bot.handler = answer
    assert await ada.completes("/faq", question="how mu") == [Choice("Math?", "math")]


async def test_members_only_do_what_clients_offer(world: FakeDiscord, bot: Bot, channel: Channel, ada: Member) -> None:
    with pytest.raises(NotOffered, match="There is no 'nothing'"):
        await ada.types(channel, "/nothing")
    with pytest.raises(NotOffered, match="needs"):
        await ada.types(channel, "/faq")
    with pytest.raises(NotOffered, match="not offered to ada"):
        await ada.types(channel, "/setup")
    with pytest.raises(NotOffered, match="Say which"):
        await ada.types(channel, "/path")
    with pytest.raises(NotOffered, match="not offered here"):
        await ada.types(await ada.in_dm(), "/setup")


async def test_buttons_update_and_ephemeral_ones_are_private(
    world: FakeDiscord, bot: Bot, channel: Channel, ada: Member, guild: Guild
) -> None:
    async def answer(seen: Seen) -> None:
        again = seen.type is discord.InteractionType.component
        flags = {} if again else {"flags": 1 << 15 | 64}
        body = message(button("Again"), text="Later" if again else "First") | flags
        await callback(seen, {"type": 7 if again else 4, "data": body})

    bot.handler = answer
    heard = await ada.types(channel, "/path show")
    pressed = await heard.press("Again")
    assert (pressed.text, pressed.updated, pressed.ephemeral, pressed.also) == ("Later", True, True, [])
    assert heard.text == "First"
    with pytest.raises(NotOffered, match="grace does not see"):
        guild.member("grace").sees(pressed.message)
    with pytest.raises(NotOffered, match="grace does not see"):
        await Heard(guild.member("grace"), heard.outcome).press("Again")
    with pytest.raises(NotOffered, match="There is no 'Other'"):
        await heard.press("Other")


async def test_selects_and_modals_with_files(bot: Bot, channel: Channel, ada: Member) -> None:
    got: list[Any] = []
    select = {"type": 3, "custom_id": "s", "options": [{"label": "One", "value": "1"}, {"label": "Two", "value": "2"}]}

    async def answer(seen: Seen) -> None:
        data: Any = seen.data
        if seen.type is discord.InteractionType.application_command:
            await callback(seen, {"type": 4, "data": message({"type": 1, "components": [select]})})
        elif seen.type is discord.InteractionType.component:
            got.append(data["values"])
            await callback(seen, {"type": 9, "data": MODAL})
        else:
            (attachment,) = data["resolved"]["attachments"].values()
            got.append(await bot.http.get_from_cdn(attachment["url"]))
            got.append(data["components"][0]["component"]["value"])
            await callback(seen, {"type": 7, "data": message(text="Thanks")})

    bot.handler = answer
    form = await (await ada.types(channel, "/path show")).choose("Two")
    assert (form.modal.title, [one.name for one in form.modal.fields]) == ("Tell us", ["answer", "file"])
    with pytest.raises(NotOffered, match="has to be filled in"):
        await form.fills()
    with pytest.raises(NotOffered, match="11 characters"):
        await form.fills(answer="x" * 11)
    done = await form.fills(answer="42", file=("a.csv", b"1,2"))
    assert (done.text, done.updated, got) == ("Thanks", True, [["2"], b"1,2", "42"])


async def test_menus_on_messages_and_members(bot: Bot, channel: Channel, ada: Member, guild: Guild) -> None:
    async def answer(seen: Seen) -> None:
        data: Any = seen.data
        kind = "messages" if data["type"] == 3 else "users"
        found = data["resolved"][kind][data["target_id"]]
        await callback(seen, {"type": 4, "data": message(text=found.get("content") or found["username"])})

    bot.handler = answer
    said = ada.says(channel, "Why does it work?")
    assert (await ada.uses_menu("Ask the mentors", said)).text == "Why does it work?"
    assert (await ada.uses_menu("Show progress", guild.member("Grace"))).text == "grace"
