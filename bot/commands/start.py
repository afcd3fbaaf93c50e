"""The first conversation: who am I here, what time is it for me, what can I do next."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.help import show_help
from bot.commands.settings import settings, zone_form
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, home
from bot.core.markup import Markdown, join, md
from bot.core.reply import Button, Reply, Row, Style, Update


@command(
    "start",
    summary="Begin here: who you are to me, and what to do next",
    section="Start here",
    visibility=PRIVATE,
    examples=("start",),
)
async def start(ctx: Ctx) -> Reply:
    """Greet a member."""
    return _welcome(ctx, asking=_not_asked_yet(ctx))


@action("start.not-now")
async def not_now(ctx: Ctx) -> Update:
    """Leave the time zone open, and do not ask again."""
    await ctx.prefer(zone_asked=True)
    return Update(_welcome(ctx, asking=False))


@home(order=0)
async def home_greeting(ctx: Ctx) -> Reply:
    """Greet a member on the home page, which leads to the settings further down."""
    asking = _not_asked_yet(ctx)
    greeting = _welcome(ctx, asking=asking)
    return greeting if asking else replace(greeting, rows=((_what_you_can_do(),),))


def _not_asked_yet(ctx: Ctx) -> bool:
    return ctx.preferences.zone is None and not ctx.preferences.zone_asked


def _welcome(ctx: Ctx, *, asking: bool) -> Reply:
    place = ctx.call.speaker.place_name
    where = md(" in {place}", place=place) if place else md(", in a direct message")
    who = md("Here you are **{name}**{where}.{organiser}", name=ctx.name, where=where, organiser=_organiser(ctx))
    return Reply(
        join([who, _time(ctx, asking), _next(asking)], "\n\n"),
        title=f"Welcome, {ctx.name}" if len(ctx.name) <= 80 else "Welcome",
        rows=_buttons(asking),
    )


def _organiser(ctx: Ctx) -> Markdown:
    return md(" You are one of its organisers.") if ctx.is_admin else Markdown("")


def _time(ctx: Ctx, asking: bool) -> Markdown:
    if ctx.preferences.zone == ctx.zone.key:
        return md("Your time zone is {zone}, so it is {now} for you.", zone=ctx.zone.key, now=f"{ctx.now:%A, %H:%M}")
    if asking:
        return md("I do not know your time zone yet. With it, your days begin and end when yours do. Will you tell me?")
    return md(
        "I use the time of {zone} for you. You can change that in {where:code}.", zone=ctx.zone.key, where="/settings"
    )


def _next(asking: bool) -> Markdown:
    first = md("Then type {help:code} to see what I can do.", help="/help")
    return (
        first if asking else md("Type {help:code} to see what I can do. Five minutes a day are enough.", help="/help")
    )


def _buttons(asking: bool) -> tuple[Row, ...]:
    if asking:
        return ((zone_form.button("Set my time zone", style=Style.PRIMARY), not_now.button("Not now")),)
    return ((_what_you_can_do(), settings.button("My settings")),)


def _what_you_can_do() -> Button:
    return show_help.button("What can you do?", style=Style.PRIMARY)
