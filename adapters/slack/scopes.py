"""What the bot asks Slack's permission for, and why it cannot do without."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """One permission, and what it is for."""

    name: str
    why: str


SCOPES: tuple[Scope, ...] = (
    Scope("commands", "Lets members type the slash command and use the shortcuts in the menu of a message."),
    Scope(
        "chat:write",
        "Lets the bot answer, and post where it was invited. It cannot post into channels that it is not in.",
    ),
    Scope(
        "app_mentions:read",
        "Tells the bot of messages that name it. Slash commands do not work in threads, so this is how to ask there.",
    ),
    Scope("channels:read", "Lets the bot say, when an organiser chooses a channel, whether it can post there."),
    Scope("groups:read", "The same for private channels that the bot was invited to."),
    Scope("im:history", "Lets the bot read what members write to it directly, and no other conversation."),
    Scope("im:write", "Lets the bot open a direct conversation, for reminders that a member asked for."),
    Scope("users:read", "Tells the bot a member's name, whether they are an admin, and whether they are a bot."),
    Scope("files:write", "Lets the bot send pictures of progress and the data of challenges."),
    Scope("files:read", "Lets the bot read the files that members hand in for a challenge."),
)
