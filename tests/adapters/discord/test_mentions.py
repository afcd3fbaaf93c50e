"""Commands in texts become pressable, where Discord told us their ids."""

from __future__ import annotations

from adapters.discord.limits import problems
from adapters.discord.mentions import Mentions, mentions_of
from adapters.discord.options import commands
from adapters.discord.render import message
from adapters.discord.service import Presence
from bot.core.markup import md
from bot.core.reply import Field, Reply
from bot.wiring import find_commands
from tests.fakes.discord.server import FakeDiscord

LISTED = [{**one, "id": str(1000 + n)} for n, one in enumerate(commands(find_commands()))]
MENTIONS = Mentions(mentions_of(LISTED))
TIP = MENTIONS.known["tip"]


def drawn(text: str, **values: object) -> str:
    said = MENTIONS.put_into(message(Reply(md(text, **values))))
    assert problems(said.body) == []
    return str(said.body["components"][0]["components"][0]["content"])


def test_a_command_that_stands_alone_can_be_pressed() -> None:
    assert drawn("Type {how:code}.", how="/tip") == f"Type {TIP}."
    assert drawn("{how:code}", how="/path next").startswith("</path next:")


def test_a_command_beside_its_subcommands_is_called_show() -> None:
    assert drawn("{how:code}", how="/streak").startswith("</streak show:")


def test_examples_groups_and_unknown_words_stay_words() -> None:
    for words in ("/faq how much math", "/resource", "/nothing", "tip"):
        assert drawn("{how:code}", how=words) == f"`{words}`"


def test_what_a_member_typed_becomes_no_command() -> None:
    said = drawn("You wrote {typed}.", typed=f"`/tip` {TIP}")
    assert said == f"You wrote \\`/tip\\` \\{TIP}."  # each escaped, so Discord shows it as it was typed


def test_without_room_words_stay_words() -> None:
    long = Reply(md("{a}", a="x " * 1300), fields=(Field("Do", md(" ".join(["`/tip`"] * 140))),))
    plain = message(long)
    assert MENTIONS.put_into(plain) == plain


async def test_discords_ids_arrive_and_stay(presence: Presence, world: FakeDiscord) -> None:
    lab = world.guild("Lab")
    heard = await lab.member("ada").types(lab.channel("general"), "/start")
    assert "</help:" in heard.text
