"""Two accounts, one person: joined by a code that works once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.guards import cooldown
from bot.core.markup import Markdown, bullets, md
from bot.core.params import Arg
from bot.core.reply import Field, Reply, Style, Tone, Update
from bot.models import Handle

LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that looks like another
VALID = timedelta(minutes=15)
TRIES = (cooldown(6, per=timedelta(minutes=10)),)


@command(
    "link",
    summary="Join your accounts on two platforms into one",
    section="You",
    visibility=PRIVATE,
    guards=TRIES,
    examples=("link", "link ABCD-EFGH"),
)
async def link(
    ctx: Ctx, code: Annotated[str, Arg("The code that you got from me elsewhere", rest=True, max_length=40)] = ""
) -> Reply:
    """Get a code, or use the code that you got elsewhere.

    Your streak, your path and your points become one. What both have counts once. `/unlink` parts them again.
    """
    return await _ask(ctx, code) if code else await _offer(ctx)


async def _offer(ctx: Ctx) -> Reply:
    me = await ctx.me()
    letters = "".join(secrets.choice(LETTERS) for _ in range(8))
    code = f"{letters[:4]}-{letters[4:]}"
    await ctx.store.joins.offer(me.id, code, ctx.clock.now() + VALID)
    return Reply(
        md(
            "Go to your other account and type {line:code} there, within 15 minutes. Give this code to nobody else.",
            line=f"/link {code}",
        ),
        title="Your code",
        fields=_accounts(await ctx.store.people.handles(me.id), ctx.call.speaker.handle),
    )


def _accounts(handles: Sequence[Handle], here: Handle) -> tuple[Field, ...]:
    if len(handles) < 2:
        return ()
    lines = [md("{one}", one=_account(one, here)) for one in handles]
    return (Field("Joined already", bullets(lines)),)


def _account(one: Handle, here: Handle) -> str:
    return f"{one.platform.capitalize()} (this one)" if one == here else one.platform.capitalize()


async def _ask(ctx: Ctx, code: str) -> Reply:
    owner = await ctx.store.joins.offered(code)
    if owner is None:
        return _not_valid()
    if ctx.known is not None and owner.id == ctx.known.id:
        return Reply(md("This is your own code. Type it in your other account."))
    return Reply(
        md(
            "Join this account with **{name}**’s, which gave out this code? Both become one member: you. "
            "Wherever you are listed, you are called {name} then.",
            name=owner.name[:60],
        ),
        title="Is that you?",
        rows=((join.button("Yes, join them", style=Style.PRIMARY, code=code.strip()),),),
    )


def _not_valid() -> Reply:
    return Reply(
        md(
            "This code is not valid, or its 15 minutes are over. Type {how:code} in your other account again.",
            how="/link",
        ),
        tone=Tone.WARNING,
    )


@action("link.join", guards=TRIES)
async def join(ctx: Ctx, code: str) -> Update:
    """Join two accounts."""
    owner = await ctx.store.joins.join(code, ctx.call.speaker.handle)
    if owner is None:
        return Update(_not_valid())
    for handle in await ctx.store.people.handles(owner.id):
        ctx.callers.forget(handle)
    return Update(
        Reply(
            md("Your accounts are one now. {streak:code} shows what came together.", streak="/streak"),
            rows=((part.button("Undo"),),),
            tone=Tone.GOOD,
        )
    )


@command(
    "unlink",
    summary="Part this account from the ones that it was joined with",
    section="You",
    visibility=PRIVATE,
    examples=("unlink",),
)
async def unlink(ctx: Ctx) -> Reply:
    """Part this account from the others.

    It takes along what it brought, and what you did with it since.
    """
    return await _part(ctx)


@action("link.part")
async def part(ctx: Ctx) -> Update:
    """Part this account from the others."""
    return Update(await _part(ctx))


async def _part(ctx: Ctx) -> Reply:
    before = await ctx.store.people.handles(ctx.known.id) if ctx.known else ()
    own = await ctx.store.joins.part(ctx.call.speaker.handle)
    for handle in before:
        ctx.callers.forget(handle)
    if own is None:
        return Reply(_nothing_to_part(len(before)))
    return Reply(
        md(
            "This account stands for itself again, with what it brought and what you did with it since. What you "
            "saved, wrote and paused since the two were joined stays with the other account."
        ),
        tone=Tone.GOOD,
    )


def _nothing_to_part(accounts: int) -> Markdown:
    if accounts > 1:
        return md(
            "This is the account that the others were joined to. Type {how:code} in the one that should go.",
            how="/unlink",
        )
    return md("This account is not joined with any other.")
