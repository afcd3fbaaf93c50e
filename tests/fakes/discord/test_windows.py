"""Interactions are answered once, in time, and as Discord allows."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

import discord
import pytest
from discord.http import Route
from discord.webhook.async_ import async_context

from tests.clock import ManualClock
from tests.fakes.discord.bare_bot import (
    MODAL,
    Bot,
    Seen,
    button,
    callback,
    message,
    post,
    refused,
)
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.deadline import soon
from tests.fakes.discord.people import Member
from tests.fakes.discord.resolved import NotOffered
from tests.fakes.discord.server import FakeDiscord


async def test_the_windows_of_an_interaction(
    world: FakeDiscord, clock: ManualClock, bot: Bot, channel: Channel, ada: Member
) -> None:
    came: asyncio.Queue[Seen] = asyncio.Queue()
    bot.handler = came.put
    heard = asyncio.create_task(ada.types(channel, "/path show"))
    seen = await soon(came.get())
    assert await refused(seen.followup.send("Too early")) == (404, 10015)
    await callback(seen, {"type": 5, "data": {"flags": 64}})
    assert await refused(callback(seen, {"type": 4, "data": message()})) == (400, 40060)
    clock.advance(minutes=14)
    await seen.followup.send("At last")
    clock.advance(minutes=2)
    assert await refused(seen.followup.send("Too late")) == (401, 50027)
    assert ((await heard).text, (await heard).ephemeral) == ("At last", True)


async def test_the_first_answer_may_come_too_late(
    world: FakeDiscord, clock: ManualClock, bot: Bot, channel: Channel, ada: Member
) -> None:
    came: asyncio.Queue[Seen] = asyncio.Queue()
    bot.handler = came.put
    heard = asyncio.create_task(ada.types(channel, "/path show"))
    seen = await soon(came.get())
    clock.advance(seconds=3.1)
    assert await refused(callback(seen, {"type": 4, "data": message()})) == (404, 10062)
    heard.cancel()


async def test_a_deferral_that_is_taken_back(bot: Bot, channel: Channel, ada: Member) -> None:
    async def answer(seen: Seen) -> None:
        await seen.response.defer()
        await seen.delete_original_response()
        await seen.followup.send("Only you", ephemeral=True)

    bot.handler = answer
    heard = await ada.types(channel, "/path show")
    assert (heard.text, heard.ephemeral) == ("Only you", True)


async def test_no_modal_after_a_modal_and_no_update_without_a_message(bot: Bot, channel: Channel, ada: Member) -> None:
    answers: list[tuple[int, int]] = []

    async def answer(seen: Seen) -> None:
        if seen.type is discord.InteractionType.modal_submit:
            answers.append(await refused(callback(seen, {"type": 9, "data": MODAL})))
            answers.append(await refused(callback(seen, {"type": 7, "data": message()})))
            await callback(seen, {"type": 4, "data": message()})
        else:
            await callback(seen, {"type": 9, "data": MODAL})

    bot.handler = answer
    form = await ada.types(channel, "/path show")
    await form.fills(answer="42")
    assert answers == [(400, 50035), (400, 50035)]


async def test_an_interaction_can_be_delivered_twice(bot: Bot, channel: Channel, ada: Member) -> None:
    came: asyncio.Queue[int] = asyncio.Queue()

    async def answer(seen: Seen) -> None:
        with contextlib.suppress(discord.HTTPException):
            await callback(seen, {"type": 4, "data": message()})
        await came.put(seen.id)

    bot.handler = answer
    await (await ada.types(channel, "/path show")).again()
    assert await soon(came.get()) == await soon(came.get())


async def test_a_deferral_fixes_the_privacy(bot: Bot, channel: Channel, ada: Member) -> None:
    async def answer(seen: Seen) -> None:
        await seen.response.defer(ephemeral=False)
        await seen.followup.send("For all", ephemeral=True)
        await seen.followup.send("For you", ephemeral=True)
        await seen.edit_original_response(content="For all, mended")

    bot.handler = answer
    heard = await ada.types(channel, "/path show")
    assert (heard.text, heard.ephemeral) == ("For all", False)
    second, mended = await heard.follow_ups(2)
    assert (second.text, second.ephemeral) == ("For you", True)
    assert (mended.text, mended.ephemeral, mended.message.id) == ("For all, mended", False, heard.message.id)


async def test_a_deferred_update_changes_the_message_of_the_button(bot: Bot, channel: Channel, ada: Member) -> None:
    async def answer(seen: Seen) -> None:
        await callback(seen, {"type": 4, "data": message(button("Go"))})

    async def late(seen: Seen) -> None:
        await callback(seen, {"type": 6})
        route = Route("PATCH", f"/webhooks/{seen.application_id}/{seen.token}/messages/@original")
        await async_context.get().request(route, seen._session, payload=message(text="Gone on"))

    bot.handler = answer
    heard = await ada.types(channel, "/path show")
    bot.handler = late
    pressed = await heard.press("Go")
    assert (pressed.text, pressed.updated, pressed.message.id) == ("Gone on", True, heard.message.id)
    with pytest.raises(NotOffered, match="There is no 'Go'"):
        await heard.press("Go")


async def test_a_message_of_the_bot_can_be_used_by_everybody(
    world: FakeDiscord, bot: Bot, channel: Channel, ada: Member
) -> None:
    async def answer(seen: Seen) -> None:
        await callback(seen, {"type": 4, "data": message(text=f"Hello {seen.user.name}")})

    bot.handler = answer
    await post(bot, channel, message(button("Hi")))
    (posted,) = world.channel_messages(channel)
    assert (await ada.sees(posted).press("Hi")).text == "Hello ada"
    await bot.http.delete_message(int(channel.id), int(posted.id))
    with pytest.raises(NotOffered, match="does not see"):
        ada.sees(posted)


async def test_direct_messages_have_interactions_too(world: FakeDiscord, bot: Bot, ada: Member) -> None:
    async def answer(seen: Seen) -> None:
        assert seen.guild is None
        assert seen.context.dm_channel
        await callback(seen, {"type": 4, "data": message(text=seen.user.display_name)})

    bot.handler = answer
    opened = await bot.http.request(Route("POST", "/users/@me/channels"), json={"recipient_id": ada.id})
    assert opened["id"] == (await ada.in_dm()).id
    assert (await ada.types(await ada.in_dm(), "/path show")).text == "ada"
    assert [one.text for one in world.dms("ada")] == ["ada"]


BAD_MODALS: list[dict[str, Any]] = [
    {"title": "x" * 46},
    {"title": ""},
    {"custom_id": "x" * 101},
    {"components": []},
    {"components": MODAL["components"] * 3},
    {"components": MODAL["components"][:1] * 2},
    {"components": [{"type": 4, "custom_id": "bare", "style": 1}]},
    {"components": [{"type": 18, "label": "x" * 46, "component": {"type": 4, "custom_id": "a", "style": 1}}]},
    {"components": [{"type": 18, "label": "x", "component": {"type": 3, "custom_id": "a", "options": []}}]},
    {"components": [{"type": 18, "label": "x", "component": {"type": 2, "custom_id": "a", "style": 1, "label": "x"}}]},
]


@pytest.mark.parametrize("judged", [False, True], ids=["own", "judged"])
async def test_modals_that_discord_refuses(
    world: FakeDiscord, bot: Bot, channel: Channel, ada: Member, judged: bool
) -> None:
    world.judged = judged
    taken: list[dict[str, Any]] = []

    async def answer(seen: Seen) -> None:
        for bad in BAD_MODALS:
            try:
                await callback(seen, {"type": 9, "data": MODAL | bad})
                taken.append(bad)
            except discord.HTTPException as error:
                assert error.code == 50035
        await callback(seen, {"type": 9, "data": MODAL})

    bot.handler = answer
    assert (await ada.types(channel, "/path show")).is_modal
    assert taken == []


async def test_too_many_suggestions_are_refused(bot: Bot, ada: Member) -> None:
    refusals: list[tuple[int, int]] = []

    async def answer(seen: Seen) -> None:
        many = [{"name": str(number), "value": "x"} for number in range(26)]
        refusals.append(await refused(callback(seen, {"type": 8, "data": {"choices": many}})))
        refusals.append(await refused(callback(seen, {"type": 5})))
        refusals.append(await refused(callback(seen, {"type": 8, "data": {"choices": [{"name": "x", "value": 1}]}})))
        await callback(seen, {"type": 8, "data": {"choices": many[:25]}})

    bot.handler = answer
    assert len(await ada.completes("/faq", question="a")) == 25
    assert refusals == [(400, 50035)] * 3
