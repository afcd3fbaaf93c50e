"""Hard cases, told in words: the numbers worked out by hand are the engine's and the oracle's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.services.streaks import State, Streak, advance, look, recompute, weeks
from tests.services.streaks.hard_days import CHAINS, DAY_ENDS
from tests.services.streaks.hard_weeks import EXCUSES, FREEZES_AND_REPAIRS, WEEK_ENDS
from tests.services.streaks.oracle import OracleStreak
from tests.services.streaks.oracle_numbers import oracle_look, oracle_weeks
from tests.services.streaks.scenes import Scene

SCENES = [*WEEK_ENDS, *EXCUSES, *FREEZES_AND_REPAIRS, *DAY_ENDS, *CHAINS]

Judge = Callable[[Scene], tuple[str, Streak | OracleStreak]]


def by_recomputing(scene: Scene) -> tuple[str, Streak | OracleStreak]:
    zone = ZoneInfo(scene.zone)
    told = weeks(scene.facts, scene.excused, scene.moment, zone)
    streak = look(recompute(scene.facts, scene.excused), scene.excused, scene.moment, zone)
    return "".join(week.kind[0] for week in told).upper(), streak


def step_by_step(scene: Scene) -> tuple[str, Streak | OracleStreak]:
    state: State | None = None
    for number, fact in enumerate(scene.facts, 1):
        state = advance(state, fact) or recompute(scene.facts[:number], scene.excused)
    return by_recomputing(scene)[0], look(state, scene.excused, scene.moment, ZoneInfo(scene.zone))


def by_the_oracle(scene: Scene) -> tuple[str, Streak | OracleStreak]:
    zone = ZoneInfo(scene.zone)
    told = oracle_weeks(scene.facts, scene.excused, scene.moment, zone)
    return "".join(week.kind[0] for week in told).upper(), oracle_look(scene.facts, scene.excused, scene.moment, zone)


def plain(value: object) -> Any:
    """Take a small value apart, so that a table can say it as a tuple."""
    if is_dataclass(value) and not isinstance(value, type):
        return tuple(getattr(value, part.name) for part in fields(value))
    return value


@pytest.mark.parametrize("judge", [by_recomputing, step_by_step, by_the_oracle])
@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.words)
def test_a_hard_case_comes_out_as_a_person_works_it_out(scene: Scene, judge: Judge) -> None:
    told, streak = judge(scene)
    assert told == scene.weeks
    assert {name: plain(getattr(streak, name)) for name in scene.numbers} == scene.numbers


def test_every_scene_has_its_own_words() -> None:
    assert len({scene.words for scene in SCENES}) == len(SCENES)


@pytest.mark.parametrize(
    ("zone", "now", "until"),
    [
        ("Europe/Berlin", "Tue 2026-03-24 10:00", "2026-03-30T04:00:00+02:00"),
        ("Europe/Berlin", "Mon 2026-03-23 03:59", "2026-03-23T04:00:00+01:00"),
        ("America/New_York", "Tue 2026-10-27 10:00", "2026-11-02T04:00:00-05:00"),
        ("UTC", "Tue 2026-12-29 10:00", "2027-01-04T04:00:00+00:00"),
    ],
)
def test_the_time_left_ends_on_monday_at_four_by_the_clock_of_that_monday(zone: str, now: str, until: str) -> None:
    nobody = Scene("nothing was ever done", (), now, zone)
    for judge in (by_recomputing, by_the_oracle):
        told, streak = judge(nobody)
        assert told == ""
        assert streak.until.isoformat() == until
        assert (streak.count, streak.daily, streak.weeks_to_freeze, streak.loss) == (0, 0, 4, None)


def test_a_kept_week_has_until_the_end_of_the_next() -> None:
    scene = WEEK_ENDS[0]
    for judge in (by_recomputing, step_by_step, by_the_oracle):
        assert judge(scene)[1].until.isoformat() == "2026-03-23T04:00:00+01:00"
