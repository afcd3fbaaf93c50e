"""What the platform makes of a line that a member types: mentions, channels and addresses become references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.slack.team import Team

SPECIAL = {"channel", "here", "everyone"}
PIECE = re.compile(r"(https?://[^\s<>]+)|(?<![\w.])@([\w.-]+)|(?<!\w)#([\w-]+)|([&<>])")
ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escaped(team: Team, line: str, *, labels: bool = True) -> str:
    """Return a typed line as the bot receives it."""

    def piece(found: re.Match[str]) -> str:
        address, person, channel, sign = found.groups()
        if address:
            return f"<{re.sub('[&]', '&amp;', address)}>"
        if sign:
            return ESCAPES[sign]
        return (_person(team, person, labels) if person else _channel(team, channel, labels)) or found.group(0)

    return PIECE.sub(piece, line)


def _person(team: Team, name: str, labels: bool) -> str:
    label = f"|{name}" if labels else ""
    if name == team.world.app.name.lower():
        return f"<@{team.bot}{label}>"
    if name in team.members:
        return f"<@{team.members[name].id}{label}>"
    if name in team.groups:
        return f"<!subteam^{team.groups[name]}{label}>"
    return f"<!{name}>" if name in SPECIAL else ""


def _channel(team: Team, name: str, labels: bool) -> str:
    return f"<#{team.channels[name].id}{f'|{name}' if labels else '|'}>" if name in team.channels else ""
