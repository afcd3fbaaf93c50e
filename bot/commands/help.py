"""Help: what the bot can do, and how one command is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, Command, action, command
from bot.core.errors import UnknownCommand
from bot.core.help import by_section, families_of, family_line, line, manual, visible
from bot.core.limits import OPTIONS
from bot.core.markup import Markdown, bullets, join, md
from bot.core.params import Arg, Choice, Services
from bot.core.registry import Registry
from bot.core.reply import Option, Reply


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
    return _about_one(ctx, registry, name) if name else _overview(visible(registry.commands, ctx.call.speaker))


@lru_cache(maxsize=32)
def _overview(commands: tuple[Command, ...]) -> Reply:
    """Draw it once for all who see the same commands."""
    sections = by_section(commands)
    families = [(section, families_of(group)) for section, group in sections]
    parts = [
        join([md("**{section}**", section=section), bullets(map(family_line, group))], "\n\n")
        for section, group in families
    ]
    heads = list(dict.fromkeys(family.head for _, group in families for family in group))
    options = tuple(Option(f"/{head}", head) for head in heads[:OPTIONS])
    return Reply(
        join([md("I walk beside you while you learn. Here is what you can type."), *parts], "\n\n"),
        title="Help",
        rows=(more_about.select(options, placeholder="More about one of them"),),
        footer=md("Or type {one:code}.", one="/help start"),
    )


@action("help.about")
async def more_about(ctx: Ctx, name: str) -> Reply:
    """Show more about one command and those that begin like it."""
    return _about_one(ctx, ctx.services.get(Registry), name)


def _about_one(ctx: Ctx, registry: Registry, name: str) -> Reply:
    words = name.removeprefix("/").strip()
    inside = visible(registry.group(words.lower()), ctx.call.speaker)
    one = registry.command(words)
    if inside:
        return _family(words.lower(), one, inside)
    if one is None:
        one, rest = registry.match(words)
        if rest:
            raise UnknownCommand(_not_whole(one.words, rest))
    return Reply(manual(one), title=f"/{one.words}")


def _family(head: str, one: Command | None, inside: Sequence[Command]) -> Reply:
    options = tuple(Option(f"/{each.words}", each.words) for each in inside[:OPTIONS])
    text = bullets(map(line, inside))
    return Reply(
        join([manual(one), text], "\n\n") if one else text,
        title=f"/{head}",
        rows=(more_about.select(options, placeholder="More about one of them"),),
    )


def _not_whole(words: str, rest: str) -> Markdown:
    return md(
        "{rest:code} is no part of a command. Did you mean {near:code}?",
        rest=rest[:40],
        near=f"/help {words}",
    )
