"""What this bot is, and what it keeps about a member."""

from __future__ import annotations

from functools import lru_cache

from bot.commands.help import show_help
from bot.commands.settings import settings
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, command
from bot.core.markup import bullets, join, md
from bot.core.reply import Reply
from bot.services.identity import Identity


@command(
    "about", summary="What I am, and what I keep about you", section="You", visibility=PRIVATE, examples=("about",)
)
async def about(ctx: Ctx) -> Reply:
    """Say what the bot is."""
    return _about(ctx.services.get(Identity).version, known=ctx.known is not None)


@lru_cache(maxsize=4)
def _about(version: str, *, known: bool) -> Reply:
    kept = bullets(
        [
            md("your name here and your id, so that I know you again"),
            md("your settings: time zone, quiet hours, level, reminders"),
            md("what you did with me, such as a tip you tried or a step you took, and when"),
            md("what you saved, asked the community or suggested, and what you wrote at check-ins"),
            md("my own answers to you, for two days, so that none has to be given twice"),
        ]
    )
    new = md(
        "So far I keep nothing about you, only my own answers, for two days. That changes when you save something."
    )
    lead = md("I am Stepwise, a mentor who lives where you already talk. I answer questions and walk beside you.")
    what = md("This is all I keep about you:\n\n{kept}", kept=kept) if known else new
    never = md(
        "I never keep your messages, and I never show your settings to anybody else. {data:code} gives you all of it, "
        "{forget:code} deletes it.",
        data="/mydata",
        forget="/forget",
    )
    return Reply(
        join([lead, what, never], "\n\n"),
        title="About me",
        rows=((settings.button("My settings"), show_help.button("What can you do?")),),
        footer=md("Version {version}, free software under the MIT licence.", version=version),
    )
