"""Read what an organiser wants to have posted, and say what is missing in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from enum import StrEnum

from bot.core.context import Ctx
from bot.core.errors import BadField
from bot.core.markup import join, md
from bot.core.params import Choice, Services
from bot.services.answers import Answers, view_for
from bot.services.quiet import read_time

ALL = ("all", "any", "none", "packs")


class Weekday(StrEnum):
    """The day on which a week begins."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Count from Monday, which is 0."""
        return list(Weekday).index(self)


def read_wall(typed: str, field: str = "time") -> time:
    """Read a time of day."""
    wall = read_time(typed)
    if wall is None:
        raise BadField(
            field, md("I cannot read “{typed}” as a time of day. Write {like:code}.", typed=typed, like="09:00")
        )
    return wall


async def read_track(ctx: Ctx, typed: str) -> str:
    """Read the track whose challenges come first; empty for the order of the packs."""
    if typed.strip().lower() in ALL:
        return ""
    paths = (await view_for(ctx)).catalog.paths
    wanted = typed.strip().casefold()
    found = next((one for one in paths if wanted in (one.id, one.title.casefold())), None)
    if found is None:
        known = join((md("{id:code}", id=one.id) for one in paths if one.branch_of), ", ")
        raise BadField(
            "track",
            md(
                "I know no track “{typed}”. There are {known}, or {all:code}.", typed=typed[:60], known=known, all="all"
            ),
        )
    return found.id if found.branch_of else ""


def track_choices(services: Services, typed: str) -> Iterator[Choice]:
    """Complete a track."""
    wanted = typed.strip().casefold()
    yield Choice("All of them, in the order of the packs", "all")
    for path in services.get(Answers).base.catalog.paths:
        if path.branch_of and wanted in f"{path.id} {path.title}".casefold():
            yield Choice(path.title, path.id)
