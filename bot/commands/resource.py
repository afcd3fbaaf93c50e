"""Find something to learn from, keep it, and say when it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.commands.credit import undo_button
from bot.commands.saved import drop, keep, shortened
from bot.commands.tip import topic_names
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command
from bot.core.errors import Outdated, UserError
from bot.core.markup import Markdown, join, md
from bot.core.paging import Page
from bot.core.params import Arg
from bot.core.reply import Field, Option, Reply, Row, Tone, Update
from bot.services.answers import View, view_for
from bot.services.crediting import give_credit
from bot.services.credits import RESOURCE_DONE
from bot.services.days import spoken_month
from content.model import Cost, Level, Resource, ResourceKind

PAGE = 3


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody is looking for."""

    topic: str
    level: Level | None
    kind: ResourceKind | None
    free: bool

    def fits(self, one: Resource) -> bool:
        """Say whether a resource is what they look for."""
        right_sort = self.level in (None, one.level) and self.kind in (None, one.kind)
        return right_sort and (not self.free or one.cost is Cost.FREE)

    def turns(self, here: Page) -> tuple[Row, ...]:
        """Make the buttons that turn the page."""
        return here.turns(turn, topic=self.topic, level=self.level, kind=self.kind, free=self.free)


@command(
    "resource find",
    summary="Find something to learn from",
    section="Learn",
    visibility=PRIVATE,
    examples=("resource find feature stores level:beginner", "resource find statistics kind:book free:yes"),
)
async def find(
    ctx: Ctx,
    topic: Annotated[str, Arg("What to learn", suggest=topic_names, rest=True, max_length=45)],
    level: Annotated[Level | None, Arg("How hard it may be")] = None,
    kind: Annotated[ResourceKind | None, Arg("What sort of thing")] = None,
    free: Annotated[bool, Arg("Only what costs nothing")] = False,
) -> Reply:
    """Find resources on a topic."""
    return await _page(ctx, Wish(topic, level, kind, free), 0)


@action("resource.page")
async def turn(
    ctx: Ctx,
    topic: str,
    level: Level | None = None,
    kind: ResourceKind | None = None,
    free: bool = False,
    page: int = 0,
) -> Update:
    """Turn the page."""
    return Update(await _page(ctx, Wish(topic, level, kind, free), page))


@command(
    "resource saved",
    summary="The resources you keep for later",
    section="Learn",
    visibility=PRIVATE,
    examples=("resource saved",),
)
async def saved_resources(ctx: Ctx) -> Reply:
    """List the saved resources."""
    return await _saved(ctx, 0)


@action("resource.saved-page")
async def turn_saved(ctx: Ctx, page: int = 0) -> Update:
    """Turn the page of the saved ones."""
    return Update(await _saved(ctx, page))


@action("resource.done")
async def done(ctx: Ctx, name: str) -> Reply:
    """Count a resource as finished."""
    view = await view_for(ctx)
    one = view.resource(name)
    if one is None:
        raise Outdated
    credited = await give_credit(ctx, RESOURCE_DONE, one.id)
    said = "Finished, and it counts" if credited.new else "You finished this before; it counts once"
    text = md("{said}: **{title}**. Well done.", said=said, title=one.title)
    back = undo_button(credited)
    return Reply(join(filter(None, [text, credited.words]), " "), rows=(back,) if back else (), tone=Tone.GOOD)


async def _page(ctx: Ctx, wish: Wish, page: int) -> Reply:
    view = await view_for(ctx)
    about = _about(view, wish.topic)
    if not about:
        faq = f"/faq {wish.topic}"
        raise UserError(
            md("I know nothing on “{topic}” yet. Try a wider word, or {faq:code}.", topic=wish.topic, faq=faq)
        )
    fitting = [one for one in about if wish.fits(one)]
    found = fitting or about
    here = Page.of(len(found), page, PAGE)
    shown = found[here.part]
    return Reply(
        _lead(wish.topic, len(found), relaxed=not fitting),
        title=f"To learn: {wish.topic}",
        fields=tuple(_card(one) for one in shown),
        rows=(*_choices(shown), *wish.turns(here)),
        footer=here.note,
    )


async def _saved(ctx: Ctx, page: int) -> Reply:
    view = await view_for(ctx)
    kept = await ctx.store.saves.of(ctx.known.id) if ctx.known else ()
    found = [one for one in (view.resource(saved.entry) for saved in kept if saved.kind == "resource") if one]
    if not found:
        return Reply(md("You keep no resources yet. {how:code} shows some.", how="/resource find"), title="Saved")
    here = Page.of(len(found), page, PAGE)
    shown = found[here.part]
    options = _options(shown)
    rows = (
        done.select(options, placeholder="I have finished one"),
        drop.select(options, placeholder="Take one off the list", kind="resource"),
    )
    return Reply(
        md("{count} to learn from.", count=_counted(len(found))),
        title="Saved",
        fields=tuple(_card(one) for one in shown),
        rows=(*rows, *here.turns(turn_saved)),
        footer=here.note,
    )


def _about(view: View, topic: str) -> list[Resource]:
    """Take the topic's resources, those that speak of a narrower word first; without a topic, what search finds."""
    named = view.catalog.topics.named(topic)
    hits = view.ask(topic, "resource", 12).hits
    if named is not None:
        meant = topic.casefold() not in (named.id, named.title.casefold())
        first = {hit.id: place for place, hit in enumerate(hits)} if meant else {}
        return sorted(view.resources_about(named.id), key=lambda one: (first.get(one.id, len(hits)), *_ease(one)))
    best = hits[0].score if hits else 0.0
    near = [view.resource(hit.id) for hit in hits if hit.score >= best / 2]
    return [one for one in near if one is not None]


def _ease(one: Resource) -> tuple[int, bool, str]:
    return list(Level).index(one.level), one.cost is not Cost.FREE, one.title


def _lead(topic: str, count: int, *, relaxed: bool) -> Markdown:
    if relaxed:
        return md("Nothing fits all your wishes. Here is everything I know on {topic}.", topic=topic)
    return md("{count} on {topic}.", count=_counted(count), topic=topic)


def _counted(count: int) -> str:
    return f"{count} things" if count > 1 else "One thing"


def _card(one: Resource) -> Field:
    sort = f"{one.kind.value.capitalize()}, {one.level.value}, {one.cost.value}"
    about = md("{sort}{hours}.", sort=sort, hours=_hours(one.hours))
    link = md("[Open it]({url}), as of {month}", url=Markdown(one.url), month=spoken_month(one.as_of))
    return Field(one.title, join([about, Markdown(one.why), link], "\\\n"))


def _hours(hours: float | None) -> str:
    return f", about {hours:g} hour{'' if hours == 1 else 's'}" if hours else ""


def _options(shown: list[Resource]) -> tuple[Option, ...]:
    return tuple(Option(shortened(one.title), one.id) for one in shown)


def _choices(shown: list[Resource]) -> tuple[Row, ...]:
    options = _options(shown)
    return (
        keep.select(options, placeholder="Save one for later", kind="resource"),
        done.select(options, placeholder="I have finished one"),
    )
