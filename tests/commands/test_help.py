"""Help: all of it, one command, a group, and a slip of the pen."""

from __future__ import annotations

from bot.core.calls import Status
from bot.core.markup import plain
from tests.fakes.platform import Member


async def test_help_lists_every_command_under_its_heading(ada: Member) -> None:
    heard = await ada.says("/help")
    said = plain(heard.reply.text)
    assert said.index("Start here") < said.index("/start") < said.index("You") < said.index("/settings")
    assert "- /help: See what I can do" in said


async def test_help_leaves_out_what_is_not_for_me(ada: Member, grace: Member) -> None:
    assert "/gaps" not in (await ada.says("/help")).text
    assert "/gaps" in (await grace.says("/help")).text


async def test_help_for_one_command_says_how_to_write_it(ada: Member) -> None:
    for line in ("/help settings", "/help /settings", "/help  SETTINGS ", "/help name:settings"):
        heard = await ada.says(line)
        assert heard.reply.title == "/settings"
        assert "`/settings [zone:…] [quiet:…] [reminders:" in heard.reply.text
        assert "Only you see the answer." in heard.reply.text
        assert "(yes or no)" in heard.reply.text


async def test_help_for_a_group_lists_its_commands(ada: Member) -> None:
    heard = await ada.says("/help resource")
    assert "`/resource find`" in heard.reply.text
    assert heard.reply.title == "/resource"
    assert (await ada.says("/help resource find")).reply.title == "/resource find"


async def test_help_gathers_what_begins_alike_and_opens_it(ada: Member) -> None:
    overview = await ada.says("/help")
    assert "- `/path` with choose, done, list, next, show, undo" in overview.text
    assert "`/streak`: Your streak, and what keeps it alive; also with" in overview.text
    family = await overview.press("/streak")
    assert "The weekly streak is the one that counts" in family.text
    assert "`/streak pause`: Hold your streak" in family.text
    assert (await family.press("/streak pause")).reply.title == "/streak pause"


async def test_a_slip_gets_a_guess(ada: Member) -> None:
    for line, guess in (("/hlep", "/help"), ("/help setings", "/settings"), ("/help settings zone", "/help settings")):
        heard = await ada.says(line)
        assert heard.answer.status is Status.REFUSED
        assert f"Did you mean `{guess}`?" in heard.reply.text


async def test_command_names_are_completed(ada: Member) -> None:
    dispatcher = ada.platform.dispatcher
    assert [one.value for one in dispatcher.suggest("help", "name", "/sett")] == ["settings"]
    assert len(dispatcher.suggest("help", "name", "")) == min(25, len(dispatcher.registry.commands))
