"""Counts over a whole community, made when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from bot.models.reports import CommunityName, WeekCount
from storage.instants import to_text
from storage.reads import Reads

_COMMUNITIES = "SELECT id, name, platform FROM communities WHERE left_at IS NULL ORDER BY name COLLATE NOCASE, id"
# From any day six days back, the next Monday is the one of its week.
_MONDAY = "date(day, '-6 days', 'weekday 1')"
_KINDS = f"""
SELECT {_MONDAY}, kind, count(*) FROM activities
WHERE community_id = ? AND at >= ? AND credited = 1 AND taken_back IS NULL GROUP BY 1, 2 ORDER BY 1, 2
"""  # noqa: S608 - nothing of a caller's is in it
_MEMBERS = f"""
SELECT {_MONDAY}, count(DISTINCT person_id) FROM activities
WHERE community_id = ? AND at >= ? AND credited = 1 AND taken_back IS NULL GROUP BY 1
"""  # noqa: S608 - nothing of a caller's is in it
# Beside max(), SQLite takes the other columns from the row that has it.
_PATHS = """
SELECT subject, count(*) FROM (
    SELECT subject, max(at) FROM activities
    WHERE community_id = ? AND kind = 'path-chosen' AND taken_back IS NULL GROUP BY person_id
) GROUP BY subject
"""
_STEPS = """
SELECT subject, count(*) FROM activities
WHERE community_id = ? AND kind = 'step-done' AND taken_back IS NULL GROUP BY subject
"""


class SqliteReports:
    """Counts in SQLite."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    async def communities(self) -> Sequence[CommunityName]:
        return [CommunityName(*row) for row in await self._reads.rows(_COMMUNITIES)]

    async def weeks(self, community_id: int, since: datetime) -> Sequence[WeekCount]:
        begin = to_text(since)
        members: dict[str, int] = dict(await self._reads.rows(_MEMBERS, community_id, begin))
        kinds: dict[str, dict[str, int]] = {monday: {} for monday in sorted(members)}
        for monday, kind, count in await self._reads.rows(_KINDS, community_id, begin):
            kinds.setdefault(monday, {})[kind] = count
        return [WeekCount(date.fromisoformat(day), members.get(day, 0), found) for day, found in kinds.items()]

    async def on_paths(self, community_id: int) -> Mapping[str, int]:
        return dict(await self._reads.rows(_PATHS, community_id))

    async def steps(self, community_id: int) -> Mapping[str, int]:
        return dict(await self._reads.rows(_STEPS, community_id))
