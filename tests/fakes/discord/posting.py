"""Messages come into being, change and go, under Discord's rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.fakes.discord import message_rules
from tests.fakes.discord.calls import Upload
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.messages import EPHEMERAL, V2, Attachment, Message
from tests.fakes.discord.refusals import empty_message, invalid_form, too_large, unknown
from tests.fakes.discord.users import User

if TYPE_CHECKING:
    from tests.fakes.discord.world import World

MOST_FILES = 10
SUPPRESS_EMBEDS, SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12
KEPT = ("content", "embeds", "components", "flags", "allowed_mentions")
Body = dict[str, Any]


def create(
    world: World,
    channel: Channel,
    body: Body,
    uploads: Sequence[Upload] = (),
    *,
    author: User | None = None,
    only_for: User | None = None,
    interaction: str | None = None,
) -> Message:
    """Put a message into a channel."""
    if channel.id not in world.channels:
        raise unknown("Channel")
    made = Message(world.ids.new(), channel, author or world.bot, only_for=only_for, interaction_id=interaction)
    made.application_id = world.bot.id if made.author is world.bot else None
    _fill(world, made, body, uploads)
    world.add_message(made)
    return made


def fill(world: World, message: Message, body: Body, uploads: Sequence[Upload]) -> None:
    """Say what a message that was only promised says."""
    _fill(world, message, body, uploads)
    message.loading = False


def placeholder(world: World, channel: Channel, only_for: User | None, interaction: str) -> Message:
    """Promise a message."""
    made = Message(world.ids.new(), channel, world.bot, only_for=only_for, loading=True, interaction_id=interaction)
    made.application_id = world.bot.id
    world.add_message(made)
    return made


def edit(world: World, message: Message, body: Body, uploads: Sequence[Upload]) -> None:
    """Change a message; what the body does not name stays."""
    merged = message.body | {part: body[part] for part in KEPT if part in body}
    merged["flags"] = int(message.body.get("flags") or 0) & V2 | int(body.get("flags") or 0) & V2
    files = _after_edit(world, message, body, uploads)
    _check(merged, files)
    message.body, message.attachments, message.edits = merged, files, message.edits + 1


def delete(world: World, message: Message) -> None:
    """Take a message away."""
    message.deleted = True
    world.messages.pop(message.id, None)
    if message.id in message.channel.message_ids:
        message.channel.message_ids.remove(message.id)


def check_flags(body: Body, *, may_hide: bool) -> None:
    """Refuse flags that nobody may set."""
    allowed = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | V2 | (EPHEMERAL if may_hide else 0)
    flags = body.get("flags") or 0
    if not isinstance(flags, int) or flags & ~allowed:
        raise invalid_form(f"flags {flags!r}")


def _fill(world: World, message: Message, body: Body, uploads: Sequence[Upload]) -> None:
    files = [_shelve(world, message.channel, one, _description(body, one)) for one in _listed(body, uploads)]
    _limit(world, message.channel, uploads)
    kept = {part: body[part] for part in KEPT if part in body}
    _check(kept | {"nonce": body.get("nonce")}, files)
    message.body, message.attachments = kept, files


def _check(body: Body, files: Sequence[Attachment]) -> None:
    names = {one.name for one in files}
    if message_rules.says_nothing(body, names):
        raise empty_message()
    found = message_rules.problems(body, v2=bool(int(body.get("flags") or 0) & V2), files=names)
    if found:
        raise invalid_form(*found)


def _limit(world: World, channel: Channel, uploads: Sequence[Upload]) -> None:
    if len(uploads) > MOST_FILES:
        raise invalid_form(f"{len(uploads)} files, not {MOST_FILES}")
    if any(len(one.data) > world.size_limit(channel) for one in uploads):
        raise too_large()


def _listed(body: Body, uploads: Sequence[Upload]) -> Sequence[Upload]:
    """Return the files of a new message; a list that names others is refused."""
    named = body.get("attachments")
    if named is None:
        return uploads
    known = {one.index for one in uploads}
    missing = [str(one.get("id")) for one in named if str(one.get("id")) not in known]
    if missing:
        raise invalid_form(f"attachments {missing} came without files")
    wanted = {str(one["id"]) for one in named}
    return [one for one in uploads if one.index in wanted]


def _after_edit(world: World, message: Message, body: Body, uploads: Sequence[Upload]) -> list[Attachment]:
    """Without a list all files stay; with one, only what it names."""
    _limit(world, message.channel, uploads)
    named = body.get("attachments")
    if named is None:
        return message.attachments + [_shelve(world, message.channel, one, None) for one in uploads]
    wanted = {str(one["id"]) for one in named}
    strangers = wanted - {one.index for one in uploads} - {one.id for one in message.attachments}
    if strangers:
        raise invalid_form(f"attachments {sorted(strangers)} came without files")
    fresh = [_shelve(world, message.channel, one, _description(body, one)) for one in uploads if one.index in wanted]
    return [one for one in message.attachments if one.id in wanted] + fresh


def _description(body: Body, upload: Upload) -> str | None:
    for one in body.get("attachments") or ():
        if str(one.get("id")) == upload.index:
            words = one.get("description")
            return str(words) if words else None
    return None


def _shelve(world: World, channel: Channel, upload: Upload, description: str | None) -> Attachment:
    return world.shelf.put(channel.id, upload.name, upload.data, description)
