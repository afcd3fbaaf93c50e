"""The ten-second check-in, and what one wrote at it."""

from __future__ import annotations

from typing import Annotated

from bot.commands.credit import undo_button
from bot.commands.path_steps import show_next
from bot.commands.saved import shortened
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import Outdated
from bot.core.markup import Markdown, bullets, join, md, one_line
from bot.core.paging import Page
from bot.core.params import Arg
from bot.core.reply import Button, Option, Reply, Style, Tone, Update
from bot.models import CheckIn
from bot.services.crediting import Credited, give_credit
from bot.services.credits import CHECK_IN
from bot.services.days import member_day, spoken_day

LONGEST = 600
PAGE = 5
Learned = Annotated[
    str, Arg("What you learned, in a few words; only you can read it", rest=True, multiline=True, max_length=LONGEST)
]


@command(
    "checkin",
    summary="Say that you learned something today",
    section="Keep going",
    visibility=PRIVATE,
    examples=("checkin", "checkin how to read a confusion table"),
)
async def checkin(ctx: Ctx, learned: Learned = "") -> Reply:
    """Check in for today.

    Ten seconds keep your streak. The words are yours alone: `/learned` shows them, and deletes them.
    """
    return await _check_in(ctx, learned)


@form("checkin.words", title="What did you learn?")
async def words_form(
    ctx: Ctx,
    learned: Annotated[
        str, Arg("In a few words; only you can read it", label="Today I learned", multiline=True, max_length=LONGEST)
    ],
) -> Reply:
    """Write what one learned today."""
    return await _check_in(ctx, learned)


async def _check_in(ctx: Ctx, learned: str) -> Reply:
    today = member_day(ctx.now)
    credited = await give_credit(ctx, CHECK_IN, "day")
    written = Markdown("")
    if learned.strip():
        me = await ctx.me()
        written = _WRITTEN[await ctx.store.check_ins.write(me.id, today, learned.strip(), me.origin_id)]
    words = words_form.button("Add what I learned") if not learned.strip() else my_words.button("What I wrote")
    return Reply(
        _said(credited, written),
        title=f"Checked in for {spoken_day(today)}",
        rows=((show_next.button("My next step", style=Style.PRIMARY), words, *undo_button(credited)),),
        tone=Tone.GOOD,
    )


# By whether they took the place of earlier words.
_WRITTEN = {
    False: md("I keep your words for you; only you can read them."),
    True: md("Your words took the place of those from earlier today; only you can read them."),
}


def _said(credited: Credited, written: Markdown) -> Markdown:
    first = md("Noted.") if credited.new else md("You checked in today already.")
    return join(filter(None, [first, credited.words, written]), " ")


@command(
    "learned", summary="What you wrote at your check-ins", section="You", visibility=PRIVATE, examples=("learned",)
)
async def my_words(ctx: Ctx) -> Reply:
    """List what you wrote.

    Choose one to read it whole or to delete it.
    """
    return await _page(ctx, 0)


@action("learned.page")
async def turn(ctx: Ctx, page: int) -> Update:
    """Turn the page."""
    return Update(await _page(ctx, page))


@action("learned.one")
async def show_one(ctx: Ctx, note: str) -> Reply:
    """Read one."""
    found = await _mine(ctx, note)
    gone = erase.button("Delete it", style=Style.DANGER, note=found.id)
    return Reply(md("{text}", text=found.text), title=spoken_day(found.day), rows=((gone,),))


@action("learned.erase")
async def erase(ctx: Ctx, note: int) -> Update:
    """Delete one for good."""
    me = await ctx.me()
    gone = await ctx.store.check_ins.erase(me.id, note)
    said = "Deleted. The day still counts for your streak." if gone else "That was deleted already."
    return Update(Reply(md("{said}", said=said), rows=((_all_button(),),)))


def _all_button() -> Button:
    return my_words.button("What I wrote")


async def _mine(ctx: Ctx, note: str) -> CheckIn:
    found = await ctx.store.check_ins.find(ctx.known.id, int(note)) if ctx.known and note.isdecimal() else None
    if found is None:
        raise Outdated
    return found


async def _page(ctx: Ctx, page: int) -> Reply:
    count = await ctx.store.check_ins.count(ctx.known.id) if ctx.known else 0
    if ctx.known is None or not count:
        return Reply(
            md("You have written nothing yet. {how:code} begins.", how="/checkin what I learned"), title="Learned"
        )
    here = Page.of(count, page, PAGE)
    shown = await ctx.store.check_ins.of(ctx.known.id, offset=here.start, limit=PAGE)
    options = tuple(Option(shortened(f"{one.day}: {one_line(one.text)}"), str(one.id)) for one in shown)
    lines = [md("**{day}**: {text}", day=spoken_day(one.day), text=_begun(one.text)) for one in shown]
    return Reply(
        bullets(lines),
        title="What you learned",
        rows=(show_one.select(options, placeholder="Read one whole, or delete it"), *here.turns(turn)),
        footer=join(filter(None, [here.note, md("Only you can see this.")]), " "),
    )


def _begun(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= 200 else f"{line[:199]}…"
