"""The conversations.* methods."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tests.fakes.slack.asked import Answered, Asked, Method
from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.trouble import ApiError

READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
TYPES = {"public_channel": "public", "private_channel": "private", "im": "im"}
Item = TypeVar("Item")


def open_direct(asked: Asked) -> Answered:
    """Open direct messages with a member."""
    users = [one for one in asked.text("users").split(",") if one]
    if not users:
        raise ApiError("users_list_not_supplied")
    channel = asked.world.direct(asked.member(users[0]), asked.bot())
    return {"channel": {"id": channel.id}}


def info(asked: Asked) -> Answered:
    """Describe a channel."""
    return {"channel": asked.channel().payload(asked.bot())}


def listing(asked: Asked) -> Answered:
    """List the channels that the bot may see."""
    return _channels(asked, _visible(asked))


def of_a_user(asked: Asked) -> Answered:
    """List the channels that somebody, or the bot itself, is in."""
    user = asked.text("user") or asked.bot()
    return _channels(asked, [one for one in _visible(asked) if user in one.members])


def members(asked: Asked) -> Answered:
    """List who is in a channel."""
    page, after = _page(asked, sorted(asked.channel().members))
    return {"members": page, "response_metadata": {"next_cursor": after}}


def history(asked: Asked) -> Answered:
    """List what was said in a channel, newest first."""
    page, after = _page(asked, _between(asked, asked.channel()))
    return {"messages": [one.payload() for one in page], "has_more": bool(after)}


def replies(asked: Asked) -> Answered:
    """List a thread, oldest first."""
    root = asked.need("ts")
    found = [one for one in _read(asked, asked.channel()) if root in (one.ts, one.thread_ts)]
    if not found:
        raise ApiError("thread_not_found")
    return {"messages": [one.payload() for one in found], "has_more": False}


def join(asked: Asked) -> Answered:
    """Let the bot walk into a public channel."""
    channel = asked.channel()
    if channel.kind != "public":
        raise ApiError("method_not_supported_for_channel_type")
    if channel.archived:
        raise ApiError("is_archived")
    channel.members.add(asked.bot())
    return {"channel": channel.payload(asked.bot())}


def _channels(asked: Asked, found: list[Channel]) -> Answered:
    wanted = {TYPES.get(one.strip(), "") for one in (asked.text("types") or "public_channel").split(",")}
    shown = [one for one in found if one.kind in wanted]
    if asked.flag("exclude_archived"):
        shown = [one for one in shown if not one.archived]
    page, after = _page(asked, shown)
    return {"channels": [one.payload(asked.bot()) for one in page], "response_metadata": {"next_cursor": after}}


def _visible(asked: Asked) -> list[Channel]:
    team = asked.team()
    here = [one for one in asked.world.channels.values() if one.team == team.id and not one.gone]
    return [one for one in here if one.kind == "public" or asked.bot() in one.members]


def _read(asked: Asked, channel: Channel) -> list[Message]:
    if asked.bot() not in channel.members:
        raise ApiError("not_in_channel")
    return channel.posts


def _between(asked: Asked, channel: Channel) -> list[Message]:
    oldest, latest = float(asked.text("oldest") or 0), float(asked.text("latest") or "inf")
    edge = asked.flag("inclusive")
    posts = [one for one in _read(asked, channel) if not one.thread_ts or one.thread_ts == one.ts]
    inside = [one for one in posts if oldest < float(one.ts) < latest or (edge and float(one.ts) in (oldest, latest))]
    return sorted(inside, key=lambda one: float(one.ts), reverse=True)


def _page(asked: Asked, items: Sequence[Item]) -> tuple[list[Item], str]:
    size, start = min(int(asked.text("limit") or 100), 1000), asked.text("cursor") or "from:0"
    if not start.startswith("from:"):
        raise ApiError("invalid_cursor")
    first = int(start.removeprefix("from:"))
    more = first + size < len(items)
    return list(items[first : first + size]), f"from:{first + size}" if more else ""


METHODS = {
    "conversations.open": Method(open_direct, ("im:write",)),
    "conversations.info": Method(info, READ),
    "conversations.list": Method(listing, READ),
    "conversations.members": Method(members, READ),
    "conversations.history": Method(history, HISTORY),
    "conversations.replies": Method(replies, HISTORY),
    "conversations.join": Method(join, ("channels:join",)),
    "users.conversations": Method(of_a_user, READ),
}
