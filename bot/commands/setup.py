"""For organisers: what I post by myself, where and when; and what else there is to set up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from bot.commands.community import zone_form
from bot.commands.settings import zone_choices
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import BadField, Outdated, Refused, UserError
from bot.core.guards import admin_only, community_only
from bot.core.markup import Markdown, bullets, code, md
from bot.core.outgoing import PostFailed, Target
from bot.core.params import Arg, Channel, Role
from bot.core.reply import Button, Field, Option, Reply, Row, Style, Tone, Update
from bot.models import Community
from bot.models.posting import Rule
from bot.models.weekly import Weekly
from bot.services.answers import view_for
from bot.services.challenges.weeks import MONDAY, NINE, schedule_of
from bot.services.days import spoken_moment
from bot.services.posting.arranging import TIPS_AT, Arrangement, arrange, arrangement_of, disarrange
from bot.services.posting.keeping import Kept, as_text, from_text
from bot.services.posting.names import CHECKED, NO_SUCH_ROLE, NOT_RUNNING, spoken_failure
from bot.services.posting.outlets import Outlets
from bot.services.posting.reading import Weekday, read_track, read_wall, track_choices
from bot.services.zones import zone_named

ORGANISERS = (admin_only, community_only)
UNDO_FOR = timedelta(days=30)
DAYS = tuple(day.value.capitalize() for day in Weekday)


@command(
    "setup",
    summary="What I post by myself, where and when",
    section="For organisers",
    visibility=PRIVATE,
    guards=ORGANISERS,
    examples=("setup", "setup channel:#weekly weekday:monday time:09:00 zone:Rome"),
)
async def setup(
    ctx: Ctx,
    channel: Annotated[Channel | None, Arg("Where the weekly challenge appears")] = None,
    weekday: Annotated[Weekday | None, Arg("On which day; Monday if you do not say")] = None,
    time: Annotated[str, Arg("At what time of day, like 09:00", max_length=20)] = "",
    zone: Annotated[str, Arg("A city or time zone, like Rome or Asia/Kolkata", suggest=zone_choices)] = "",
    track: Annotated[str, Arg("The track whose challenges come first", suggest=track_choices, max_length=80)] = "",
    role: Annotated[Role | None, Arg("Whom to mention when a challenge opens; nobody if you do not say")] = None,
    recap: Annotated[bool | None, Arg("Whether a recap follows each week")] = None,
    tips: Annotated[Channel | None, Arg("A channel for a tip every day")] = None,
    tip_time: Annotated[str, Arg("At what time of day the tip comes, like 08:00", max_length=20)] = "",
    letter: Annotated[bool | None, Arg("Whether I write to you once a week how it went")] = None,
) -> Reply:
    """Show or change what I post by myself.

    With a channel, the challenge appears there every week, with its buttons and a thread, and a recap when it closes.
    What you leave out stays as it is.
    """
    if not any((channel, weekday, time, zone, track, role, tips, tip_time)) and recap is None and letter is None:
        return await _page(ctx)
    before = await _mine(ctx)
    wanted = await _begin_with(ctx, before, channel, zone)
    rule, weekly = wanted.rule, wanted.weekly
    rule = replace(rule, weekday=weekday.number if weekday else rule.weekday)
    rule = replace(rule, wall=read_wall(time) if time else rule.wall)
    weekly = replace(
        weekly,
        track=await read_track(ctx, track) if track else weekly.track,
        role=_role(role) or weekly.role,
        recap=weekly.recap if recap is None else recap,
        tips=_key(tips) if tips else weekly.tips,
        digest=weekly.digest if letter is None else letter,
    )
    if tip_time and not weekly.tips:
        raise BadField("tips", md("Say in which channel the tip appears, like {like:code}.", like="tips:#general"))
    at = read_wall(tip_time, "tip_time") if tip_time else wanted.tips_at
    return await _change(ctx, before, replace(wanted, weekly=weekly, rule=rule, tips_at=at))


@form("setup.week", title="The weekly challenge", guards=ORGANISERS)
async def week_form(
    ctx: Ctx,
    channel: Annotated[Channel, Arg("Where it appears", label="Channel")],
    weekday: Annotated[Weekday, Arg("On which day", label="Day")] = Weekday.MONDAY,
    time: Annotated[str, Arg("At what time of day, like 09:00", label="Time", max_length=20)] = "09:00",
    zone: Annotated[str, Arg("A city or time zone, like Rome", label="Time zone", suggest=zone_choices)] = "",
    role: Annotated[Role | None, Arg("Whom to mention; nobody if you leave it", label="Mention")] = None,
) -> Reply:
    """Set up the weekly challenge."""
    before = await _mine(ctx)
    wanted = await _begin_with(ctx, before, channel, zone)
    rule = replace(wanted.rule, weekday=weekday.number, wall=read_wall(time))
    return await _change(ctx, before, replace(wanted, rule=rule, weekly=replace(wanted.weekly, role=_role(role))))


@form("setup.tips", title="A tip every day", guards=ORGANISERS)
async def tips_form(
    ctx: Ctx,
    channel: Annotated[Channel, Arg("Where it appears", label="Channel")],
    time: Annotated[str, Arg("At what time of day, like 08:00", label="Time", max_length=20)] = "08:00",
) -> Reply:
    """Set up the daily tip."""
    before = await _must(ctx)
    wanted = replace(before, weekly=replace(before.weekly, tips=_key(channel)), tips_at=read_wall(time))
    return await _change(ctx, before, wanted)


@action("setup.track", guards=ORGANISERS)
async def choose_track(ctx: Ctx, track: str) -> Update:
    """Choose whose challenges come first."""
    before = await _must(ctx)
    chosen = await read_track(ctx, track)
    return Update(await _change(ctx, before, replace(before, weekly=replace(before.weekly, track=chosen))))


@action("setup.recap", guards=ORGANISERS)
async def set_recap(ctx: Ctx, on: bool) -> Update:
    """Turn the recap on or off."""
    before = await _must(ctx)
    return Update(await _change(ctx, before, replace(before, weekly=replace(before.weekly, recap=on))))


@action("setup.letter", guards=ORGANISERS)
async def set_letter(ctx: Ctx, on: bool) -> Update:
    """Turn the weekly letter on or off."""
    before = await _must(ctx)
    return Update(await _change(ctx, before, replace(before, weekly=replace(before.weekly, digest=on))))


@action("setup.no-tips", guards=ORGANISERS)
async def no_tips(ctx: Ctx) -> Update:
    """Post no tips any more."""
    before = await _must(ctx)
    return Update(await _change(ctx, before, replace(before, weekly=replace(before.weekly, tips=""))))


@action("setup.stop", guards=ORGANISERS)
async def stop(ctx: Ctx) -> Update:
    """Post nothing by myself any more."""
    before, here = await _must(ctx), await ctx.our_community()
    back = await _undo(ctx, before)
    await disarrange(ctx.store, ctx.clock, here)
    said = md("I post nothing by myself any more. What members have done stays theirs.")
    return Update(Reply(said, rows=((back,),), tone=Tone.GOOD))


@action("setup.undo", guards=ORGANISERS)
async def undo(ctx: Ctx, kept: str) -> Update:
    """Set everything up as it was before."""
    before = from_text(await ctx.store.stash.get(kept) or "")
    if before is None:
        raise Outdated
    here = replace(await ctx.our_community(), zone=before.zone)
    await _keep_zone(ctx, here, before.zone)
    if before.arrangement is None:
        await disarrange(ctx.store, ctx.clock, here, before.closes)
    else:
        await arrange(ctx.store, ctx.clock, here, before.arrangement)
    return Update(await _page(ctx))


@action("setup.test", guards=ORGANISERS)
async def test_post(ctx: Ctx) -> Reply:
    """Post a word in the channel, so that everybody sees that it works."""
    mine, here = await _must(ctx), await ctx.our_community()
    outlet = ctx.services.get(Outlets).on(here.place.platform)
    if outlet is None:
        raise UserError(NOT_RUNNING)
    word = Reply(
        md("This is a test. The weekly challenge will appear here."), title="Hello from Stepwise", tone=Tone.GOOD
    )
    try:
        await outlet.post(Target(here.place, mine.weekly.channel), word, f"test {ctx.call.id}")
    except PostFailed as error:
        raise UserError(spoken_failure(error.trouble)) from None
    return Reply(md("It is in {where:channel}.", where=mine.weekly.channel), title="Test post", tone=Tone.GOOD)


@action("setup.begin")
async def begin(ctx: Ctx, community: str = "") -> Reply:
    """Begin from the welcome, which reaches an organiser privately, or in a channel."""
    if ctx.call.speaker.place is None:
        where = community or "your community"
        return Reply(
            md(
                "Open any channel of **{where}** and type {how:code}: only there can I see that you look after it.",
                where=where,
                how="/setup",
            ),
            title="Set me up",
        )
    if not ctx.is_admin:
        raise Refused(md("Only the organisers of this community can set me up."))
    return await _page(ctx)


async def _mine(ctx: Ctx) -> Arrangement | None:
    return await arrangement_of(ctx.store, await ctx.our_community())


async def _must(ctx: Ctx) -> Arrangement:
    found = await _mine(ctx)
    if found is None:
        raise UserError(md("First choose a channel for the weekly challenge: {how:code}.", how="/setup"))
    return found


async def _begin_with(ctx: Ctx, before: Arrangement | None, channel: Channel | None, zone: str) -> Arrangement:
    """Return what there is, or the beginning of it: a channel and a zone have to be named once."""
    here = await ctx.our_community()
    known = zone_named(ctx.services, zone) if zone else (before.rule.zone if before else here.zone)
    if before is None and channel is None:
        raise BadField("channel", md("Say in which channel, like {like:code}.", like="channel:#weekly"))
    if known is None:
        raise BadField("zone", md("Say in which time zone, like {like:code}. I do not guess it.", like="Rome"))
    key = _key(channel) if channel else before.weekly.channel if before else ""
    if before is None:
        return Arrangement(Weekly(key), Rule(NINE, known, MONDAY))
    return replace(before, weekly=replace(before.weekly, channel=key), rule=replace(before.rule, zone=known))


def _key(channel: Channel) -> str:
    return channel.key.strip().lstrip("#")


def _role(role: Role | None) -> str:
    return role.key.strip().lstrip("@") if role else ""


async def _change(ctx: Ctx, before: Arrangement | None, wanted: Arrangement) -> Reply:
    here = await ctx.our_community()
    await _check(ctx, here, wanted.weekly.channel, "channel")
    if wanted.weekly.tips:
        await _check(ctx, here, wanted.weekly.tips, "tips")
    _check_role(ctx, here, wanted.weekly.role)
    back = await _undo(ctx, before)
    await _keep_zone(ctx, here, wanted.rule.zone)
    await arrange(ctx.store, ctx.clock, here, wanted)
    return await _page(ctx, back)


async def _keep_zone(ctx: Ctx, here: Community, zone: str | None) -> None:
    await ctx.store.communities.set_zone(here.id, zone)
    ctx.callers.forget_place(here.place)


async def _check(ctx: Ctx, here: Community, channel: str, field: str) -> None:
    """Refuse a channel in which nothing could be posted."""
    outlet = ctx.services.get(Outlets).on(here.place.platform)
    trouble = await outlet.trouble_at(Target(here.place, channel)) if outlet else None
    if trouble is not None and trouble in CHECKED:
        raise BadField(field, CHECKED[trouble])


def _check_role(ctx: Ctx, here: Community, role: str) -> None:
    """Refuse a name that would call nobody."""
    outlet = ctx.services.get(Outlets).on(here.place.platform)
    if role and outlet is not None and not outlet.knows_role(role):
        raise BadField("role", NO_SUCH_ROLE)


async def _undo(ctx: Ctx, before: Arrangement | None) -> Button:
    """Keep how things are, and offer to bring that back."""
    here, now = await ctx.our_community(), ctx.clock.now()
    running = await ctx.store.rounds.at(here.id, now)
    kept = Kept(before, here.zone, running.closes if running else None)
    return undo.button("Undo", kept=await ctx.store.stash.put(as_text(kept), until=now + UNDO_FOR))


async def _page(ctx: Ctx, back: Button | None = None) -> Reply:
    here, mine = await ctx.our_community(), await _mine(ctx)
    fields = [*(await _posts(ctx, here, mine)), *_others(here)]
    return Reply(
        await _lead(ctx, here, mine),
        title="Set me up",
        fields=tuple(fields),
        rows=await _rows(ctx, mine, back),
        footer=md("{all} shows what members can do.", all=code("/help")),
        tone=Tone.GOOD if back else Tone.NEUTRAL,
    )


async def _lead(ctx: Ctx, here: Community, mine: Arrangement | None) -> Markdown:
    if mine is None:
        return md("Everything works as it is. These make it yours:")
    if ctx.services.get(Outlets).on(here.place.platform) is None:
        return md("This is how I am set up here. **At present I am not running, so nothing is posted.**")
    return md("This is how I am set up here.")


async def _posts(ctx: Ctx, here: Community, mine: Arrangement | None) -> list[Field]:
    if mine is None:
        said = md("Choose a channel, a day and a time once; then it appears by itself every week.")
        return [Field("Weekly challenge", said)]
    weekly, rule = mine.weekly, mine.rule
    schedule = await schedule_of(ctx.store, here)
    following = spoken_moment(schedule.next.astimezone(ZoneInfo(rule.zone))) if schedule else ""
    paused = md(" **Paused.** {how:code} goes on.", how="/schedule resume") if schedule and schedule.paused else ""
    week = md(
        "In {where:channel}, every {day} at {wall} ({zone}). The next one: {following}.{paused}",
        where=weekly.channel,
        day=DAYS[rule.weekday or 0],
        wall=f"{rule.wall:%H:%M}",
        zone=rule.zone,
        following=following,
        paused=Markdown(paused),
    )
    return [Field("Weekly challenge", week), Field("What goes with it", await _with_it(ctx, mine))]


async def _with_it(ctx: Ctx, mine: Arrangement) -> Markdown:
    weekly = mine.weekly
    path = (await view_for(ctx)).catalog.path(weekly.track) if weekly.track else None
    tip = md("in {where:channel} at {wall}", where=weekly.tips, wall=f"{mine.tips_at:%H:%M}") if weekly.tips else "off"
    return bullets(
        [
            md("A recap when the week is over: {on}", on=_on(weekly.recap)),
            md("Which challenges come first: {which}", which=path.title if path else "the order of the packs"),
            md("Who is mentioned: {who}", who="the role that you chose" if weekly.role else "nobody"),
            md("A tip every day: {tip}", tip=tip),
            md("A letter to you on Mondays: {on}", on=_on(weekly.digest)),
        ]
    )


def _on(value: bool) -> str:
    return "on" if value else "off"


def _others(here: Community) -> tuple[Field, ...]:
    zone = md("{zone}", zone=here.zone) if here.zone else md("Not set; members without one of their own have UTC.")
    own = md(
        "{add:code} adds a tip, an answer or a resource of yours, {look:code} shows what members suggest.",
        add="/content add",
        look="/content suggestions",
    )
    return (
        Field("Time zone", zone),
        Field("Which challenge", md("{how:code} says which comes when.", how="/challenge schedule")),
        Field("Project reviews", md("{how:code} names who may review.", how="/challenge reviewers")),
        Field("Your own words", own),
        Field("What members miss", md("{how:code} lists the questions that I could not answer.", how="/gaps")),
    )


async def _rows(ctx: Ctx, mine: Arrangement | None, back: Button | None) -> tuple[Row, ...]:
    zone = zone_form.button("Set the time zone")
    if mine is None:
        begin_here = week_form.button("Set up the weekly challenge", style=Style.PRIMARY)
        return ((begin_here, zone),)
    weekly, rule = mine.weekly, mine.rule
    change = week_form.button(
        "Change",
        channel=Channel(weekly.channel),
        weekday=list(Weekday)[rule.weekday or 0],
        time=f"{rule.wall:%H:%M}",
        zone=rule.zone,
        role=Role(weekly.role) if weekly.role else None,
    )
    tips = (
        no_tips.button("Stop the tips") if weekly.tips else tips_form.button("A tip every day", time=f"{TIPS_AT:%H:%M}")
    )
    first = (change, test_post.button("Test post"), *([back] if back else []))
    second = (
        set_recap.button(f"Turn {_on(not weekly.recap)} the recap", on=not weekly.recap),
        set_letter.button(f"Turn {_on(not weekly.digest)} the letter", on=not weekly.digest),
        tips,
        zone,
        stop.button("Stop posting", style=Style.DANGER),
    )
    return first, *(await _tracks(ctx, weekly)), second


async def _tracks(ctx: Ctx, weekly: Weekly) -> tuple[Row, ...]:
    paths = [one for one in (await view_for(ctx)).catalog.paths if one.branch_of]
    options = [Option("All challenges, in the order of the packs", "all", chosen=not weekly.track)]
    options += [Option(one.title[:75], one.id, chosen=one.id == weekly.track) for one in paths[:24]]
    return (choose_track.select(tuple(options), placeholder="Which challenges come first"),) if paths else ()
