"""What a progress card is drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

MOST_STAGES = 8
MOST_BADGES = 8


@dataclass(frozen=True, slots=True)
class StageBar:
    """One stage of a path and how much of it is done."""

    title: str
    done: int
    total: int

    def sound(self) -> StageBar:
        """Return it with numbers that make sense together."""
        total = max(self.total, 0)
        return StageBar(self.title, min(max(self.done, 0), total), total)


@dataclass(frozen=True, slots=True)
class Card:
    """One member's progress on one day."""

    title: str
    stages: tuple[StageBar, ...]
    weeks: int
    best_weeks: int
    this_week: int
    days: Mapping[date, int]
    excused: frozenset[date]
    today: date
    badges: tuple[str, ...]

    def sound_stages(self) -> tuple[StageBar, ...]:
        """Return every stage with numbers that make sense."""
        return tuple(stage.sound() for stage in self.stages)

    def shown_stages(self) -> tuple[StageBar, ...]:
        """Return the stages that have room: all of them, or those around the first unfinished one."""
        stages = self.sound_stages()
        if len(stages) <= MOST_STAGES:
            return stages
        room = MOST_STAGES - 1
        current = next((at for at, stage in enumerate(stages) if stage.done < stage.total), len(stages))
        first = min(max(current - room // 2, 0), len(stages) - room)
        return stages[first : first + room]

    def shown_badges(self) -> tuple[str, ...]:
        """Return the badges that have room, the first ones first."""
        return self.badges if len(self.badges) <= MOST_BADGES else self.badges[: MOST_BADGES - 1]
