"""A tip for today: one small thing to do, and a way to say that it was done."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated

from bot.commands.credit import undo_button
from bot.commands.saved import as_of_line, keep_button, sources_field
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Outdated, UserError
from bot.core.markup import Markdown, code, join, md
from bot.core.memo import AT_HAND
from bot.core.params import Arg, Asking, Choice
from bot.core.reply import Button, Field, Reply, Style, Tone, Update
from bot.models import ShownTip
from bot.services.answers import Answers, View, view_for
from bot.services.crediting import give_credit
from bot.services.credits import TIP_TRIED
from bot.services.days import member_day
from bot.services.my_path import my_walk
from bot.services.tips import next_tip, todays_tip
from content.model import Tip
from content.topic_tree import TopicTree

TITLE_IN_TOKEN = 60


def topic_names(asking: Asking, typed: str) -> Iterator[Choice]:
    """Complete a topic."""
    wanted = typed.casefold().strip()
    topics = asking.get(Answers).at_hand(asking.place).catalog.topics.topics
    # `sta` is more likely the beginning of statistics than the middle of something else.
    for topic in sorted(topics, key=lambda one: not one.title.casefold().startswith(wanted)):
        if any(wanted in name.casefold() for name in (topic.title, *topic.synonyms, *topic.abbreviations)):
            yield Choice(topic.title, topic.id)


@command(
    "tip",
    summary="One small thing to do today",
    section="Learn",
    visibility=PRIVATE,
    examples=("tip", "tip statistics", "tip machine learning"),
)
async def tip(
    ctx: Ctx, topic: Annotated[str, Arg("What it should be about", suggest=topic_names, rest=True, max_length=60)] = ""
) -> Reply:
    """Show today's tip.

    It stays the same for your whole day, and begins with what your next step is about. You get no tip twice before you
    have seen them all.
    """
    view = await view_for(ctx)
    tips = _about(view, topic)
    shown, today = await _shown(ctx, view), member_day(ctx.now)
    me = await ctx.me()
    chosen = todays_tip(tips, shown, today)
    if chosen is None:
        near = () if topic else await _topics_of_my_step(ctx)
        chosen = _some(next_tip(tips, shown, me, near=near))
        await ctx.store.tips.choose(me.id, chosen.id, today)
    return _card(view, chosen, topic)


@action("tip.another")
async def another(ctx: Ctx, seen: str, topic: str = "") -> Update:
    """Show one more."""
    view = await view_for(ctx)
    me = await ctx.me()
    near = () if topic else await _topics_of_my_step(ctx)
    chosen = _some(next_tip(_about(view, topic), await _shown(ctx, view), me, but=seen, near=near))
    await ctx.store.tips.show(me.id, chosen.id, member_day(ctx.now))
    return Update(_card(view, chosen, topic))


@action("tip.show")
async def show_tip(ctx: Ctx, name: str) -> Reply:
    """Show one tip again."""
    view = await view_for(ctx)
    return _card(view, _known(view, name), "")


@action("tip.try")
async def try_it(ctx: Ctx, name: str) -> Update:
    """Begin with a tip."""
    view = await view_for(ctx)
    one = _known(view, name)
    text = md(
        "{what}\n\nTake your {minutes} minutes. Then come back and press the button.",
        what=Markdown(one.try_it),
        minutes=one.minutes,
    )
    buttons = (did_it.button("I did it", style=Style.PRIMARY, name=one.id), another.button("Another", seen=one.id))
    return Update(Reply(text, title=one.title, fields=(_done_when(one),), rows=(buttons,)))


@action("tip.did")
async def did_it(ctx: Ctx, name: str) -> Update:
    """Count a tip as tried."""
    view = await view_for(ctx)
    one = _known(view, name)
    credited = await give_credit(ctx, TIP_TRIED, one.id)
    first = (
        "Well done. That counts for today." if credited.new else "This one counts for today already. Well done anyway."
    )
    said = join(filter(None, [md("{first}", first=first), credited.words]), " ")
    back = undo_button(credited)
    buttons = (keep_button("tip", one.id), another.button("Another", seen=one.id), *back)
    return Update(Reply(said, title=one.title, rows=(buttons,), tone=Tone.GOOD))


async def _topics_of_my_step(ctx: Ctx) -> tuple[str, ...]:
    way = await my_walk(ctx)
    return way.next.topics if way and way.next else ()


async def _shown(ctx: Ctx, view: View) -> list[ShownTip]:
    """Return what the member has seen, each tip under the name that it has today. Somebody new has seen nothing."""
    shown = await ctx.store.tips.of(ctx.known.id) if ctx.known else ()
    return [ShownTip(now.id, one.day) for one in shown if (now := view.tip(one.tip))]


def _about(view: View, topic: str) -> list[Tip]:
    if not topic:
        return list(view.tips)
    found = view.catalog.topics.named(topic)
    if found is not None:
        return view.tips_about(found.id)
    hits = [view.tip(hit.id) for hit in view.ask(topic, "tip", 10).hits]
    if hits:
        return [one for one in hits if one is not None]
    some = join([code(one.title) for one in view.catalog.topics.topics[:6]], ", ")
    raise UserError(
        md(
            "I have no tip about “{topic}” yet. Try one of {some}, or just {tip:code}.",
            topic=topic,
            some=some,
            tip="/tip",
        )
    )


def _some(chosen: Tip | None) -> Tip:
    if chosen is None:
        raise UserError(
            md("There are no tips here yet. An organiser can add one with {add:code}.", add="/content add tip")
        )
    return chosen


def _card(view: View, one: Tip, topic: str) -> Reply:
    return _drawn(view.catalog.topics, one, topic)


@lru_cache(maxsize=AT_HAND)
def _drawn(topics: TopicTree, one: Tip, topic: str) -> Reply:
    """Draw a tip once for all who see it."""
    return Reply(
        Markdown(one.text),
        title=one.title,
        fields=(Field("Try it", Markdown(one.try_it)), _done_when(one), *sources_field(one.sources)),
        rows=(
            (
                try_it.button("Try it", style=Style.PRIMARY, name=one.id),
                _another(one, topic),
                keep_button("tip", one.id),
            ),
        ),
        footer=_small_print(topics, one),
    )


def _begin(one: Tip) -> Button:
    return try_it.button("Try it", style=Style.PRIMARY, name=one.id)


def _another(one: Tip, topic: str) -> Button:
    """A topic that is too long for a token is left out rather than cut."""
    room = len(topic.encode("utf-16-le")) // 2 + len(one.id) <= TITLE_IN_TOKEN
    return another.button("Another", seen=one.id, topic=topic if room else "")


def _done_when(one: Tip) -> Field:
    return Field("You know it is done when", Markdown(one.done))


def _small_print(topics: TopicTree, one: Tip) -> Markdown:
    titles = ", ".join(map(topics.title, one.topics))
    about = md(
        "{topics}. {level}, {minutes} minutes.", topics=titles, level=one.level.value.capitalize(), minutes=one.minutes
    )
    return join([about, as_of_line(one.as_of)], " ") if one.sources else about


def _known(view: View, name: str) -> Tip:
    one = view.tip(name)
    if one is None:
        raise Outdated
    return one
