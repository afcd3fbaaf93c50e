"""Channels and threads, asked and changed by REST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import posting
from tests.fakes.discord.calls import Call
from tests.fakes.discord.channels import NEWS, NEWS_THREAD, TAKES_POSTS, THREAD, THREADS, Channel
from tests.fakes.discord.checks import length
from tests.fakes.discord.refusals import Refused, invalid_form, missing_access, missing_permissions, unknown

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

DURATIONS = (60, 1440, 4320, 10080)


def channel(world: World, call: Call) -> tuple[int, Any]:
    """Show a channel."""
    return 200, visible(world, call.ids[0]).payload()


def change(world: World, call: Call) -> tuple[int, Any]:
    """Change a channel's name, or open and close a thread."""
    found = visible(world, call.ids[0])
    if found.kind in THREADS:
        found.archived = bool(call.fields.get("archived", found.archived))
        found.locked = bool(call.fields.get("locked", found.locked))
        found.name = str(call.fields.get("name", found.name))
        found.home.tell("THREAD_UPDATE", found.payload())
        return 200, found.payload()
    if not found.bot_may("manage_channels"):
        raise missing_permissions()
    found.becomes(name=call.fields.get("name"))
    return 200, found.payload()


def start_thread(world: World, call: Call) -> tuple[int, Any]:
    """Start a thread at a message; it has the message's id."""
    place, number = visible(world, call.ids[0]), call.ids[1]
    message = world.messages.get(number)
    if message is None or message.channel is not place or message.ephemeral:
        raise unknown("Message")
    if not place.bot_may("create_public_threads"):
        raise missing_permissions()
    if number in place.home.channels:
        raise Refused(400, 160004, "A thread has already been created for this message")
    return 201, _start(place, number, call.fields).payload()


def start_post(world: World, call: Call) -> tuple[int, Any]:
    """Start a post in a forum, with its first message."""
    place = visible(world, call.ids[0])
    if place.kind not in TAKES_POSTS:
        raise invalid_form("threads without a message are not taken here")
    if not place.bot_may("send_messages"):
        raise missing_permissions()
    if place.requires_tag and not call.fields.get("applied_tags"):
        raise Refused(400, 40067, "A tag is required to create a forum post in this channel")
    words = call.fields.get("message")
    if not isinstance(words, dict):
        raise invalid_form("message is missing")
    started = _start(place, world.ids.new(), call.fields)
    try:
        said = posting.create(world, started, words, call.uploads)
    except Refused:
        started.vanishes()
        raise
    return 201, started.payload() | {"message": said.payload()}


def visible(world: World, number: str) -> Channel:
    """Return a channel that the bot sees."""
    found = world.channels.get(number)
    if found is None:
        raise unknown("Channel")
    if found.guild is not None and not (found.guild.present and found.bot_may("view_channel")):
        raise missing_access()
    return found


def _start(place: Channel, number: str, fields: dict[str, Any]) -> Channel:
    problems = [*length("thread name", fields.get("name"), 100, 1)]
    if fields.get("auto_archive_duration", DURATIONS[0]) not in DURATIONS:
        problems.append(f"auto_archive_duration is not one of {DURATIONS}")
    if problems:
        raise invalid_form(*problems)
    kind = NEWS_THREAD if place.kind == NEWS else THREAD
    started = Channel(number, fields["name"], kind, place.guild, parent=place)
    place.home.add(started)
    place.home.tell("THREAD_CREATE", started.payload() | {"newly_created": True})
    return started
