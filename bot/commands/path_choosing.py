"""Choose a path: by its name, or by three questions and a suggestion with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from bot.commands.path_stages import show_stage
from bot.commands.path_steps import SECTION, show_next, undo
from bot.commands.saved import as_of_line, shortened
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import Outdated, UserError
from bot.core.markup import Markdown, bullets, md
from bot.core.params import Arg
from bot.core.reply import Button, Field, OpenForm, Option, Reply, Style, Tone, Update
from bot.models import Activity
from bot.services.answers import view_for
from bot.services.days import member_day
from bot.services.ledger import note
from bot.services.my_path import bars, named_path, path_choices, path_facts
from bot.services.paths import PATH_CHOSEN, Walk, chosen_path, suggest_path, walk
from content.catalog import Catalog
from content.model import Level
from content.path_model import Draw, Path

Where = Literal["just starting", "some projects done", "working with data or code", "experienced"]
LEVELS = dict(zip(Where.__args__, Level, strict=True))  # type: ignore[attr-defined]
Enjoys = Literal[
    "training models", "language and chat", "images and video", "systems that run", "data and pipelines", "decisions"
]
DRAWS = dict(zip(Enjoys.__args__, Draw, strict=True))  # type: ignore[attr-defined]


@command(
    "path choose",
    summary="Choose your path, by name or with three questions",
    section=SECTION,
    visibility=PRIVATE,
    opens_form=True,
    examples=("path choose", "path choose common road"),
)
async def path_choose(
    ctx: Ctx,
    path: Annotated[str, Arg("Which path; left out, I ask three questions", suggest=path_choices, rest=True)] = "",
) -> Reply | OpenForm:
    """Choose a path.

    What you have done stays done, whichever path you take.
    """
    catalog = (await view_for(ctx)).catalog
    if not catalog.paths:
        raise UserError(md("There are no paths here yet. An organiser can add a pack that has some."))
    return await _take(ctx, catalog, named_path(catalog, path)) if path else three_questions.open()


@form("path.questions", title="Three questions", submit="Suggest a path")
async def three_questions(
    ctx: Ctx,
    where: Annotated[Where, Arg("How far along you are", label="Where are you now?")],
    enjoys: Annotated[Enjoys, Arg("What draws you most", label="What do you enjoy most?")],
    hours: Annotated[int, Arg("A number from 1 to 60", label="How many hours a week?", minimum=1, maximum=60)],
) -> Reply:
    """Suggest a path."""
    catalog = (await view_for(ctx)).catalog
    found = suggest_path(catalog, LEVELS[where], DRAWS[enjoys], hours)
    if found is None:
        raise Outdated
    others = [path for path in catalog.paths if path.branch_of is None and path != found.path]
    return Reply(
        md("I suggest **{title}**.\n\n{reason}", title=found.path.title, reason=found.reason),
        title="A path for you",
        rows=((_take_button(found.path), *(_look_button(one) for one in [found.path, *others][:3])),),
        footer=md(
            "You can change your mind at any time: what is done stays done. {all:code} shows every path.",
            all="/path list",
        ),
    )


def _take_button(path: Path) -> Button:
    return take.button("Take this path", style=Style.PRIMARY, path=path.id)


def _look_button(path: Path) -> Button:
    label = f"Look at {path.title}"
    return show_path.button(label if len(label) <= 34 else "Look at it first", path=path.id)


@action("path.take")
async def take(ctx: Ctx, path: str) -> Update:
    """Take a path."""
    catalog = (await view_for(ctx)).catalog
    found = catalog.path(path)
    if found is None:
        raise Outdated
    return Update(await _take(ctx, catalog, found))


async def _take(ctx: Ctx, catalog: Catalog, path: Path) -> Reply:
    before = chosen_path(catalog, await path_facts(ctx))
    if before != path:
        await note(ctx, PATH_CHOSEN, path.id)
    me = await ctx.me()
    facts = await ctx.store.activities.of(me.id, (PATH_CHOSEN,))
    way = walk(catalog, path, await ctx.store.activities.of(me.id), member_day(ctx.now))
    back = [undo.button("Undo", fact=facts[-1].id)] if before != path else []
    return Reply(
        _said(path, before, way.done),
        title=path.title,
        progress=bars(way),
        rows=((show_next.button("My next step", style=Style.PRIMARY), *back),),
        tone=Tone.GOOD,
    )


def _said(path: Path, before: Path | None, done: int) -> Markdown:
    if before == path:
        return md("You are on this path already.")
    counted = "One of its steps is" if done == 1 else f"{done} of its steps are"
    carried = md(" {counted} done already.", counted=counted) if done else Markdown("")
    lead = md("You are on your way.") if before is None else md("You left “{old}” for this one.", old=before.title)
    return md("{lead}{carried} One step at a time; five minutes a day are enough.", lead=lead, carried=carried)


@action("path.look")
async def show_path(ctx: Ctx, path: str) -> Reply:
    """Look at one path."""
    catalog = (await view_for(ctx)).catalog
    found = catalog.path(path)
    if found is None:
        raise Outdated
    return overview(ctx, catalog, found, await path_facts(ctx))


def overview(ctx: Ctx, catalog: Catalog, path: Path, facts: Sequence[Activity]) -> Reply:
    """Show a path with its stages, and how far one is."""
    way = walk(catalog, path, facts, member_day(ctx.now))
    mine = chosen_path(catalog, facts) == path
    stages = tuple(Option(shortened(part.title), str(n)) for n, part in enumerate(way.parts))
    button = (
        show_next.button("My next step", style=Style.PRIMARY)
        if mine
        else take.button("Take this path", style=Style.PRIMARY, path=path.id)
    )
    return Reply(
        Markdown(path.summary),
        title=path.title,
        progress=bars(way),
        fields=_gone(way),
        rows=(show_stage.select(stages, placeholder="Look at a stage", path=path.id), (button,)),
        footer=as_of_line(path.as_of),
    )


def _gone(way: Walk) -> tuple[Field, ...]:
    if not way.gone:
        return ()
    return (Field("Done, and no longer part of a path", bullets([md("{one}", one=one) for one in way.gone[:10]])),)
