"""What the bot says after the first response, for fifteen minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.discord import posting
from tests.fakes.discord.calls import Call
from tests.fakes.discord.interactions import LAST_SECONDS, LATER, LATER_UPDATE, Interaction, Shown
from tests.fakes.discord.messages import EPHEMERAL, Message
from tests.fakes.discord.refusals import unknown, webhook_over

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

ORIGINAL = "@original"


def say_more(world: World, call: Call) -> tuple[int, Any]:
    """Take a follow-up. The first one after a deferral takes its place, and with it its privacy."""
    found = _open(world, *call.ids)
    posting.check_flags(call.fields, may_hide=True)
    promised = found.original
    if found.first == LATER and promised is not None and promised.loading and not promised.deleted:
        posting.fill(world, promised, call.fields, call.uploads)
        found.show(Shown.MESSAGE, promised)
        return 200, promised.payload()
    only_for = found.user if int(call.fields.get("flags") or 0) & EPHEMERAL else None
    made = posting.create(world, found.channel, call.fields, call.uploads, only_for=only_for, interaction=found.id)
    found.follow_ups.append(made)
    found.show(Shown.MESSAGE, made)
    return 200, made.payload()


def look(world: World, call: Call) -> tuple[int, Any]:
    """Show a message of this interaction."""
    return 200, _message(_open(world, *call.ids[:2]), call.ids[2]).payload()


def edit(world: World, call: Call) -> tuple[int, Any]:
    """Change a message of this interaction; the privacy stays."""
    found = _open(world, *call.ids[:2])
    message = _message(found, call.ids[2])
    if message.loading:
        posting.fill(world, message, call.fields, call.uploads)
        found.show(Shown.MESSAGE, message)
        return 200, message.payload()
    first_look = found.first == LATER_UPDATE and message is found.source and not found.outcomes
    posting.edit(world, message, call.fields, call.uploads)
    found.show(Shown.UPDATE if first_look else Shown.EDIT, message)
    return 200, message.payload()


def delete(world: World, call: Call) -> tuple[int, Any]:
    """Take a message of this interaction away."""
    found = _open(world, *call.ids[:2])
    posting.delete(world, _message(found, call.ids[2]))
    found.bell.ring()
    return 204, None


def _open(world: World, application: str, token: str) -> Interaction:
    found = world.tokens.get(token)
    if application != world.bot.id or found is None or not found.answered:
        raise unknown("Webhook")
    if world.now() - found.born > LAST_SECONDS:
        raise webhook_over()
    return found


def _message(found: Interaction, number: str) -> Message:
    own = [one for one in (found.original, *found.follow_ups) if one is not None]
    wanted = own[:1] if number == ORIGINAL and found.original else [one for one in own if one.id == number]
    if not wanted or wanted[0].deleted:
        raise unknown("Message")
    return wanted[0]
