"""The path of whoever asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.context import Ctx
from bot.core.errors import UserError
from bot.core.markup import join, md
from bot.core.params import Asking, Choice
from bot.core.reply import Progress
from bot.models import Activity
from bot.services.answers import Answers, view_for
from bot.services.days import member_day
from bot.services.paths import PATH_KINDS, Walk, chosen_path, walk
from content.catalog import Catalog
from content.path_model import Path


def path_choices(asking: Asking, typed: str) -> Iterator[Choice]:
    """Complete a path."""
    wanted = typed.casefold().strip()
    for path in asking.get(Answers).at_hand(asking.place).catalog.paths:
        if wanted in path.title.casefold() or wanted in path.id:
            yield Choice(path.title, path.id)


def step_choices(asking: Asking, typed: str) -> Iterator[Choice]:
    """Complete a step."""
    wanted = typed.casefold().strip()
    for path in asking.get(Answers).at_hand(asking.place).catalog.paths:
        for step in path.steps:
            if wanted in step.title.casefold() or wanted in step.id:
                yield Choice(step.title, step.id)


async def path_facts(ctx: Ctx) -> Sequence[Activity]:
    """Return what the ledger says of a member's paths."""
    return await ctx.store.activities.of(ctx.known.id, PATH_KINDS) if ctx.known else ()


async def my_walk(ctx: Ctx) -> Walk | None:
    """Return the way of whoever asks along the path that they chose; None without one."""
    catalog, facts = (await view_for(ctx)).catalog, await path_facts(ctx)
    path = chosen_path(catalog, facts)
    return walk(catalog, path, facts, member_day(ctx.now)) if path else None


def named_path(catalog: Catalog, typed: str) -> Path:
    """Return the path that somebody means."""
    wanted = typed.casefold().strip()
    exact = catalog.path(wanted) or next((path for path in catalog.paths if path.title.casefold() == wanted), None)
    near = [path for path in catalog.paths if wanted in path.title.casefold()]
    found = exact or (near[0] if len(near) == 1 else None)
    if found is None:
        names = join([md("“{title}”", title=path.title) for path in catalog.paths], ", ")
        raise UserError(md("I know no path “{typed}”. There are {names}.", typed=typed[:60], names=names))
    return found


def spoken_hours(hours: float) -> str:
    """Say how long something takes."""
    return "1 hour" if hours == 1 else f"{hours:g} hours"


def bars(way: Walk) -> tuple[Progress, ...]:
    """Draw how far each stage is."""
    return tuple(Progress(part.title, part.done, len(part.steps)) for part in way.parts)
