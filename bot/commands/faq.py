"""Ask a question and get an answer, or an honest “I do not know” and a way on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated

from bot.commands.saved import as_of_line, keep_button, shortened, sources_field
from bot.core import tokens
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, On, Shortcut, action, command
from bot.core.errors import Outdated
from bot.core.limits import TOKEN
from bot.core.markup import Markdown, md
from bot.core.params import Arg, Asking, Choice
from bot.core.reply import Button, Option, Reply, Row, Select, Style, Tone, Update
from bot.services.answers import Answers, View, view_for
from content.model import Faq
from content.search import Answer

NEAREST = 3
QUESTION_KEPT = timedelta(days=30)


def questions(asking: Asking, typed: str) -> Iterator[Choice]:
    """Complete a question."""
    yield from asking.get(Answers).suggest(asking.place, typed, "faq")


@command(
    "faq",
    summary="Ask a question about learning and working in the field",
    section="Learn",
    visibility=PRIVATE,
    examples=("faq do i need a phd", "faq how much math"),
    shortcuts=(Shortcut("Ask the mentors", On.MESSAGE, "question"),),
)
async def faq(
    ctx: Ctx,
    question: Annotated[str, Arg("Your question, in your own words", suggest=questions, rest=True, max_length=1000)],
) -> Reply:
    """Answer a question.

    Write as you would to a friend; slips of the pen do not matter.
    """
    view = await view_for(ctx)
    found = view.ask(question, "faq", NEAREST + 1)
    best = view.faq(found.hits[0].id) if found.hits and found.confident else None
    if best is None:
        return await _not_sure(ctx, view, question, found)
    return _card(view, best, _understood(found), question)


@action("faq.show")
async def show_faq(ctx: Ctx, name: str) -> Reply:
    """Show one answer."""
    view = await view_for(ctx)
    return _card(view, _known(view, name), Markdown(""))


@action("faq.helped")
async def helped(ctx: Ctx, name: str) -> Reply:
    """Count that an answer helped."""
    one = _known(await view_for(ctx), name)
    me = await ctx.me()
    await ctx.store.votes.cast(me.id, one.id, helped=True)
    return Reply(md("Good to know, thank you."), tone=Tone.GOOD)


@action("faq.no-help")
async def no_help(ctx: Ctx, name: str, question: str = "") -> Reply:
    """Count that an answer did not help, and offer a way on: what was asked, not what was answered, is passed on."""
    view = await view_for(ctx)
    one = _known(view, name)
    me = await ctx.me()
    await ctx.store.votes.cast(me.id, one.id, helped=False)
    rows: list[Row] = _related_row(view, one)
    way = md(" Perhaps one of these fits better, or ask") if rows else md(" Please ask")
    if question and ctx.call.speaker.place:
        rows.append((await _ask_button(ctx, question),))
    return Reply(md("Thank you for saying so.{way} in other words.", way=way), rows=tuple(rows))


@action("faq.ask")
async def ask_community(ctx: Ctx, question: str = "", key: str = "") -> Update:
    """Keep a question for the organisers."""
    text = question or await ctx.store.stash.get(key) or ""
    community = await ctx.here()
    if not text or community is None:
        raise Outdated
    me = await ctx.me()
    gap = await ctx.store.gaps.ask(community.id, text, me.id)
    others = md(" {count} members ask this now.", count=gap.asked) if gap.asked > 1 else Markdown("")
    said = md("The organisers will see your question, and nothing else you wrote.{others}", others=others)
    return Update(Reply(said, title="Passed on", tone=Tone.GOOD))


def _card(view: View, one: Faq, understood: Markdown, asked: str = "") -> Reply:
    buttons = (
        helped.button("This helped", name=one.id),
        _not_quite(one, asked),
        keep_button("faq", one.id),
    )
    text = md("{understood}{answer}", understood=understood, answer=Markdown(one.answer.strip()))
    rows = (*_related_row(view, one), buttons)
    fields = sources_field(one.sources)
    return Reply(text, title=one.question, fields=fields, rows=rows, footer=as_of_line(one.as_of))


def _not_quite(one: Faq, asked: str) -> Button:
    """Carry the question if there is room; what got an answer is not worth keeping anywhere else."""
    button = no_help.button("Not quite", name=one.id, question=asked)
    return button if tokens.size(button.token) <= TOKEN else no_help.button("Not quite", name=one.id)


def _related_row(view: View, one: Faq) -> list[Row]:
    related = view.catalog.related(one.id, NEAREST)
    options = tuple(Option(shortened(other.question), other.id) for other in related)
    return [show_faq.select(options, placeholder="Related questions")] if options else []


def _understood(found: Answer) -> Markdown:
    if not found.was_repaired:
        return Markdown("")
    return md("*I read this as “{repaired}”.*\n\n", repaired=found.repaired[:200])


async def _not_sure(ctx: Ctx, view: View, question: str, found: Answer) -> Reply:
    near = [one for one in (view.faq(hit.id) for hit in found.hits[:NEAREST]) if one is not None]
    rows: list[Row] = []
    if near:
        rows.append(_choice_of(near))
    if ctx.call.speaker.place is not None:
        rows.append((await _ask_button(ctx, question),))
    lead = md("I have no good answer to “{question}”.", question=question[:200])
    way = md(" These are the nearest I know.") if near else md(" Try other words, or a shorter question.")
    return Reply(md("{lead}{way}", lead=lead, way=way), title="I am not sure", rows=tuple(rows), tone=Tone.WARNING)


def _choice_of(near: list[Faq]) -> Select:
    return show_faq.select(
        tuple(Option(shortened(one.question), one.id) for one in near), placeholder="The nearest I know"
    )


async def _ask_button(ctx: Ctx, question: str) -> Button:
    """Carry the question in the button if it fits, on the stash if not."""
    button = ask_community.button("Ask the community", style=Style.PRIMARY, question=question)
    if tokens.size(button.token) <= TOKEN:
        return button
    key = await ctx.store.stash.put(question, until=ctx.clock.now() + QUESTION_KEPT)
    return ask_community.button("Ask the community", style=Style.PRIMARY, key=key)


def _known(view: View, name: str) -> Faq:
    one = view.faq(name)
    if one is None:
        raise Outdated
    return one
