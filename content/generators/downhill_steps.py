"""A narrow valley and three ways down: plain gradient descent, momentum and Adam."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import rounded
from content.generators.clear import away_from_zero
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number
from content.generators.made import Answer, Made, Table

_FIRST, _SECOND, _TINY = 0.9, 0.999, 1e-8
Point = tuple[float, float]
Slope = Callable[[Point], Point]


class DownhillSteps(Params):
    """Say how many steps are taken, and how much of the old speed stays."""

    steps: Annotated[int, Field(ge=2, le=50, description="How many steps are taken.")] = 3
    momentum: Annotated[float, Field(ge=0.1, le=0.95, description="How much of the old speed stays.")] = 0.9


def _build(params: DownhillSteps, dice: Dice) -> Made:
    facts = {
        "flat": rounded(dice.between(0.3, 1.5), 2),
        "steep": rounded(dice.between(6, 15), 2),
        "bottom_x": rounded(dice.between(-2, 2), 2),
        "bottom_y": rounded(dice.between(-2, 2), 2),
        "start_x": rounded(dice.between(3, 8), 2),
        "start_y": rounded(dice.between(3, 8), 2),
        "rate": rounded(dice.between(0.01, 0.05), 3),
        "adam_rate": rounded(dice.between(0.1, 0.6), 2),
    }
    return Made({"valley": Table.of("fact value", list(facts.items()))}, _answers(facts, params))


def _answers(facts: dict[str, float], params: DownhillSteps) -> dict[str, Answer]:
    def slope(at: Point) -> Point:
        return 2 * facts["flat"] * (at[0] - facts["bottom_x"]), 2 * facts["steep"] * (at[1] - facts["bottom_y"])

    def loss(at: Point) -> float:
        return facts["flat"] * (at[0] - facts["bottom_x"]) ** 2 + facts["steep"] * (at[1] - facts["bottom_y"]) ** 2

    start = facts["start_x"], facts["start_y"]
    plain = _rolled(start, slope, facts["rate"], 0.0, params.steps)
    rolled = _rolled(start, slope, facts["rate"], params.momentum, params.steps)
    adam = _adam(start, slope, facts["adam_rate"], params.steps)
    away_from_zero(*plain, *rolled, *adam, loss(plain), loss(rolled), loss(adam))
    return {
        "plain_x": plain[0],
        "plain_loss": loss(plain),
        "momentum_x": rolled[0],
        "momentum_loss": loss(rolled),
        "adam_x": adam[0],
        "adam_loss": loss(adam),
        "largest_rate": 1 / facts["steep"],
    }


def _rolled(at: Point, slope: Slope, rate: float, stays: float, steps: int) -> Point:
    speed = (0.0, 0.0)
    for _ in range(steps):
        pull = slope(at)
        speed = stays * speed[0] + pull[0], stays * speed[1] + pull[1]
        at = at[0] - rate * speed[0], at[1] - rate * speed[1]
    return at


def _adam(at: Point, slope: Slope, rate: float, steps: int) -> Point:
    means, sizes = [0.0, 0.0], [0.0, 0.0]
    for step in range(1, steps + 1):
        moved = []
        for place, pull in enumerate(slope(at)):
            means[place] += (1 - _FIRST) * (pull - means[place])
            sizes[place] += (1 - _SECOND) * (pull * pull - sizes[place])
            true_mean, true_size = means[place] / (1 - _FIRST**step), sizes[place] / (1 - _SECOND**step)
            moved.append(at[place] - rate * true_mean / (math.sqrt(true_size) + _TINY))
        at = moved[0], moved[1]
    return at


_LOSS = "The loss is flat x (x - bottom_x)^2 + steep x (y - bottom_y)^2; take steps (3 unless told) from the start."
_PLAIN = f"{_LOSS} Each subtracts rate times the gradient."
_ROLLED = (
    f"{_LOSS} Speed is momentum (0.9 unless told) times the old speed, 0 at first, plus the gradient; each step "
    "subtracts rate times speed."
)
_ADAM = f"{_LOSS} Adam with adam_rate, 0.9, 0.999 and 10^-8, both running means corrected for their start at 0."
GENERATOR = Generator(
    "downhill-steps",
    "A valley that is flat one way and steep the other, a start, and learning rates.",
    DownhillSteps,
    _build,
    {
        "plain_x": number(f"{_PLAIN} The x that is reached."),
        "plain_loss": number(f"{_PLAIN} The loss that is reached."),
        "momentum_x": number(f"{_ROLLED} The x that is reached."),
        "momentum_loss": number(f"{_ROLLED} The loss that is reached."),
        "adam_x": number(f"{_ADAM} The x that is reached."),
        "adam_loss": number(f"{_ADAM} The loss that is reached."),
        "largest_rate": number(
            "The rate from which on plain gradient descent no longer comes nearer in the steep direction."
        ),
    },
)
