"""Reminders: only for those who want them, at a time of their own."""

from __future__ import annotations

from datetime import time
from typing import Annotated

from bot.core.context import Ctx
from bot.core.declare import PRIVATE, action, command, form
from bot.core.errors import BadField
from bot.core.markup import Markdown, md
from bot.core.params import Arg
from bot.core.reply import Button, Reply, Style, Tone, Update
from bot.models import Reminder
from bot.services.quiet import is_quiet, read_time, write_hours
from bot.services.reminding import USUAL, remind_at, reminder_of, stop_reminding

OFF = ("off", "no", "none", "stop", "never")


@command(
    "reminders",
    summary="A word from me, at most once a day, at your time",
    section="Keep going",
    visibility=PRIVATE,
    examples=("reminders", "reminders 18:30", "reminders off"),
)
async def reminders(
    ctx: Ctx, at: Annotated[str, Arg("Your time of day, like 18:30, or off", max_length=20)] = ""
) -> Reply:
    """Show your reminders, or change them.

    I write only on days when you have done nothing yet, and stop by myself when three of them in a row did not help.
    """
    return await set_reminders(ctx, at) if at else await _page(ctx)


async def set_reminders(ctx: Ctx, at: str) -> Reply:
    """Turn reminders off, or on for a time of day."""
    if at.strip().lower() in OFF:
        return await _turn_off(ctx)
    wall = USUAL if at.strip().lower() in ("on", "yes") else read_time(at)
    if wall is None:
        raise BadField(
            "at",
            md(
                "I cannot read “{typed}” as a time of day. Write {like:code}, or {off:code}.",
                typed=at,
                like="18:30",
                off="off",
            ),
        )
    return await _turn_on(ctx, wall)


@form("reminders.time", title="Your reminder")
async def time_form(
    ctx: Ctx, at: Annotated[str, Arg("Your time of day, like 18:30", label="At what time?", max_length=20)]
) -> Reply:
    """Set the time of day."""
    return await set_reminders(ctx, at)


@action("reminders.on")
async def turn_on(ctx: Ctx) -> Update:
    """Be reminded."""
    return Update(await _turn_on(ctx, USUAL))


@action("reminders.off")
async def turn_off(ctx: Ctx) -> Update:
    """Be reminded no longer."""
    return Update(await _turn_off(ctx))


async def _turn_on(ctx: Ctx, wall: time) -> Reply:
    wanted = await remind_at(ctx, wall)
    return _shown(ctx, wanted, md("I will write to you here, on days when you have done nothing yet."))


async def _turn_off(ctx: Ctx) -> Reply:
    await stop_reminding(ctx)
    return Reply(md("Reminders are off."), title="Reminders", rows=((_on_button(),),))


async def _page(ctx: Ctx) -> Reply:
    kept = await reminder_of(ctx)
    if kept is None:
        said = md("Reminders are off. If you like, I write to you once a day, on days when you have done nothing yet.")
        return Reply(said, title="Reminders", rows=((_on_button(), time_form.button("Choose a time")),))
    return _shown(ctx, kept, md("Reminders are on."))


def _shown(ctx: Ctx, kept: Reminder, lead: Markdown) -> Reply:
    quiet = ctx.preferences.quiet
    note = Markdown("")
    if quiet is not None and is_quiet(quiet, kept.wall):
        note = md(" That is in your quiet hours ({hours}), so I wait until they end.", hours=write_hours(quiet))
    return Reply(
        md(
            "{lead} The time is {wall} where you are ({zone}).{note}",
            lead=lead,
            wall=f"{kept.wall:%H:%M}",
            zone=ctx.zone.key,
            note=note,
        ),
        title="Reminders",
        rows=((time_form.button("Change the time"), turn_off.button("Turn off")),),
        tone=Tone.GOOD,
    )


def _on_button() -> Button:
    return turn_on.button("Remind me at 18:00", style=Style.PRIMARY)
