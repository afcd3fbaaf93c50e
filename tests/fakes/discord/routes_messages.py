"""Messages in channels, written, read and changed by REST."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import posting
from tests.fakes.discord.calls import Call
from tests.fakes.discord.channels import DM, TAKES_MESSAGES, THREADS, Channel
from tests.fakes.discord.messages import Message
from tests.fakes.discord.refusals import Refused, closed_for_messages, invalid_form, missing_permissions, unknown
from tests.fakes.discord.routes_channels import visible

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

NONCE_SECONDS = 300.0


def post(world: World, call: Call) -> tuple[int, Any]:
    """Write a message; with a nonce that was used a moment ago, show the earlier one."""
    place = _writable(world, call)
    earlier = _earlier(world, place, call.fields)
    if earlier is not None:
        return 200, earlier.payload()
    posting.check_flags(call.fields, may_hide=False)
    place.archived = False
    made = posting.create(world, place, call.fields, call.uploads)
    if call.fields.get("nonce") is not None:
        made.nonce = str(call.fields["nonce"])
        world.nonces[place.id, made.nonce] = (world.now(), made.id)
    return 200, made.payload()


def history(world: World, call: Call) -> tuple[int, Any]:
    """List messages, the newest first, all of them or those before one. Nonces are not kept with them."""
    place = visible(world, call.ids[0])
    if not place.bot_may("read_message_history"):
        return 200, []
    most, before = int(call.query.get("limit", "50")), call.query.get("before")
    if not 1 <= most <= 100:
        raise invalid_form("limit: from 1 to 100")
    found = [one.payload() for one in world.channel_messages(place)[::-1] if not before or int(one.id) < int(before)]
    return 200, [{name: value for name, value in one.items() if name != "nonce"} for one in found[:most]]


def message(world: World, call: Call) -> tuple[int, Any]:
    """Show a message."""
    return 200, _message(world, call).payload()


def edit(world: World, call: Call) -> tuple[int, Any]:
    """Change one of the bot's own messages."""
    found = _message(world, call)
    if found.author is not world.bot:
        raise Refused(403, 50005, "Cannot edit a message authored by another user")
    _check_archive(found.channel)
    posting.edit(world, found, call.fields, call.uploads)
    return 200, found.payload()


def delete(world: World, call: Call) -> tuple[int, Any]:
    """Delete a message; those of others need a permission."""
    found = _message(world, call)
    if found.author is not world.bot and not found.channel.bot_may("manage_messages"):
        raise missing_permissions()
    _check_archive(found.channel)
    posting.delete(world, found)
    return 204, None


def _writable(world: World, call: Call) -> Channel:
    place = visible(world, call.ids[0])
    if place.kind not in TAKES_MESSAGES:
        raise Refused(400, 50008, "Cannot send messages in a non-text channel")
    if place.kind == DM and not _takes(world, place):
        raise closed_for_messages()
    speak = "send_messages_in_threads" if place.kind in THREADS else "send_messages"
    if not place.bot_may(speak) or (call.uploads and not place.bot_may("attach_files")):
        raise missing_permissions()
    if place.locked:
        raise Refused(403, 50083, "Tried to perform an operation on an archived thread")
    return place


def _takes(world: World, place: Channel) -> bool:
    """Say whether somebody takes direct messages, and shares a guild with the bot."""
    person = place.person
    together = any(person.id in one.members for one in world.guilds.values() if one.present) if person else False
    return person is not None and person.takes_dms and together


def _earlier(world: World, place: Channel, fields: dict[str, Any]) -> Message | None:
    if not fields.get("enforce_nonce") or fields.get("nonce") is None:
        return None
    at, number = world.nonces.get((place.id, str(fields["nonce"])), (float("-inf"), ""))
    return world.messages.get(number) if world.now() - at <= NONCE_SECONDS else None


def _check_archive(place: Channel) -> None:
    if place.archived:
        raise Refused(400, 50083, "Tried to perform an operation on an archived thread")


def _message(world: World, call: Call) -> Message:
    place, found = visible(world, call.ids[0]), world.messages.get(call.ids[1])
    # Ephemeral messages cannot be reached with the bot's own token.
    if found is None or found.channel is not place or found.ephemeral:
        raise unknown("Message")
    return found
