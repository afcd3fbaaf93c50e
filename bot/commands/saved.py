"""What a member keeps for later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Outdated
from bot.core.limits import OPTION_LABEL
from bot.core.markup import Markdown, bullets, escape, md
from bot.core.paging import Page
from bot.core.params import Arg
from bot.core.reply import Button, Field, Option, Reply, Tone, Update
from bot.models import Saved
from bot.services.answers import View, view_for
from bot.services.days import spoken_month
from bot.services.own_entries import Entry, title_of
from content.model import Faq, Resource, Source, Tip

PAGE = 10
NAMES = {"tip": "Tip", "faq": "Question", "resource": "Resource"}


def keep_button(kind: str, name: str) -> Button:
    """Make the button that keeps an entry."""
    return keep.button("Save", kind=kind, name=name)


def sources_field(sources: Sequence[Source]) -> tuple[Field, ...]:
    """Say who says so."""
    links = [md("[{title}]({url})", title=escape(one.title), url=Markdown(one.url)) for one in sources]
    return (Field("Sources", bullets(links)),) if links else ()


def as_of_line(month: str) -> Markdown:
    """Say for which month something holds."""
    return md("As of {month}.", month=spoken_month(month))


@command("saved", summary="What you keep for later", section="You", visibility=PRIVATE, examples=("saved",))
async def saved(ctx: Ctx) -> Reply:
    """List what was saved."""
    return await _page(ctx, 0)


@action("saved.page")
async def turn(ctx: Ctx, page: int = 0) -> Update:
    """Turn the page."""
    return Update(await _page(ctx, page))


@action("saved.keep")
async def keep(ctx: Ctx, kind: str, name: str) -> Reply:
    """Keep an entry."""
    view = await view_for(ctx)
    entry = view.entry(kind, name) if kind in NAMES else None
    if entry is None:
        raise Outdated
    me = await ctx.me()
    new = await ctx.store.saves.keep(me.id, kind, entry.id)
    said = "Saved" if new else "You keep this already"
    return Reply(
        md("{said}: “{title}”. You find it under {where:code}.", said=said, title=title_of(entry), where="/saved"),
        rows=((drop.button("Undo", kind=kind, name=entry.id),),),
        tone=Tone.GOOD,
    )


@action("saved.drop")
async def drop(ctx: Ctx, kind: str, name: Annotated[str, Arg("What to take off the list")]) -> Update:
    """Keep an entry no longer."""
    me = await ctx.me()
    await ctx.store.saves.drop(me.id, name)
    back = keep.button("Save it again", kind=kind, name=name)
    return Update(Reply(md("Taken off your list."), rows=((back,),)))


async def _page(ctx: Ctx, page: int) -> Reply:
    view = await view_for(ctx)
    kept = await ctx.store.saves.of(ctx.known.id) if ctx.known else ()
    if not kept:
        return Reply(md("You keep nothing yet. Press **Save** under a tip, an answer or a resource."), title="Saved")
    here = Page.of(len(kept), page, PAGE)
    shown = kept[here.part]
    options = tuple(_option(view, one) for one in shown)
    rows = (show_saved.select(options, placeholder="Open one"), *here.turns(turn))
    return Reply(bullets([_line(view, one) for one in shown]), title="Saved", rows=rows, footer=here.note)


def _line(view: View, one: Saved) -> Markdown:
    entry = view.entry(one.kind, one.entry)
    if entry is None:
        return md("{kind}: not known here; it belongs to another community, or is gone", kind=NAMES[one.kind])
    if isinstance(entry, Resource):
        return md("Resource: [{title}]({url})", title=entry.title, url=Markdown(entry.url))
    return md("{kind}: {title}", kind=NAMES[one.kind], title=title_of(entry))


def shortened(title: str) -> str:
    """Fit a title into one line of a select; the whole of it stands above."""
    return title if len(title) <= OPTION_LABEL else f"{title[: OPTION_LABEL - 1]}…"


def _option(view: View, one: Saved) -> Option:
    entry = view.entry(one.kind, one.entry)
    title = title_of(entry) if entry else "Not known here"
    return Option(shortened(title), f"{one.kind} {one.entry}", NAMES[one.kind])


@action("saved.show")
async def show_saved(ctx: Ctx, chosen: str) -> Reply:
    """Open one thing that is kept."""
    kind, _, name = chosen.partition(" ")
    view = await view_for(ctx)
    entry = view.entry(kind, name) if kind in NAMES else None
    remove = drop.button("Take it off the list", kind=kind, name=name)
    if entry is None:
        return Reply(md("I do not know this here. It belongs to another community, or it is gone."), rows=((remove,),))
    return Reply(_body(entry), title=title_of(entry), rows=((remove,),), footer=as_of_line(entry.as_of))


def _body(entry: Entry) -> Markdown:
    match entry:
        case Resource():
            return md("{why}\n\n[Open it]({url})", why=Markdown(entry.why), url=Markdown(entry.url))
        case Tip():
            return md("{text}\n\n**Try it:** {what}", text=Markdown(entry.text), what=Markdown(entry.try_it))
        case Faq():
            return Markdown(entry.answer)
