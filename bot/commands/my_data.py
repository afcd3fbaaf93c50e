"""What is kept about a member is theirs: to have, and to delete."""

from __future__ import annotations

import json
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, command, form
from bot.core.errors import BadField
from bot.core.markup import md
from bot.core.params import Arg
from bot.core.reply import File, Reply, Style, Tone

WORD = "forget me"


@command(
    "mydata", summary="All that I keep about you, as a file", section="You", visibility=PRIVATE, examples=("mydata",)
)
async def mydata(ctx: Ctx) -> Reply:
    """Send you everything that is kept about you.

    It is a JSON file: readable for people and programs.
    """
    if ctx.known is None:
        return Reply(md("I keep nothing about you."))
    kept = await ctx.store.people.export(ctx.known.id)
    text = json.dumps(
        {"about": "All that Stepwise keeps about you.", **kept}, indent=2, ensure_ascii=False, default=str
    )
    count = sum(map(len, kept.values()))
    return Reply(
        md(
            "Here is everything that I keep about you: {count} rows. {how:code} deletes it.", count=count, how="/forget"
        ),
        title="Your data",
        files=(File("my-data.json", text.encode(), "application/json"),),
    )


@command(
    "forget",
    summary="Delete all that I keep about you, for good",
    section="You",
    visibility=PRIVATE,
    examples=("forget",),
)
async def forget(ctx: Ctx) -> Reply:
    """Delete everything about you, after asking once more.

    It cannot be undone.
    """
    if ctx.known is None:
        return Reply(md("I keep nothing about you, so there is nothing to delete."))
    return Reply(
        md(
            "This deletes everything I keep about you: your streak, your path, what you saved and wrote, your place on "
            "every board. **It cannot be undone.** {data:code} gives you a copy first.",
            data="/mydata",
        ),
        title="Shall I forget you?",
        rows=((confirm.button("Delete everything", style=Style.DANGER),),),
        tone=Tone.WARNING,
    )


@form("forget.sure", title="Delete everything", submit="Delete for good")
async def confirm(
    ctx: Ctx, word: Annotated[str, Arg(f"Type {WORD} to go on", label="Are you sure?", max_length=40)]
) -> Reply:
    """Delete everything about whoever asks."""
    if word.strip().strip("\"'“”.").casefold() != WORD:
        raise BadField("word", md("Nothing was deleted. Type {word:code} if you are sure.", word=WORD))
    if ctx.known is not None:
        handles = await ctx.store.people.handles(ctx.known.id)
        await ctx.store.people.forget(ctx.known.id)
        for handle in (*handles, ctx.call.speaker.handle):
            ctx.callers.forget(handle)
    return Reply(md("Everything is deleted. You are welcome back at any time."))
