"""A member's home page: where they are, what is on this week, what is theirs, and for organisers what waits."""

from __future__ import annotations

from bot.commands.challenge import challenge
from bot.commands.challenge_results import challenge_board
from bot.commands.challenge_schedule import challenge_schedule
from bot.commands.challenge_submit import get_data, submit_button
from bot.commands.checkin import checkin
from bot.commands.gaps import gaps
from bot.commands.path_choosing import path_choose
from bot.commands.path_steps import path_done, show_next
from bot.commands.progress import progress
from bot.commands.saved import saved
from bot.commands.settings import settings
from bot.commands.setup import setup
from bot.commands.streak import headline, streak
from bot.core.context import Ctx
from bot.core.declare import home
from bot.core.markup import Markdown, md
from bot.core.reply import Button, Field, Reply, Style
from bot.services.challenges.rounds import this_week
from bot.services.challenges.telling import time_left
from bot.services.my_path import bars, my_walk
from bot.services.standing import my_standing
from content.challenge_model import AnswerChallenge, PredictionsChallenge

NOTHING = Reply()


@home(order=10)
async def home_path(ctx: Ctx) -> Reply:
    """Show the path and its next step, and the streak."""
    way, (mine, _) = await my_walk(ctx), await my_standing(ctx)
    if way is None:
        step = Field("Your path", md("None yet. Three questions find one that fits you."))
        buttons: tuple[Button, ...] = (path_choose.button("Find my path", style=Style.PRIMARY),)
    elif way.next is None:
        step = Field("Your path", md("**{title}**: you have been through every step.", title=way.path.title))
        buttons = (show_next.button("My next step"),)
    else:
        words = md("**{title}**: next comes {step}", title=way.path.title, step=way.next.title)
        step = Field("Your path", words)
        buttons = (show_next.button("My next step", style=Style.PRIMARY), path_done.button("I have done it"))
    row = (*buttons, checkin.button("Check in"), streak.button("My streak"))
    fields = (step, Field("Your streak", headline(mine)))
    return Reply(fields=fields, progress=bars(way)[:1] if way else (), rows=(row,))


@home(order=20)
async def home_challenge(ctx: Ctx) -> Reply:
    """Show the challenge of this week with its buttons."""
    current = await this_week(ctx) if ctx.call.speaker.place else None
    if current is None:
        return NOTHING
    words = md("**{title}**. {left}", title=current.challenge.title, left=time_left(ctx, current.round))
    buttons = [challenge.button("Open it", style=Style.PRIMARY)]
    if isinstance(current.challenge, AnswerChallenge | PredictionsChallenge):
        buttons += [get_data.button("Get my data", round=current.round.id), await submit_button(ctx, current)]
    return Reply(fields=(Field("This week’s challenge", words),), rows=((*buttons, challenge_board.button("Board")),))


@home(order=30)
async def home_things(ctx: Ctx) -> Reply:
    """Lead to what is the member's own."""
    count = len(await ctx.store.saves.of(ctx.known.id)) if ctx.known else 0
    words = md("{count} kept for later.", count=count) if count else md("Press **Keep** below a tip or an answer.")
    row = (saved.button("Saved"), progress.button("My progress"), settings.button("Settings"))
    return Reply(fields=(Field("Saved", words),), rows=(row,))


@home(order=40)
async def home_organisers(ctx: Ctx) -> Reply:
    """Lead organisers to what waits for them."""
    if not ctx.is_admin or ctx.call.speaker.place is None:
        return NOTHING
    row = (challenge_schedule.button("Schedule"), gaps.button("Questions I missed"), setup.button("Set up"))
    return Reply(fields=(Field("For organisers", await _waiting(ctx)),), rows=(row,))


async def _waiting(ctx: Ctx) -> Markdown:
    count = await ctx.store.gaps.count(ctx.community.id) if ctx.community else 0
    if not count:
        return md("No question waits for you.")
    return md("{count} of your members’ questions found no answer here.", count=count)
