"""Small commands for the tests of the core: one for each thing that a command can do."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PUBLIC, HomePart, Route, action, command, form, home
from bot.core.errors import BadField, UserError
from bot.core.guards import admin_only, community_only, cooldown
from bot.core.markup import md
from bot.core.params import Arg, Asking, Choice, Member, Upload
from bot.core.reply import OpenForm, Option, Reply, Update
from bot.models import Activity


class Level(Enum):
    EASY = "easy"
    HARD = "hard"


@dataclass(slots=True)
class Diary:
    """Notes what handlers did, and holds them up where a test asks for it."""

    notes: list[str] = field(default_factory=list)
    started: asyncio.Event = field(default_factory=asyncio.Event)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    crash: Exception | None = None
    held: int = 0

    async def hold(self) -> None:
        """Say that the handler runs, and wait until the test lets it go on."""
        self.held += 1
        self.started.set()
        await self.gate.wait()


def topics(asking: Asking, typed: str) -> Iterator[Choice]:
    """Complete a topic; badly, when somebody types `boom`."""
    if typed == "boom":
        raise RuntimeError("no topics today")
    for name in ("docker", "pandas", "a" * 200):
        if name.startswith(typed):
            yield Choice(name, name[:90])


@command("find", summary="Find something", section="Learn", examples=("find feature stores level:easy",))
async def find(
    ctx: Ctx,
    topic: Annotated[str, Arg("What to learn", suggest=topics, rest=True)],
    level: Annotated[Level | None, Arg("How hard")] = None,
) -> Reply:
    ctx.services.get(Diary).notes.append(topic)
    return Reply(md("{topic} / {level}", topic=topic, level=level.value if level else "any"))


@command("shout", summary="Say it to everybody", section="Together", visibility=PUBLIC)
async def shout(ctx: Ctx, words: Annotated[str, Arg("What to say", rest=True, max_length=60)]) -> Reply:
    await ctx.services.get(Diary).hold()
    if words == "no":
        raise UserError(md("Not that word, please."))
    return Reply(md("{words}!", words=words))


@command("mull", summary="Think it over", section="Together")
async def mull(ctx: Ctx, words: Annotated[str, Arg("What to think of", rest=True)]) -> Reply:
    await ctx.services.get(Diary).hold()
    return Reply(md("Hm, {words}.", words=words))


@command("remind", summary="Set a date", section="You", examples=("remind friday 45m times:2",))
async def remind(
    ctx: Ctx,
    due: Annotated[date, Arg("Which day")],
    length: Annotated[timedelta, Arg("How long")] = timedelta(hours=1),
    times: Annotated[int, Arg("How often", minimum=1, maximum=5)] = 1,
    who: Annotated[Member | None, Arg("For whom")] = None,
) -> Reply:
    return Reply(md("{due} {length} {times} {who}", due=due, length=length, times=times, who=who and who.user))


@command("send", summary="Send a file", section="Learn")
async def send(ctx: Ctx, work: Annotated[Upload, Arg("Your work")]) -> Reply:
    return Reply(md("{name}: {size}", name=work.name, size=len(await work.read())))


@command("hand-in", summary="Send a file with a title", section="Learn")
async def hand_in(
    ctx: Ctx,
    title: Annotated[str, Arg("What it is called")],
    work: Annotated[Upload, Arg("Your work")],
    hours: Annotated[int, Arg("How long", maximum=40)] = 1,
) -> Reply:
    return Reply(md("{title}: {size} in {hours} h", title=title, size=len(await work.read()), hours=hours))


@command("tick", summary="Count up", section="Keep going")
async def tick(ctx: Ctx) -> Reply:
    """Write twice, with a crash between the two where a test asks for it."""
    diary = ctx.services.get(Diary)
    me = await ctx.me()
    await ctx.store.activities.record(_fact(ctx, me.id, "first"))
    if diary.crash:
        raise diary.crash
    await ctx.store.activities.record(_fact(ctx, me.id, "second"))
    diary.notes.append("tick")
    return Reply(md("Ticked."), rows=((tick.button("Again"),),))


def _fact(ctx: Ctx, person: int, kind: str) -> Activity:
    key = f"{ctx.call.id}:{kind}:{len(ctx.services.get(Diary).notes)}"
    return Activity(person, None, kind, "", ctx.clock.now(), ctx.zone.key, ctx.today, key)


@command("today", summary="Say the date", section="You")
async def today(ctx: Ctx) -> Reply:
    return Reply(md("{today}", today=ctx.today))


@command("close", summary="Close the week", section="For organisers", guards=(admin_only, community_only))
async def close(ctx: Ctx, why: Annotated[str, Arg("The reason", rest=True)]) -> Reply:
    return Reply(md("Closed: {why}", why=why), rows=((reopen.button("Reopen", week=7),),))


@action("reopen", guards=(admin_only,))
async def reopen(ctx: Ctx, week: int) -> Update:
    return Update(Reply(md("Week {week} is open.", week=week)))


@command("ask", summary="Ask a mentor", section="Together", guards=(cooldown(1, per=timedelta(hours=1)),))
async def ask(ctx: Ctx, question: Annotated[str, Arg("The question", rest=True, multiline=True)]) -> Reply:
    return Reply(md("Asked: {question}", question=question))


@command("plan", summary="Plan a week", section="You", opens_form=True)
async def plan(ctx: Ctx) -> OpenForm:
    await ctx.services.get(Diary).hold()
    return plan_form.open({"goal": "Learn Docker"}, week=3)


@form("plan.form", title="Your week")
async def plan_form(
    ctx: Ctx,
    week: int,
    goal: Annotated[str, Arg("What you want to reach", label="What do you want?", multiline=True)],
    hours: Annotated[int, Arg("How many hours", minimum=1, maximum=40)] = 5,
) -> Reply:
    if goal == "rest":
        raise BadField("goal", md("Resting is *fine*, but no goal."))
    if goal == "nowhere":
        raise BadField("nonsense", md("No field has this name."))
    me = await ctx.me()
    await ctx.store.activities.record(_fact(ctx, me.id, "plan"))
    return Reply(md("Week {week}: {goal}, {hours} h", week=week, goal=goal, hours=hours))


@command("menu", summary="Choose a colour", section="You")
async def menu(ctx: Ctx) -> Reply:
    lines = (Option("Red", "red"), Option("Dark, deep blue", "blue, 100%"))
    return Reply(md("Which colour?"), rows=(pick.select(lines, page=2),))


@action("pick")
async def pick(ctx: Ctx, page: int, colour: str) -> Update:
    return Update(Reply(md("{colour} on page {page}", colour=colour, page=page)))


@command("break", summary="Break something", section="You")
async def broken(ctx: Ctx) -> Reply:
    raise ctx.services.get(Diary).crash or RuntimeError("the secret reason")


@command("flood", summary="Say far too much", section="You")
async def long_one(ctx: Ctx) -> Reply:
    return Reply(md("{words}", words="word " * 1000), title="Long")


@home(order=2)
async def low(ctx: Ctx) -> Reply:
    return Reply(md("Low"), title="B")


@home(order=1)
async def high(ctx: Ctx) -> Reply:
    return Reply(md("Hello {name}", name=ctx.name), rows=((tick.button("Tick"),),), footer=md("The end."))


ALL: tuple[Route | HomePart, ...] = (
    *(
        find,
        shout,
        mull,
        remind,
        send,
        hand_in,
        tick,
        today,
        close,
        reopen,
        ask,
        plan,
        plan_form,
        menu,
        pick,
        broken,
        long_one,
    ),
    *(low, high),
)
