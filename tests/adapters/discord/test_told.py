"""A channel that an organiser chooses comes with what the bot may do there, newer than what was heard of it before."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.discord.service import Presence
from adapters.discord.told import Told, listen, told_of
from bot.core.outgoing import Target, Trouble
from bot.models import Place
from bot.wiring import House, posting_by
from tests.adapters.discord.typing_in import sends
from tests.fakes.discord.channels import CATEGORY, FORUM, TEXT, Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.interactions import COMMAND
from tests.fakes.discord.people import Member
from tests.fakes.discord.permissions import bits
from tests.fakes.discord.server import FakeDiscord

REFUSED, DONE = "I may not post in this channel", "In <#"
ENOUGH = bits(["view_channel", "send_messages", "attach_files"])
THREAD = 11


@pytest.fixture
def lab(world: FakeDiscord) -> Guild:
    return world.guild("Lab")


@pytest.fixture
async def setting(house: House, presence: Presence) -> Presence:
    """Let the house post where it listens, so that it looks at a channel before it takes it."""
    posting_by(house, presence.poster)
    return presence


@pytest.fixture
def olga(lab: Guild) -> Member:
    return lab.member("olga", admin=True)


def secretly(channel: Channel, *, denied: int) -> None:
    """Change what the bot may do before the news of it has arrived."""
    channel.denied = denied


async def test_what_was_just_taken_from_the_bot_counts(setting: Presence, lab: Guild, olga: Member) -> None:
    general = lab.channel("general")
    secretly(general, denied=bits(["send_messages"]))
    assert REFUSED in (await olga.types(general, "/setup", channel=general, zone="UTC")).text


async def test_what_was_just_given_to_the_bot_counts(setting: Presence, lab: Guild, olga: Member) -> None:
    general = lab.channel("general")
    general.denies("send_messages")
    assert REFUSED in (await olga.types(general, "/setup", channel=general, zone="UTC")).text
    secretly(general, denied=0)
    assert DONE in (await olga.types(general, "/setup", channel=general, zone="UTC")).text


async def test_it_counts_in_a_form_too(setting: Presence, lab: Guild, olga: Member) -> None:
    general = lab.channel("general")
    form = await (await olga.types(general, "/setup")).press("Set up the weekly challenge")
    secretly(general, denied=bits(["attach_files"]))
    heard = await form.fills(channel=general, weekday="monday", time="09:00", zone="Rome")
    assert REFUSED in heard.text


@pytest.mark.parametrize("told", [{}, {"app_permissions": None}, {"app_permissions": "many"}])
async def test_where_nothing_is_told_what_was_heard_counts(
    told: dict[str, Any], setting: Presence, lab: Guild, olga: Member
) -> None:
    general = lab.channel("general")
    for denied, words in [((), DONE), (("send_messages",), REFUSED)]:
        general.denies(*denied)
        about = {"id": general.id, "type": TEXT, "name": "general", **told}
        options = [
            {"name": "channel", "type": 7, "value": general.id},
            {"name": "zone", "type": 3, "value": "UTC"},
        ]
        resolved = {"channels": {general.id: about}}
        data = {"id": "1", "name": "setup", "type": 1, "options": options, "resolved": resolved}
        assert words in (await sends(olga, general, COMMAND, data)).text


async def test_a_bot_that_does_not_know_itself_keeps_nobody_from_anything(
    presence: Presence, lab: Guild, world: FakeDiscord
) -> None:
    guild = presence.bot.get_guild(int(lab.id))
    assert guild is not None
    guild._members.clear()
    target = Target(Place("discord", lab.id), lab.channel("general").id)
    assert await presence.poster.trouble_at(target) is None


@pytest.mark.parametrize(
    ("kind", "rights", "trouble"),
    [
        (TEXT, ENOUGH, None),
        (TEXT, bits(["administrator"]), None),
        (TEXT, ENOUGH & ~bits(["view_channel"]), Trouble.FORBIDDEN),
        (TEXT, ENOUGH & ~bits(["attach_files"]), Trouble.FORBIDDEN),
        (THREAD, ENOUGH, Trouble.FORBIDDEN),
        (THREAD, ENOUGH | bits(["send_messages_in_threads"]), None),
        (FORUM, ENOUGH, Trouble.GONE),
        (CATEGORY, ENOUGH, Trouble.GONE),
        (99, ENOUGH, Trouble.GONE),
    ],
)
def test_what_keeps_a_post_from_a_channel(kind: int, rights: int, trouble: Trouble | None) -> None:
    listen({"resolved": {"channels": {"1": {"type": kind, "app_permissions": str(rights)}}}})
    told = told_of("1")
    assert isinstance(told, Told)
    assert told.trouble is trouble
    assert told_of("2") is None
