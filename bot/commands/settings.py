"""A member's own settings: time zone, quiet hours, level; and the way to their reminders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Annotated

from bot.commands.reminders import reminders as reminders_page
from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import BadField, Outdated
from bot.core.markup import Markdown, code, join, md
from bot.core.params import Arg, Choice, Services
from bot.core.reply import Button, Field, Option, Reply, Select, Style, Tone, Update
from bot.models import Preferences, QuietHours
from bot.services.quiet import read_hours, read_time, write_hours
from bot.services.reminding import USUAL, remind_at, stop_reminding
from bot.services.zones import Zones
from content.model import Level

OFF = "off"


def zone_choices(services: Services, typed: str) -> Iterator[Choice]:
    """Complete a time zone."""
    return services.get(Zones).choices(typed)


@command(
    "settings",
    summary="Your time zone, quiet hours, reminders and level",
    section="You",
    visibility=PRIVATE,
    examples=("settings", "settings zone:Europe/Rome", 'settings quiet:"22:00 to 07:00" reminders:yes'),
)
async def settings(
    ctx: Ctx,
    zone: Annotated[str, Arg("Your city or time zone, like Rome or Asia/Kolkata", suggest=zone_choices)] = "",
    quiet: Annotated[str, Arg("When I keep quiet, like 22:00 to 07:00, or off")] = "",
    reminders: Annotated[bool | None, Arg("Whether I may remind you, at most once a day")] = None,
    level: Annotated[Level | None, Arg("How far along you are; your tips begin there")] = None,
) -> Reply:
    """Show the settings, or change some.

    Without anything behind it, this shows your settings. What you leave out stays as it is.
    """
    before = await _now(ctx)
    changes: dict[str, object] = {}
    if zone:
        changes |= {"zone": _zone(ctx, zone), "zone_asked": True}
    if quiet:
        changes["quiet"] = _quiet(quiet)
    if level is not None:
        changes["level"] = level.value
    if not changes and reminders is None:
        return _page(ctx, before, None)
    await _apply(ctx, changes, before.wall if reminders is None else USUAL if reminders else None)
    return _page(ctx, await _now(ctx, again=True), before)


@form("settings.zone", title="Your time zone")
async def zone_form(
    ctx: Ctx, zone: Annotated[str, Arg("Your city or time zone, like Rome", label="Time zone", suggest=zone_choices)]
) -> Reply:
    """Set the time zone."""
    return await _change(ctx, zone=_zone(ctx, zone), zone_asked=True)


@form("settings.quiet", title="Your quiet hours")
async def quiet_form(
    ctx: Ctx, quiet: Annotated[str, Arg("When I keep quiet, like 22:00 to 07:00, or off", label="Quiet hours")]
) -> Reply:
    """Set the quiet hours."""
    return await _change(ctx, quiet=_quiet(quiet))


@action("settings.level")
async def set_level(ctx: Ctx, level: Level) -> Update:
    """Say how far along one is."""
    return Update(await _change(ctx, level=level.value))


@action("settings.undo")
async def undo(ctx: Ctx, zone: str = "", quiet: str = "", wall: str = "", level: Level | None = None) -> Update:
    """Put the settings back."""
    hours, reminded = read_hours(quiet) if quiet else None, read_time(wall) if wall else None
    if (zone and not _time_in(ctx, zone)) or (quiet and hours is None) or (wall and reminded is None):
        raise Outdated
    chosen = level.value if level else None
    await _apply(ctx, {"zone": zone or None, "quiet": hours, "level": chosen}, reminded)
    return Update(_page(ctx, await _now(ctx, again=True), None, "Put back as it was."))


@dataclass(frozen=True, slots=True)
class Now:
    """The settings as they are: the preferences, and at what time there is a reminder."""

    preferences: Preferences
    wall: time | None


async def _now(ctx: Ctx, *, again: bool = False) -> Now:
    person = await ctx.store.people.find(ctx.call.speaker.handle) if again else ctx.known
    reminder = await ctx.store.reminders.of(person.id) if person else None
    return Now(person.preferences if person else Preferences(), reminder.wall if reminder else None)


async def _apply(ctx: Ctx, changes: dict[str, object], wall: time | None) -> None:
    """Change the settings; a reminder moves with the zone and the quiet hours."""
    wishes = await ctx.prefer(**changes)
    if wall is None:
        await stop_reminding(ctx)
    else:
        await remind_at(ctx, wall, wishes)


async def _change(ctx: Ctx, **changes: object) -> Reply:
    before = await _now(ctx)
    await _apply(ctx, changes, before.wall)
    return _page(ctx, await _now(ctx, again=True), before)


def _zone(ctx: Ctx, typed: str) -> str:
    zones = ctx.services.get(Zones)
    found = zones.find(typed)
    if found:
        return found
    near = join(map(code, zones.near(typed, most=5)), ", ")
    guess = md(" Perhaps {near}?", near=near) if near else md(" Try the name of a big city near you.")
    raise BadField("zone", md("I am not sure which time zone “{typed}” is.{guess}", typed=typed[:60], guess=guess))


def _quiet(typed: str) -> QuietHours | None:
    if typed.strip().lower() in (OFF, "no", "none"):
        return None
    found = read_hours(typed)
    if found is None:
        raise BadField(
            "quiet",
            md(
                "I cannot read “{typed}”. Write {like:code}, or {off:code}.",
                typed=typed[:60],
                like="22:00 to 07:00",
                off=OFF,
            ),
        )
    return found


def _page(ctx: Ctx, settled: Now, before: Now | None, said: str = "") -> Reply:
    changed = before is not None and before != settled
    now, wall = settled.preferences, settled.wall
    quiet_words = "Only you can see this." if before is None else "It was like that already."
    return Reply(
        md("{said}", said=said or ("Saved." if changed else quiet_words)),
        title="Your settings",
        fields=(
            Field("Time zone", _zone_line(ctx, now)),
            Field("Quiet hours", md("{hours}", hours=write_hours(now.quiet) if now.quiet else "None")),
            Field("Reminders", md("At {wall}, at most one a day", wall=f"{wall:%H:%M}") if wall else md("Off")),
            Field("Level", md("{level}", level=(now.level or "not said, so tips begin easy").capitalize())),
        ),
        rows=(
            (
                zone_form.button("Time zone", style=Style.NORMAL if now.zone else Style.PRIMARY),
                quiet_form.button("Quiet hours"),
                reminders_page.button("Reminders"),
                *([_undo_button(before)] if before is not None and changed else []),
            ),
            _levels(now),
        ),
        tone=Tone.GOOD if changed else Tone.NEUTRAL,
    )


def _levels(now: Preferences) -> Select:
    options = tuple(Option(one.value.capitalize(), one.value, chosen=one.value == now.level) for one in Level)
    return set_level.select(options, placeholder="How far along you are")


def _undo_button(before: Now) -> Button:
    kept = before.preferences
    return undo.button(
        "Undo",
        zone=kept.zone or "",
        quiet=write_hours(kept.quiet) if kept.quiet else "",
        wall=f"{before.wall:%H:%M}" if before.wall else "",
        level=kept.level,
    )


def _zone_line(ctx: Ctx, now: Preferences) -> Markdown:
    if now.zone is None:
        return md("Not set, so I use {zone}", zone=ctx.zone.key)
    clock = _time_in(ctx, now.zone)
    if not clock:
        return md("I do not know {zone} any more. Please choose your time zone again.", zone=now.zone)
    return md("{zone}, where it is {time} now", zone=now.zone, time=clock)


def _time_in(ctx: Ctx, zone: str) -> str:
    """Say the time in a zone; nothing when there is no such zone, as zones come and go."""
    try:
        return f"{ctx.services.get(Zones).now_in(zone):%H:%M}"
    except (KeyError, ValueError, OSError):
        return ""
