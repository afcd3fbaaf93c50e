"""The chat.* methods."""

from __future__ import annotations

from tests.fakes.slack.asked import Answered, Asked, Method
from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.posting import LONGEST_UPDATE, change, content, put, remove
from tests.fakes.slack.trouble import ApiError


def post_message(asked: Asked) -> Answered:
    """Post for everybody in a channel."""
    channel = _writable(asked)
    text, blocks = content(asked.world, asked.args)
    message = put(asked.world, channel, _new(asked, channel, text, blocks))
    return {"channel": channel.id, "ts": message.ts, "message": message.payload()}


def post_ephemeral(asked: Asked) -> Answered:
    """Post for one member's eyes."""
    channel, user = _writable(asked), asked.need("user")
    if user not in channel.members:
        raise ApiError("user_not_in_channel")
    text, blocks = content(asked.world, asked.args)
    message = _new(asked, channel, text, blocks)
    message.seen_by = user
    put(asked.world, channel, message)
    return {"message_ts": message.ts}


def update(asked: Asked) -> Answered:
    """Change what the bot posted."""
    message, channel = _own(asked, "ts", "cant_update_message"), asked.channel()
    if channel.archived:
        raise ApiError("is_archived")
    kept = {} if "blocks" in asked.args else {"blocks": message.blocks}
    text, blocks = content(asked.world, {**kept, **asked.args}, longest=LONGEST_UPDATE)
    change(asked.world, message, text, blocks)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": message.payload()}


def delete(asked: Asked) -> Answered:
    """Take back what the bot posted."""
    message = _own(asked, "ts", "cant_delete_message")
    remove(asked.world, message)
    return {"channel": message.channel, "ts": message.ts}


def permalink(asked: Asked) -> Answered:
    """Return the address of a message."""
    channel, ts = asked.channel(), asked.need("message_ts")
    if _found(channel, ts) is None:
        raise ApiError("message_not_found")
    domain = asked.world.teams[channel.team].domain
    return {
        "channel": channel.id,
        "permalink": f"https://{domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}",
    }


def _writable(asked: Asked) -> Channel:
    channel = asked.channel()
    if channel.archived:
        raise ApiError("is_archived")
    if asked.bot() not in channel.members and "chat:write.public" not in asked.held.scopes:
        raise ApiError("not_in_channel")
    if channel.restricted:
        raise ApiError("restricted_action")
    thread = asked.text("thread_ts")
    if thread and _found(channel, thread) is None:
        raise ApiError("thread_not_found")
    return channel


def _new(asked: Asked, channel: Channel, text: str, blocks: list[dict[str, object]]) -> Message:
    team = asked.world.teams[channel.team]
    return Message(
        asked.world.mint.ts(),
        channel.id,
        asked.bot(),
        text,
        blocks,
        asked.text("thread_ts"),
        team=team.id,
        bot_id=team.bot_id,
        app_id=asked.world.app.id,
        asked=asked.args,
    )


def _found(channel: Channel, ts: str) -> Message | None:
    message = channel.messages.get(ts)
    return None if message is None or message.deleted or message.seen_by else message


def _own(asked: Asked, name: str, otherwise: str) -> Message:
    message = _found(asked.channel(), asked.need(name))
    if message is None:
        raise ApiError("message_not_found")
    if message.user != asked.bot():
        raise ApiError(otherwise)
    return message


WRITE = ("chat:write",)
METHODS = {
    "chat.postMessage": Method(post_message, WRITE),
    "chat.postEphemeral": Method(post_ephemeral, WRITE),
    "chat.update": Method(update, WRITE),
    "chat.delete": Method(delete, WRITE),
    "chat.getPermalink": Method(permalink),
}
