"""The stages of a path, and the steps in them."""

from __future__ import annotations

from bot.commands.path_steps import step_card
from bot.commands.saved import shortened, sources_field
from bot.core.context import Ctx
from bot.core.declare import action
from bot.core.errors import Outdated
from bot.core.markup import Markdown, bullets, md
from bot.core.reply import Field, Option, Progress, Reply
from bot.services.answers import view_for
from bot.services.days import member_day
from bot.services.my_path import my_walk, path_facts, spoken_hours
from bot.services.paths import Mark, Part, Walk, walk
from content.path_model import Step

MARKS = {Mark.DONE: "Done", Mark.SKIPPED: "Skipped", Mark.OPEN: "Open"}


@action("path.stage")
async def show_stage(ctx: Ctx, path: str, stage: str) -> Reply:
    """Show the steps of one stage."""
    catalog, facts = (await view_for(ctx)).catalog, await path_facts(ctx)
    found = catalog.path(path)
    way = walk(catalog, found, facts, member_day(ctx.now)) if found else None
    if way is None or not stage.isdecimal() or int(stage) >= len(way.parts):
        raise Outdated
    part = way.parts[int(stage)]
    return Reply(
        bullets([_step_line(step, way) for step in part.steps]),
        title=part.title,
        fields=_expected(way, part),
        progress=(Progress("Done", part.done, len(part.steps)),),
        rows=(show_step.select(_step_options(part), placeholder="Look at a step"),),
    )


def _expected(way: Walk, part: Part) -> tuple[Field, ...]:
    sources = next((stage.sources for stage in way.path.stages if stage.title == part.title), ())
    if part.expects is None:
        return ()
    return (Field("What employers expect here", Markdown(part.expects)), *sources_field(sources))


def _step_line(step: Step, way: Walk) -> Markdown:
    mark = way.marks.get(step.id, Mark.OPEN)
    state = " **Next.**" if step == way.next else f" {MARKS[mark]}." if mark is not Mark.OPEN else ""
    return md("{title} ({hours}).{state}", title=step.title, hours=spoken_hours(step.hours), state=Markdown(state))


def _step_options(part: Part) -> tuple[Option, ...]:
    return tuple(Option(shortened(step.title), step.id) for step in part.steps[:25])


@action("path.step")
async def show_step(ctx: Ctx, step: str) -> Reply:
    """Look at one step."""
    view = await view_for(ctx)
    found = view.catalog.step(step)
    if found is None:
        raise Outdated
    return step_card(view, found, await my_walk(ctx))
