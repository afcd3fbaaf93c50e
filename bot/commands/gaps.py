"""For organisers: the questions that nothing answered, most asked first."""

from __future__ import annotations

from collections.abc import Sequence

from bot.commands.saved import shortened
from bot.commands.suggest import AnswerText, Question, SourcePage, Topic, Wordings, wordings_of
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import Outdated, UserError
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, bullets, md
from bot.core.paging import Page
from bot.core.reply import OpenForm, Option, Reply, Row, Style, Tone, Update
from bot.models import AdditionState, Gap, GapState
from bot.services.answers import view_for
from bot.services.editing import add_wording, keep_entry, own_addition, set_state
from bot.services.notices import Notices
from bot.services.own_entries import WORDING_SIZE

ORGANISERS = (admin_only, community_only)
PAGE = 10
NEAREST = 3
QUESTION = 120


@command(
    "gaps",
    summary="Questions that I could not answer",
    section="For organisers",
    visibility=PRIVATE,
    examples=("gaps",),
    guards=ORGANISERS,
)
async def gaps(ctx: Ctx) -> Reply:
    """List the open questions, most asked first."""
    return await _page(ctx, 0)


@action("gaps.page", guards=ORGANISERS)
async def turn(ctx: Ctx, page: int) -> Update:
    """Turn the page."""
    return Update(await _page(ctx, page))


@action("gaps.open", guards=ORGANISERS)
async def open_gap(ctx: Ctx, gap: int) -> Reply:
    """Show one question with what can be done about it."""
    found = await _own(ctx, gap)
    buttons = (answer.button("Answer it", style=Style.PRIMARY, gap=gap), dismiss.button("Dismiss", gap=gap))
    view = await view_for(ctx)
    near = view.ask(found.question, "faq", NEAREST).hits
    options = tuple(Option(shortened(hit.title), hit.id) for hit in near)
    same: tuple[Row, ...] = (same_as.select(options, placeholder="It asks the same as", gap=gap),) if options else ()
    return Reply(_line(found), title="An open question", rows=(*same, buttons))


@action("gaps.same", guards=ORGANISERS)
async def same_as(ctx: Ctx, gap: int, faq: str) -> Update:
    """Let the question lead to an answer that is there, and tell everybody who had asked."""
    found = await _own(ctx, gap)
    view = await view_for(ctx)
    known = view.faq(faq)
    if known is None:
        raise Outdated
    wording = await add_wording(ctx, known.id, found.question[:WORDING_SIZE])
    askers = await ctx.store.gaps.settle(gap, GapState.ANSWERED)
    await _tell(ctx, askers, known.question)
    said = md("From now on “{asked}” leads to this: {known}", asked=found.question, known=known.question)
    undo = unlink.button("Undo", gap=gap, wording=wording.id)
    return Update(Reply(said, title="Answered", rows=((undo,),), tone=Tone.GOOD))


@action("gaps.unlink", guards=ORGANISERS)
async def unlink(ctx: Ctx, gap: int, wording: int) -> Update:
    """Take a wording back and put the question on the list again."""
    await _own(ctx, gap)
    await set_state(ctx, await own_addition(ctx, wording), AdditionState.RETIRED)
    await ctx.store.gaps.settle(gap, GapState.OPEN)
    return Update(Reply(md("It is back on the list."), tone=Tone.GOOD))


@action("gaps.answer", guards=ORGANISERS, opens_form=True)
async def answer(ctx: Ctx, gap: int) -> OpenForm:
    """Open the form in which the question is answered."""
    found = await _own(ctx, gap)
    also = found.question if len(found.question) > QUESTION else ""
    return answer_form.open({"question": found.question[:QUESTION], "also": also}, gap=gap)


@form("gaps.answer-form", title="Answer it", guards=ORGANISERS)
async def answer_form(
    ctx: Ctx,
    question: Question,
    answer: AnswerText,
    topic: Topic,
    also: Wordings = "",
    source: SourcePage = "",
    gap: int = 0,
) -> Reply:
    """Keep the answer and tell everybody who had asked."""
    found = await _own(ctx, gap)
    wordings = dict.fromkeys([*wordings_of(also), found.question[:WORDING_SIZE]])
    fields = {"question": question, "answer": answer, "topic": topic, "source": source}
    others = [one for one in wordings if one != question]
    await keep_entry(ctx, "faq", {**fields, "also": others}, 0, AdditionState.LIVE)
    askers = await ctx.store.gaps.settle(gap, GapState.ANSWERED)
    await _tell(ctx, askers, question)
    return Reply(_thanks(len(askers)), title="Answered", tone=Tone.GOOD)


@action("gaps.dismiss", guards=ORGANISERS)
async def dismiss(ctx: Ctx, gap: int) -> Update:
    """Take a question off the list."""
    found = await _own(ctx, gap)
    await ctx.store.gaps.settle(gap, GapState.DISMISSED)
    return Update(
        Reply(md("Dismissed: “{question}”.", question=found.question), rows=((reopen.button("Undo", gap=gap),),))
    )


@action("gaps.reopen", guards=ORGANISERS)
async def reopen(ctx: Ctx, gap: int) -> Update:
    """Put a question back on the list."""
    await _own(ctx, gap)
    await ctx.store.gaps.settle(gap, GapState.OPEN)
    return Update(Reply(md("It is back on the list."), tone=Tone.GOOD))


async def _tell(ctx: Ctx, askers: Sequence[int], question: str) -> None:
    me = await ctx.me()
    for asker in askers:
        if asker != me.id:
            text = md("Your question has an answer now. Type {ask:code}", ask=f"/faq {question}")
            await ctx.services.get(Notices).leave(ctx.store, asker, text)


def _thanks(askers: int) -> Markdown:
    who = "whoever asked" if askers == 1 else f"the {askers} members who asked"
    return md("Everybody here finds the answer from now on, and I will tell {who}.", who=who)


async def _own(ctx: Ctx, gap: int) -> Gap:
    found = await ctx.store.gaps.find(gap)
    if found is None or ctx.community is None or found.community_id != ctx.community.id:
        raise UserError(md("This question is not on the list any more."))
    return found


async def _page(ctx: Ctx, page: int) -> Reply:
    count = await ctx.store.gaps.count(ctx.community.id) if ctx.community else 0
    if not count or ctx.community is None:
        return Reply(md("Nothing is open. I could answer every question so far."), title="Open questions")
    here = Page.of(count, page, PAGE)
    shown = await ctx.store.gaps.open(ctx.community.id, offset=here.start, limit=PAGE)
    options = tuple(Option(shortened(one.question), str(one.id)) for one in shown)
    rows = (open_gap.select(options, placeholder="Open one"), *here.turns(turn))
    return Reply(bullets([_line(one) for one in shown]), title="Open questions", rows=rows, footer=here.note)


def _line(gap: Gap) -> Markdown:
    times = "once" if gap.asked == 1 else f"by {gap.asked} members"
    return md(
        "“{question}” (asked {times}, last on {day})", question=gap.question[:200], times=times, day=f"{gap.last:%d %B}"
    )
