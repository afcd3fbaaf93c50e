"""Words about a round that several commands share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.context import Ctx
from bot.core.markup import Markdown, md
from bot.models.challenges import Round
from bot.services.challenges.predicting import metric_of
from bot.services.days import spoken_moment
from content.challenge_model import AnyChallenge, PredictionsChallenge


def time_left(ctx: Ctx, found: Round) -> Markdown:
    """Say until when a round is open, in the reader's time."""
    closes = spoken_moment(found.closes.astimezone(ctx.zone))
    if not found.is_open(ctx.clock.now()):
        return md("Closed since {closes}, your time.", closes=closes)
    left = spoken_span(found.closes - ctx.clock.now())
    return md("Open until {closes}, your time: {left} left.", closes=closes, left=left)


def spoken_span(span: timedelta) -> str:
    """Say a length of time in its largest unit, rounded up, so that nobody waits in vain."""
    seconds = max(1, -(-span // timedelta(seconds=1)))
    for size, name in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            count = -(-seconds // size) if size < 86400 else seconds // size
            return f"{count} {name}{'s' if count > 1 else ''}"
    return f"{seconds} second{'s' if seconds > 1 else ''}"


def about(challenge: AnyChallenge) -> Markdown:
    """Say how hard it is, how long it takes, and what it is worth."""
    return md(
        "{level}, about {minutes} minutes, {points} points.",
        level=challenge.level.value.capitalize(),
        minutes=challenge.minutes,
        points=challenge.points,
    )


def points_came(challenge: AnyChallenge, points: int) -> Markdown:
    """Tell a member, once a round is settled, what it gave them."""
    return md(
        "“{title}” is settled: it gave you {points}. {where:code} has the rest.",
        title=challenge.title,
        points=counted(points, "point"),
        where="/challenge history",
    )


def score(challenge: PredictionsChallenge, value: float) -> str:
    """Write a score as people read it."""
    return f"{metric_of(challenge).title} {value:.6g}"


def until(ctx: Ctx, moment: datetime) -> str:
    """Say how long to wait, and until when."""
    local = moment.astimezone(ctx.zone)
    return f"{spoken_span(moment - ctx.clock.now())} (at {local:%H:%M})"


def counted(count: int, one: str, many: str = "") -> str:
    """Say how many there are of something."""
    return f"one {one}" if count == 1 else f"{count} {many or one + 's'}"


def spoken_list(names: Sequence[str]) -> str:
    """Say names one after the other."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
