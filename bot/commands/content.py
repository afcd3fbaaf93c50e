"""For organisers: the community's own entries, the suggestions of members, and reading the packs again."""

from __future__ import annotations

from typing import Annotated

from bot.commands.saved import shortened
from bot.commands.suggest import FORMS, Kind, edit_form, heading
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, bullets, md, quote
from bot.core.paging import Page
from bot.core.params import Arg
from bot.core.reply import OpenForm, Option, Reply, Row, Style, Tone, Update
from bot.models import Addition, AdditionState
from bot.services.answers import Answers
from bot.services.editing import own_addition, set_state, tell_author, title
from bot.services.own_entries import WORDING, read, read_wording
from content.model import Faq, Resource, Tip
from content.problem import Problem

SECTION = "For organisers"
ORGANISERS = (admin_only, community_only)
PAGE = 10
SHOWN_PROBLEMS = 8


@command(
    "content add",
    summary="Add a tip, an answer or a resource of your own",
    section=SECTION,
    visibility=PRIVATE,
    examples=("content add faq",),
    guards=ORGANISERS,
    opens_form=True,
)
async def add(ctx: Ctx, kind: Annotated[Kind, Arg("What you would like to add")]) -> OpenForm:
    """Open the form of a new entry."""
    return FORMS[kind].open(own=True)


@command(
    "content list",
    summary="Your community's own entries: change or retire them",
    section=SECTION,
    visibility=PRIVATE,
    examples=("content list",),
    guards=ORGANISERS,
)
async def listed(ctx: Ctx) -> Reply:
    """List the community's own entries."""
    return await _list(ctx, AdditionState.LIVE, 0)


@command(
    "content suggestions",
    summary="What members suggest: approve, edit or decline",
    section=SECTION,
    visibility=PRIVATE,
    examples=("content suggestions",),
    guards=ORGANISERS,
)
async def suggestions(ctx: Ctx) -> Reply:
    """List what members suggest."""
    return await _list(ctx, AdditionState.SUGGESTED, 0)


@command(
    "content reload",
    summary="Read the content packs again",
    section=SECTION,
    visibility=PRIVATE,
    examples=("content reload",),
    guards=(admin_only,),
)
async def reload(ctx: Ctx) -> Reply:
    """Read the packs again.

    It is all or nothing: if anything is wrong, what was there stays in place.
    """
    problems = await ctx.services.get(Answers).reload(ctx.store)
    if not problems:
        count = len(ctx.services.get(Answers).base.catalog.documents)
        return Reply(md("Read again. I know {count} entries now.", count=count), tone=Tone.GOOD)
    lines = bullets(map(_told, problems[:SHOWN_PROBLEMS]))
    more = md(" The first of them:") if len(problems) > SHOWN_PROBLEMS else Markdown("")
    sum_of_them = "one problem" if len(problems) == 1 else f"{len(problems)} problems"
    lead = md("Nothing was changed, because of {problems}.{more}", problems=sum_of_them, more=more)
    return Reply(md("{lead}\n\n{lines}", lead=lead, lines=lines), tone=Tone.PROBLEM)


def _told(problem: Problem) -> Markdown:
    """Say where and what, without showing the folders of the machine to everybody."""
    file = problem.place.file
    where = f"{file.parent.name}/{file.name}:{problem.place.line}"
    text = f"{problem.code} {problem.message.rstrip('.')} - {problem.hint}"[:200]
    return md("{where:code} {text}", where=where, text=text)


@action("content.page", guards=ORGANISERS)
async def turn(ctx: Ctx, state: AdditionState, page: int) -> Update:
    """Turn the page."""
    return Update(await _list(ctx, state, page))


@action("content.open", guards=ORGANISERS)
async def open_one(ctx: Ctx, chosen: int) -> Reply:
    """Show one entry with what can be done with it."""
    addition = await own_addition(ctx, chosen)
    return Reply(_body(addition), title=shortened(heading(addition)), rows=(_choices(addition),))


@action("content.edit", guards=ORGANISERS, opens_form=True)
async def edit(ctx: Ctx, chosen: int) -> OpenForm:
    """Open an entry's form."""
    return edit_form(await own_addition(ctx, chosen))


