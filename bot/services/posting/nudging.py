"""A word to those who asked for it, two days before a challenge closes."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.markup import md
from bot.core.registry import Registry
from bot.core.reply import Reply
from bot.models import Community
from bot.services.challenges.rounds import Current
from bot.services.days import spoken_moment

# So long before a challenge closes.
BEFORE = timedelta(days=2)


def nudge(current: Current, community: Community, zone: ZoneInfo, registry: Registry) -> Reply:
    """Return the word."""
    return Reply(
        md(
            "“{title}” in **{where}** is open until {closes}, your time. If you would like to try it, {how:code} shows "
            "it there. It is fine to leave it, too.",
            title=current.challenge.title,
            where=community.name,
            closes=spoken_moment(current.round.closes.astimezone(zone)),
            how="/challenge",
        ),
        title="The challenge closes soon",
        rows=((registry.route("challenge.remind-no-more").button("No more of these", round=current.round.id),),),
    )
