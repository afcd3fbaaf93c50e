"""Help: what the bot can do, and how one command is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, command
from bot.core.errors import UnknownCommand
from bot.core.help import by_section, line, manual, visible
from bot.core.markup import Markdown, bullets, join, md
from bot.core.params import Arg, Choice, Services
from bot.core.registry import Registry
from bot.core.reply import Reply


def command_names(services: Services, typed: str) -> Iterator[Choice]:
    """Complete the name of a command."""
    wanted = typed.lower().removeprefix("/").strip()
    for one in services.get(Registry).commands:
        if wanted in one.words:
            yield Choice(f"/{one.words}: {one.summary}", one.words)


@command(
    "help",
    summary="See what I can do",
    section="Start here",
    visibility=PRIVATE,
    examples=("help", "help settings"),
)
async def show_help(
    ctx: Ctx,
    name: Annotated[
        str, Arg("The command you want to know more about", label="Command", suggest=command_names, rest=True)
    ] = "",
) -> Reply:
    """Show help.

    With the name of a command, this shows everything about it.
    """
    registry = ctx.services.get(Registry)
    return _about_one(registry, name) if name else _overview(ctx, registry)


def _overview(ctx: Ctx, registry: Registry) -> Reply:
    sections = by_section(visible(registry.commands, ctx.call.speaker))
    parts = [
        join([md("**{section}**", section=section), bullets(map(line, group))], "\n\n") for section, group in sections
    ]
    lead = md("I walk beside you while you learn. Here is what you can type.")
    tail = md("Type {one:code} for more about one of them.", one="/help start")
    return Reply(join([lead, *parts], "\n\n"), title="Help", footer=tail)


def _about_one(registry: Registry, name: str) -> Reply:
    words = name.removeprefix("/").strip()
    inside = registry.group(words.lower())
    one = registry.command(words)
    if one is None and inside:
        return Reply(bullets(map(line, inside)), title=f"/{words.lower()}")
    if one is None:
        one, rest = registry.match(words)
        if rest:
            raise UnknownCommand(_not_whole(one.words, rest))
    return Reply(manual(one), title=f"/{one.words}")


def _not_whole(words: str, rest: str) -> Markdown:
    return md(
        "{rest:code} is no part of a command. Did you mean {near:code}?",
        rest=rest[:40],
        near=f"/help {words}",
    )