@action("content.approve", guards=ORGANISERS)
async def approve(ctx: Ctx, chosen: int) -> Update:
    """Let everybody find a suggestion."""
    addition = await own_addition(ctx, chosen)
    await set_state(ctx, addition, AdditionState.LIVE)
    await tell_author(ctx, addition, md("Your suggestion “{title}” is in. Thank you!", title=title(addition)))
    undo = retire.button("Take it back", chosen=addition.id)
    return Update(Reply(md("Approved. Everybody here finds it from now on."), rows=((undo,),), tone=Tone.GOOD))


@action("content.decline", guards=ORGANISERS)
async def decline(ctx: Ctx, chosen: int) -> Update:
    """Decline a suggestion, kindly."""
    addition = await own_addition(ctx, chosen)
    await set_state(ctx, addition, AdditionState.DECLINED)
    kind_words = md("“{title}” was not taken up this time. Thank you for the thought.", title=title(addition))
    await tell_author(ctx, addition, kind_words)
    undo = approve.button("Approve after all", chosen=addition.id)
    return Update(Reply(md("Declined. I will tell whoever suggested it."), rows=((undo,),)))


@action("content.retire", guards=ORGANISERS)
async def retire(ctx: Ctx, chosen: int) -> Update:
    """Take an entry out of the search, and keep it."""
    addition = await own_addition(ctx, chosen)
    await set_state(ctx, addition, AdditionState.RETIRED)
    undo = restore.button("Undo", chosen=addition.id)
    return Update(Reply(md("Retired: “{title}”.", title=title(addition)), rows=((undo,),)))


@action("content.restore", guards=ORGANISERS)
async def restore(ctx: Ctx, chosen: int) -> Update:
    """Bring a retired entry back."""
    addition = await own_addition(ctx, chosen)
    await set_state(ctx, addition, AdditionState.LIVE)
    return Update(Reply(md("It is back: “{title}”.", title=title(addition)), tone=Tone.GOOD))


async def _list(ctx: Ctx, state: AdditionState, page: int) -> Reply:
    found = await ctx.store.additions.of(ctx.community.id, state) if ctx.community else ()
    if not found:
        return Reply(_nothing(state), title=_heading(state))
    here = Page.of(len(found), page, PAGE)
    shown = found[here.part]
    lines = bullets([md("{heading}", heading=heading(one)) for one in shown])
    options = tuple(Option(shortened(heading(one)), str(one.id)) for one in shown)
    rows = (open_one.select(options, placeholder="Open one"), *here.turns(turn, state=state))
    return Reply(lines, title=_heading(state), rows=rows, footer=here.note)


def _heading(state: AdditionState) -> str:
    return "Suggestions" if state is AdditionState.SUGGESTED else "Your own entries"


def _nothing(state: AdditionState) -> Markdown:
    if state is AdditionState.SUGGESTED:
        return md("No suggestion is waiting. Members make one with {how:code}.", how="/suggest")
    return md("There is nothing of your own yet. Add something with {how:code}.", how="/content add")


def _choices(addition: Addition) -> Row:
    if addition.kind == WORDING:
        return (retire.button("Retire", style=Style.DANGER, chosen=addition.id),)
    change = edit.button("Edit", chosen=addition.id)
    if addition.state is AdditionState.SUGGESTED:
        yes = approve.button("Approve", style=Style.PRIMARY, chosen=addition.id)
        return (yes, change, decline.button("Decline", chosen=addition.id))
    if addition.state is AdditionState.LIVE:
        return (change, retire.button("Retire", style=Style.DANGER, chosen=addition.id))
    return (change, restore.button("Bring it back", chosen=addition.id))


def _body(addition: Addition) -> Markdown:
    """Show an entry as it was written; a member's words are quoted, not obeyed."""
    if addition.kind == WORDING:
        return md("It leads to {faq:code}.", faq=read_wording(addition)[0])
    match read(addition):
        case Tip() as tip:
            return quote(f"{tip.text}\nTry it: {tip.try_it}\nDone when: {tip.done}")
        case Resource() as resource:
            return quote(f"{resource.why}\n{resource.url}")
        case Faq() as faq:
            return quote(faq.answer)
