"""Commands that go wrong, each in its own way, and those that take their time."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

from bot.core.context import Ctx
from bot.core.declare import PUBLIC, HomePart, On, Route, Shortcut, action, command, form
from bot.core.errors import BadField
from bot.core.markup import md
from bot.core.params import Arg, Member, Upload
from bot.core.reply import Image, OpenForm, Option, Reply, Update, Visibility
from tests.core.samples import ALL, Diary

SECRET = "the secret reason"


class Mood(Enum):
    FINE = "fine"
    HARD = "hard"


@command(
    "trip",
    summary="Fall over a message",
    section="You",
    visibility=PUBLIC,
    shortcuts=(Shortcut("Trip over it", On.MESSAGE, "over"),),
)
async def trip(ctx: Ctx, over: Annotated[str, Arg("What to fall over")]) -> Reply:
    raise RuntimeError(SECRET)


@command("bump", summary="Bump into somebody", section="You", shortcuts=(Shortcut("Bump", On.MEMBER, "who"),))
async def bump(ctx: Ctx, who: Annotated[Member | None, Arg("Whom")] = None) -> Reply:
    raise RuntimeError(SECRET)


@command("traps", summary="Show all traps", section="You")
async def traps(ctx: Ctx) -> Reply:
    lines = (Option("One", "1"), Option("Two", "2"))
    buttons = (snap.button("Snap"), pit.button("Pit"), wait.button("Wait"), tell_all.button("Tell all"))
    return Reply(md("Mind your step."), rows=(buttons, net.select(lines)))


@action("snap")
async def snap(ctx: Ctx) -> Update:
    raise RuntimeError(SECRET)


@action("net")
async def net(ctx: Ctx, number: int) -> Update:
    raise RuntimeError(SECRET)


@action("wait")
async def wait(ctx: Ctx) -> Update:
    await ctx.services.get(Diary).hold()
    return Update(Reply(md("Waited.")))


@action("tell.all", visibility=PUBLIC)
async def tell_all(ctx: Ctx) -> Reply:
    await ctx.services.get(Diary).hold()
    return Reply(md("Hear, hear."))


@action("pit", opens_form=True)
async def pit(ctx: Ctx) -> OpenForm:
    return pit_form.open()


@form("pit.form", title="A pit")
async def pit_form(ctx: Ctx, depth: Annotated[int, Arg("How deep")]) -> Reply:
    raise RuntimeError(SECRET)


@command("deliver", summary="Hand over a file", section="You", opens_form=True)
async def deliver(ctx: Ctx) -> OpenForm:
    return deliver_form.open()


@form("deliver.form", title="Your file")
async def deliver_form(
    ctx: Ctx,
    title: Annotated[str, Arg("What it is called")],
    work: Annotated[Upload, Arg("Your work")],
    mood: Annotated[Mood, Arg("How it went")] = Mood.FINE,
) -> Reply:
    if title == "no":
        raise BadField("title", md("It needs another title."))
    return Reply(md("{title}: {size}, {mood}", title=title, size=len(await work.read()), mood=mood.value))


@command("blot", summary="Draw what cannot be drawn", section="You", visibility=PUBLIC)
async def blot(ctx: Ctx, slowly: Annotated[bool, Arg("Take your time")] = False) -> Reply:
    if slowly:
        await ctx.services.get(Diary).hold()
    picture: Any = "These are letters, not the bytes of a picture."
    return Reply(md("A blot."), image=Image("blot.png", picture, "A blot"))


@command("secret", summary="Say something privately after all", section="You", visibility=PUBLIC)
async def secret(ctx: Ctx) -> Reply:
    await ctx.services.get(Diary).hold()
    return Reply(md("Only for you."), visibility=Visibility.PRIVATE)


MISHAPS: tuple[Route | HomePart, ...] = (
    *ALL,
    *(trip, bump, traps, snap, net, wait, tell_all, pit, pit_form, deliver, deliver_form, blot, secret),
)
