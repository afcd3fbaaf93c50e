"""The paths: which there are, how far one has come, and what is next."""

from __future__ import annotations

from typing import Annotated

from bot.commands.path_choosing import overview, show_path, three_questions
from bot.commands.path_steps import SECTION, next_card
from bot.commands.saved import shortened
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, command
from bot.core.errors import UserError
from bot.core.markup import Markdown, bullets, md
from bot.core.params import Arg
from bot.core.reply import Option, Reply, Style
from bot.services.answers import view_for
from bot.services.my_path import my_walk, named_path, path_choices, path_facts, spoken_hours
from bot.services.paths import chosen_path
from content.path_model import Path


@command(
    "path list", summary="The paths that you can take", section=SECTION, visibility=PRIVATE, examples=("path list",)
)
async def path_list(ctx: Ctx) -> Reply:
    """List the paths.

    The path that you are on is marked.
    """
    return await _list(ctx)


async def _list(ctx: Ctx) -> Reply:
    catalog, facts = (await view_for(ctx)).catalog, await path_facts(ctx)
    if not catalog.paths:
        raise UserError(md("There are no paths here yet. An organiser can add a pack that has some."))
    mine = chosen_path(catalog, facts)
    options = tuple(Option(shortened(path.title), path.id, chosen=path == mine) for path in catalog.paths)
    lines = [_line(path, mine) for path in catalog.paths]
    row = show_path.select(options, placeholder="Look at one")
    return Reply(
        bullets(lines), title="Paths", rows=(row,), footer=md("{how:code} helps to decide.", how="/path choose")
    )


def _line(path: Path, mine: Path | None) -> Markdown:
    here = md(" You are on it.") if path == mine else Markdown("")
    hours = spoken_hours(sum(step.hours for step in path.steps))
    return md(
        "**{title}**: {suits} {steps} steps, about {hours}.{here}",
        title=path.title,
        suits=path.suits,
        steps=len(path.steps),
        hours=hours,
        here=here,
    )


@command(
    "path show",
    summary="A path, its stages, and how far you have come",
    section=SECTION,
    visibility=PRIVATE,
    examples=("path show", "path show common road"),
)
async def path_show(
    ctx: Ctx, path: Annotated[str, Arg("Which path; yours when left out", suggest=path_choices, rest=True)] = ""
) -> Reply:
    """Show a path.

    Without a name it is the path that you chose.
    """
    catalog, facts = (await view_for(ctx)).catalog, await path_facts(ctx)
    found = named_path(catalog, path) if path else chosen_path(catalog, facts)
    return overview(ctx, catalog, found, facts) if found else await _list(ctx)


@command(
    "path next", summary="The next step on your path", section=SECTION, visibility=PRIVATE, examples=("path next",)
)
async def path_next(ctx: Ctx) -> Reply:
    """Show the next step."""
    way = await my_walk(ctx)
    if way is not None:
        return next_card(await view_for(ctx), way)
    catalog = (await view_for(ctx)).catalog
    look = [show_path.button("Look at the first one", path=catalog.paths[0].id)] if catalog.paths else []
    ask = three_questions.button("Three questions", style=Style.PRIMARY)
    return Reply(
        md("You are on no path yet. {how:code} finds one for you.", how="/path choose"),
        title="No path yet",
        rows=((ask, *look),),
    )
