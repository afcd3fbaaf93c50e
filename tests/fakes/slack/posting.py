"""What may be posted where, and how it then stands there. Every way of saying something ends here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fakes.slack.blocks import completed, message_problems
from tests.fakes.slack.channels import Channel, Message
from tests.fakes.slack.log import Happening, Kind
from tests.fakes.slack.trouble import ApiError

if TYPE_CHECKING:
    from tests.fakes.slack.world import FakeSlack

LONGEST_POST, LONGEST_UPDATE = 40_000, 4_000


def content(world: FakeSlack, args: dict[str, Any], *, longest: int = LONGEST_POST) -> tuple[str, list[dict[str, Any]]]:
    """Return text and blocks as they will stand there, or refuse them."""
    text, blocks = args.get("text") or "", args.get("blocks") or []
    if not text and not blocks and not args.get("attachments"):
        raise ApiError("no_text")
    if not isinstance(text, str) or len(text) > longest:
        raise ApiError("msg_too_long")
    problems = message_problems(blocks) if blocks and world.judging else []
    problems = problems or _unknown_pictures(world, blocks)
    if problems:
        raise ApiError("invalid_blocks", response_metadata={"messages": [f"[ERROR] {one}" for one in problems]})
    if not text:
        world.complaints.append(
            "a message without top-level text: screen readers and notifications have nothing to say"
        )
    return text, completed(blocks, world.mint)


def put(world: FakeSlack, channel: Channel, message: Message) -> Message:
    """Let a message appear."""
    channel.messages[message.ts] = message
    world.posts.append(message)
    tell(world, "ephemeral" if message.seen_by else "message", message)
    echo(world, message, message.payload())
    return message


def change(world: FakeSlack, message: Message, text: str, blocks: list[dict[str, Any]], cause: str = "") -> Message:
    """Let a message say something else."""
    message.text, message.blocks, message.edits = text, blocks, message.edits + 1
    tell(world, "updated", message, cause)
    echo(world, message, {"type": "message", "subtype": "message_changed", "message": message.payload()})
    return message


def remove(world: FakeSlack, message: Message, cause: str = "") -> None:
    """Let a message disappear."""
    message.deleted = True
    tell(world, "deleted", message, cause)


def echo(world: FakeSlack, message: Message, event: dict[str, Any]) -> None:
    """Tell the bot of its own direct messages, where the world does so."""
    channel = world.channels[message.channel]
    if world.echoes and channel.kind == "im" and not message.seen_by:
        place = {"channel": channel.id, "channel_type": "im", "event_ts": world.mint.ts()}
        world.later(world.teams[channel.team].hears({**event, **place}, channel))


def tell(world: FakeSlack, kind: Kind, message: Message, cause: str = "") -> None:
    """Write into the log what happened to a message."""
    world.log.add(
        Happening(kind, message.payload(), message.channel, message.seen_by, message.ts, cause=cause or message.cause)
    )


def pictures(blocks: list[dict[str, Any]]) -> list[str]:
    """Return the ids of uploaded files that blocks show."""
    named = [block.get("slack_file") for block in blocks if block.get("type") == "image"]
    return [one["id"] for one in named if isinstance(one, dict) and one.get("id")]


def _unknown_pictures(world: FakeSlack, blocks: list[dict[str, Any]]) -> list[str]:
    return [f"invalid slack file {one}" for one in pictures(blocks) if not world.files.can_be_shown(one)]
