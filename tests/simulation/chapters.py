"""The chapters of the play: some years each, and what they are like."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.simulation.design import Design
from tests.simulation.loop import play
from tests.simulation.stage import Stage
from tests.simulation.world import Weather


@dataclass(frozen=True)
class Chapter:
    """Some years under one kind of weather."""

    name: str
    years: float
    weather: Weather = field(default_factory=Weather)
    processes: int = 2
    daily: bool = False

    def played(self, design: Design, seed: int) -> Stage:
        stage = Stage(design, self.weather, seed, self.processes, daily=self.daily)
        play(stage.play(self.years))
        return stage


CHAPTERS = (
    Chapter("two processes", 15),
    Chapter("one process", 10, processes=1),
    Chapter("a post each day", 6, daily=True),
    Chapter("three that die often", 4, Weather(mortality=0.02), processes=3, daily=True),
    Chapter("bad platforms", 6, Weather(faults=0.6, troubles_a_year=8)),
    Chapter("organisers who change their minds", 12, Weather(clock_jumps_a_year=0, rule_changes_a_year=8)),
)
SHORT = Chapter("one year", 1)
