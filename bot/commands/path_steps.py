"""Walk a path: the next step, done, skipped, put off, and all of it undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Outdated, UserError
from bot.core.markup import Markdown, bullets, join, md
from bot.core.params import Arg
from bot.core.reply import Button, Field, Reply, Style, Tone, Update
from bot.models import Activity
from bot.services.answers import View, view_for
from bot.services.crediting import Credited, give_credit
from bot.services.credits import STEP_DONE
from bot.services.ledger import note
from bot.services.my_path import bars, my_walk, path_facts, spoken_hours, step_choices
from bot.services.paths import PATH_CHOSEN, PATH_KINDS, STEP_LATER, STEP_SKIPPED, Mark, Walk, marks_of, missing_needs
from content.catalog import Catalog
from content.path_model import Step

SECTION = "Keep going"
UNDONE = {
    PATH_CHOSEN: "You are off “{title}” again, and back where you were before.",
    STEP_DONE.kind: "“{title}” is open again, and its credit is taken back.",
    STEP_SKIPPED: "“{title}” is open again.",
    STEP_LATER: "“{title}” is not put off any more.",
}
STILL_DONE = (
    "One credit for “{title}” is taken back. It is still done: several steps became this one, and you did more."
)


@action("step.next")
async def show_next(ctx: Ctx) -> Reply:
    """Show the next step."""
    way = await my_walk(ctx)
    return next_card(await view_for(ctx), way) if way else _no_path()


@command(
    "path done",
    summary="Say that a step is done",
    section=SECTION,
    visibility=PRIVATE,
    examples=("path done", "path done keep your work where others can see it"),
)
async def path_done(
    ctx: Ctx, step: Annotated[str, Arg("Which step; the next one when left out", suggest=step_choices, rest=True)] = ""
) -> Reply:
    """Count a step as done.

    Without a name it is your next step. `/path undo` takes it back.
    """
    view = await view_for(ctx)
    if step:
        return await _done(ctx, view, _named(view.catalog, step))
    way = await my_walk(ctx)
    if way is None:
        return _no_path()
    return await _done(ctx, view, way.next) if way.next else _arrived(way)


@command(
    "path undo",
    summary="Take back your last change on a path",
    section=SECTION,
    visibility=PRIVATE,
    examples=("path undo",),
)
async def path_undo(ctx: Ctx) -> Reply:
    """Take back the last step that you marked, or the last path that you chose."""
    last = await ctx.store.activities.last(ctx.known.id, PATH_KINDS) if ctx.known else None
    if last is None:
        return Reply(md("There is nothing to take back on your paths. {how:code} begins one.", how="/path choose"))
    return await _undo(ctx, last.id)


@action("step.done")
async def done(ctx: Ctx, step: str) -> Update:
    """Count a step as done."""
    view = await view_for(ctx)
    return Update(await _done(ctx, view, _known(view.catalog, step)))


@action("step.skip")
async def skip(ctx: Ctx, step: str) -> Update:
    """Leave a step out."""
    return Update(await _set_aside(ctx, step, STEP_SKIPPED, "Left out. You can still do it whenever you like."))


@action("step.later")
async def later(ctx: Ctx, step: str) -> Update:
    """Put a step off until tomorrow."""
    return Update(await _set_aside(ctx, step, STEP_LATER, "Not today, then. It waits for you until tomorrow."))


@action("step.undo")
async def undo(ctx: Ctx, fact: int) -> Update:
    """Take one change back."""
    return Update(await _undo(ctx, fact))


def step_card(view: View, step: Step, way: Walk | None, said: Markdown = Markdown("")) -> Reply:
    """Show one step with all that one needs to begin."""
    mark = way.marks.get(step.id, Mark.OPEN) if way else Mark.OPEN
    part = way.part_of(step) if way else None
    where = [md("{stage}.", stage=part.title)] if part else []
    return Reply(
        join(filter(None, [said, Markdown(step.why)]), "\n\n"),
        title=step.title,
        fields=(
            Field("What to do", Markdown(step.do)),
            Field("You know it is done when", Markdown(step.done)),
            *_materials(view, step),
            *_first(view.catalog, step, way),
        ),
        rows=(_buttons(step, mark),),
        footer=join([*where, md("About {hours}. {state}", hours=spoken_hours(step.hours), state=_state(mark))], " "),
    )


def _state(mark: Mark) -> str:
    return {Mark.DONE: "You have done it.", Mark.SKIPPED: "You left it out.", Mark.OPEN: ""}[mark]


def _materials(view: View, step: Step) -> tuple[Field, ...]:
    links = [
        md("[{title}]({url})", title=one.title, url=Markdown(one.url))
        for one in map(view.resource, step.resources)
        if one
    ]
    trained = [found.title for name in step.challenges if (found := view.catalog.challenge(name))]
    first = (Field("Begin with", links[0]),) if links else ()
    more = (Field("And then", bullets(links[1:])),) if links[1:] else ()
    how = md(
        "{titles}. Once its week was here, {how:code} has it.", titles=", ".join(trained), how="/challenge practice"
    )
    challenge = (Field("Its challenge", how),) if trained else ()
    return (*first, *more, *challenge)


def _first(catalog: Catalog, step: Step, way: Walk | None) -> tuple[Field, ...]:
    waiting = missing_needs(catalog, step, way.marks if way else {})
    return (Field("It builds on", bullets([md("{title}", title=one.title) for one in waiting])),) if waiting else ()


def _buttons(step: Step, mark: Mark) -> tuple[Button, ...]:
    finish = done.button("Done", style=Style.PRIMARY, step=step.id)
    if mark is Mark.DONE:
        return (show_next.button("My next step", style=Style.PRIMARY),)
    if mark is Mark.SKIPPED:
        return (finish,)
    return finish, skip.button("Skip", step=step.id), later.button("Not now", step=step.id)


def _no_path() -> Reply:
    return Reply(md("You are on no path yet. {how:code} finds one for you.", how="/path choose"), title="No path yet")


def next_card(view: View, way: Walk) -> Reply:
    """Show the next step, or that there is none."""
    return step_card(view, way.next, way) if way.next else _arrived(way)


def _arrived(way: Walk) -> Reply:
    return Reply(
        md(
            "You have been through every step of “{title}”. Take a moment to look back: {done} steps are done. "
            "{other:code} shows where you could turn next.",
            title=way.path.title,
            done=way.done,
            other="/path list",
        ),
        title="You have arrived",
        progress=bars(way),
        tone=Tone.GOOD,
    )


async def _done(ctx: Ctx, view: View, step: Step) -> Reply:
    if await _is_done(ctx, view, step):
        return _done_already(step)
    credited = await give_credit(ctx, STEP_DONE, step.id)
    return _well_done(step, await my_walk(ctx), credited, await _undo_button(ctx, STEP_DONE.kind))


async def _is_done(ctx: Ctx, view: View, step: Step) -> bool:
    return marks_of(view.catalog, await path_facts(ctx)).get(step.id) is Mark.DONE


def _done_already(step: Step) -> Reply:
    return Reply(
        md("“{title}” is done already. Well done anyway.", title=step.title),
        rows=((show_next.button("My next step", style=Style.PRIMARY),),),
    )


async def _undo_button(ctx: Ctx, kind: str) -> tuple[Button, ...]:
    last = await ctx.store.activities.last((await ctx.me()).id, (kind,))
    return (undo.button("Undo", fact=last.id),) if last else ()


def _well_done(step: Step, way: Walk | None, credited: Credited, back: tuple[Button, ...]) -> Reply:
    part = way.part_of(step) if way else None
    whole = part is not None and part.settled == len(part.steps)
    stage = md("That was the last step of **{stage}**.", stage=part.title) if part and whole else Markdown("")
    return Reply(
        join(filter(None, [md("Well done: **{title}**.", title=step.title), stage, credited.words]), " "),
        title="One step further",
        progress=bars(way) if way else (),
        rows=((show_next.button("My next step", style=Style.PRIMARY), *back),),
        tone=Tone.GOOD,
    )


async def _set_aside(ctx: Ctx, name: str, kind: str, said: str) -> Reply:
    view = await view_for(ctx)
    step = _known(view.catalog, name)
    if await _is_done(ctx, view, step):
        return _done_already(step)
    await note(ctx, kind, step.id, once_a_day=True)
    buttons = (show_next.button("My next step", style=Style.PRIMARY), *await _undo_button(ctx, kind))
    return Reply(md("{said}", said=said), title=step.title, rows=(buttons,))


async def _undo(ctx: Ctx, fact_id: int) -> Reply:
    me = await ctx.me()
    facts = {fact.id: fact for fact in await ctx.store.activities.of(me.id, PATH_KINDS)}
    fact = facts.get(fact_id)
    if fact is None or not await ctx.store.activities.take_back(me.id, fact_id):
        return Reply(md("That was taken back already."))
    catalog = (await view_for(ctx)).catalog
    said = STILL_DONE if _still_done(catalog, fact, facts.values()) else UNDONE[fact.kind]
    return Reply(
        md("{said}", said=said.format(title=_title(catalog, fact.subject))),
        rows=((show_next.button("My next step"),),),
    )


def _still_done(catalog: Catalog, fact: Activity, facts: Iterable[Activity]) -> bool:
    """Say whether another fact counts for the same step, as when two steps became one."""
    step = catalog.step(fact.subject)
    others = marks_of(catalog, [one for one in facts if one.id != fact.id])
    return fact.kind == STEP_DONE.kind and step is not None and others.get(step.id) is Mark.DONE


def _title(catalog: Catalog, name: str) -> str:
    found = catalog.step(name) or catalog.path(name)
    return found.title if found else name.replace("-", " ")


def _known(catalog: Catalog, name: str) -> Step:
    step = catalog.step(name)
    if step is None:
        raise Outdated
    return step


def _named(catalog: Catalog, typed: str) -> Step:
    wanted = typed.casefold().strip().rstrip(".")
    steps = [step for path in catalog.paths for step in path.steps]
    exact = catalog.step(wanted) or next((step for step in steps if step.title.casefold() == wanted), None)
    near = [step for step in steps if wanted in step.title.casefold()]
    if exact or len(near) == 1:
        return exact or near[0]
    some = join([md("“{title}”", title=step.title) for step in near[:5]], ", ")
    guess = md("Do you mean {some}?", some=some) if near else md("{how:code} shows yours.", how="/path show")
    raise UserError(md("I am not sure which step “{typed}” is. {guess}", typed=typed[:80], guess=guess))
