"""Find the member who is meant by an argument."""

from __future__ import annotations

from bot.core.context import Ctx
from bot.core.params import Member
from bot.models import Handle, Person


async def find_member(ctx: Ctx, member: Member) -> Person | None:
    """Find who is meant, on the platform where the command came from; typed names are kept in small letters."""
    here = ctx.call.speaker.handle
    for user in dict.fromkeys((member.user, member.user.casefold())):
        found = await ctx.store.people.find(Handle(here.platform, here.realm, user))
        if found is not None:
            return found
    return None
