"""How an entry of the community's own comes to be: added or suggested, changed, approved, declined, retired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.core.context import Ctx
from bot.core.errors import BadField, UserError
from bot.core.markup import Markdown, md
from bot.models import Addition, AdditionState, NewAddition
from bot.services.answers import Answers, view_for
from bot.services.notices import Notices
from bot.services.own_entries import (
    WORDING,
    BadEntry,
    Entry,
    build,
    free_id,
    month_of,
    read,
    read_wording,
    title_of,
    write,
    write_wording,
)

_TITLES = {"tip": "title", "faq": "question", "resource": "title"}


async def keep_entry(ctx: Ctx, kind: str, fields: Mapping[str, Any], addition: int, state: AdditionState) -> Addition:
    """Check the fields of a form and keep them: a new entry, or a change of one."""
    known = await own_addition(ctx, addition) if addition else None
    name = known.entry if known else await _new_id(ctx, str(fields[_TITLES[kind]]))
    entry = _checked(ctx, kind, {**fields, "id": name})
    if known is None:
        kept = await _add(ctx, kind, entry.id, write(entry), state)
    else:
        await ctx.store.additions.change(known.id, body=write(entry))
        kept = known
    await ctx.services.get(Answers).learn(ctx.store)
    return kept


async def add_wording(ctx: Ctx, faq: str, text: str) -> Addition:
    """Let one more wording lead to an answer that is there."""
    kept = await _add(ctx, WORDING, await _new_id(ctx, text), write_wording(faq, text), AdditionState.LIVE)
    await ctx.services.get(Answers).learn(ctx.store)
    return kept


async def own_addition(ctx: Ctx, addition: int) -> Addition:
    """Return an entry of this community, and of no other."""
    found = await ctx.store.additions.find(addition)
    if found is None or found.place != ctx.call.speaker.place:
        raise UserError(md("This entry is not here any more."))
    return found


async def set_state(ctx: Ctx, addition: Addition, state: AdditionState) -> None:
    """Move an entry to another state, for everybody to find or not."""
    await ctx.store.additions.change(addition.id, state=state)
    await ctx.services.get(Answers).learn(ctx.store)


async def tell_author(ctx: Ctx, addition: Addition, text: Markdown) -> None:
    """Leave a word for whoever wrote an entry, unless they do this themselves."""
    me = await ctx.me()
    if addition.author_id is not None and addition.author_id != me.id:
        await ctx.services.get(Notices).leave(ctx.store, addition.author_id, text)


def title(addition: Addition) -> str:
    """Say what an entry is called."""
    return read_wording(addition)[1] if addition.kind == WORDING else title_of(read(addition))


def _checked(ctx: Ctx, kind: str, fields: Mapping[str, Any]) -> Entry:
    topics = ctx.services.get(Answers).base.catalog.topics
    typed = str(fields.get("topic") or "")
    topic = topics.named(typed)
    if topic is None:
        some = ", ".join(one.title for one in topics.topics[:5])
        raise BadField("topic", md("I know no topic “{typed}”. Some that I know: {some}.", typed=typed[:60], some=some))
    values = {name: value for name, value in fields.items() if name != "topic"}
    try:
        return build(kind, {**values, "topics": [topic.id], "as_of": month_of(ctx.today)})
    except BadEntry as error:
        name, problem = next(iter(error.problems.items()))
        raise BadField({"try": "what"}.get(name, name), md("{problem}", problem=problem)) from None


async def _new_id(ctx: Ctx, heading: str) -> str:
    view = await view_for(ctx)
    community = await ctx.here()
    catalog = view.catalog
    taken = {one.id for one in (*catalog.tips, *catalog.faqs, *catalog.resources)}
    if community is not None:
        for state in AdditionState:
            taken |= {one.entry for one in await ctx.store.additions.of(community.id, state)}
    return free_id(heading, taken)


async def _add(ctx: Ctx, kind: str, name: str, body: str, state: AdditionState) -> Addition:
    me = await ctx.me()
    community = await ctx.our_community()
    return await ctx.store.additions.add(NewAddition(community.id, kind, name, body, state, me.id))
