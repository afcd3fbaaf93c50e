"""Take credit back: for a button that was pressed by mistake."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.markup import md
from bot.core.reply import Button, Reply, Update
from bot.services.crediting import Credited


def undo_button(credited: Credited) -> tuple[Button, ...]:
    """Make the button that takes this credit back; none when nothing was credited."""
    return (take_back.button("Undo", fact=credited.fact.id),) if credited.fact else ()


@action("credit.undo")
async def take_back(ctx: Ctx, fact: int) -> Update:
    """Take one credit back."""
    me = await ctx.me()
    gone = await ctx.store.activities.take_back(me.id, fact)
    said = "Taken back: it does not count any more." if gone else "That was taken back already."
    return Update(Reply(md("{said} {how:code} shows where you are.", said=said, how="/streak")))
