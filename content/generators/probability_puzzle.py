"""Machines that make parts, some of them faulty, and an alarm that is not always right: Bayes' rule at work."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import rounded
from content.generators.clear import highest
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text
from content.generators.made import Answer, Made, Table

_MACHINES = ("amber", "blue", "coral", "denim", "ebony", "fawn")


class ProbabilityPuzzle(Params):
    """Say how many machines there are and how rare faults are."""

    machines: Annotated[int, Field(ge=2, le=6, description="How many machines there are.")] = 3
    faulty: Annotated[float, Field(ge=0.001, le=0.3, description="The share of faulty parts, roughly.")] = 0.03


def _build(params: ProbabilityPuzzle, dice: Dice) -> Made:
    names = list(_MACHINES[: params.machines])
    shares = _shares(params.machines, dice)
    rates = [rounded(params.faulty * dice.between(0.3, 2.5), 4) for _ in names]
    hit, slip = rounded(dice.between(0.85, 0.99), 3), rounded(dice.between(0.01, 0.15), 3)
    drawn = dice.integer(8, 30)
    machines = Table.of("machine share faulty_rate", list(zip(names, shares, rates, strict=True)))
    alarm = Table.of("alarm_if_faulty alarm_if_good parts_drawn", [(hit, slip, drawn)])
    answers = _answers(dict(zip(names, zip(shares, rates, strict=True), strict=True)), hit, slip, drawn)
    return Made({"machines": machines, "alarm": alarm}, answers)


def _shares(count: int, dice: Dice) -> list[float]:
    """Draw shares in whole percent that sum to one."""
    cuts = sorted(dice.sample(range(5, 100, 5), count - 1))
    return [(two - one) / 100 for one, two in zip([0, *cuts], [*cuts, 100], strict=True)]


def _answers(machines: dict[str, tuple[float, float]], hit: float, slip: float, drawn: int) -> dict[str, Answer]:
    parts = {name: share * rate for name, (share, rate) in machines.items()}
    faulty = math.fsum(parts.values())
    good = 1 - faulty
    alarm = faulty * hit + good * slip
    source = highest(parts, 1e-7)
    none = good**drawn
    return {
        "faulty": faulty,
        "likeliest_machine": source,
        "likeliest_share": parts[source] / faulty,
        "alarm": alarm,
        "faulty_if_alarm": faulty * hit / alarm,
        "faulty_if_two_alarms": faulty * hit**2 / (faulty * hit**2 + good * slip**2),
        "good_if_silent": good * (1 - slip) / (1 - alarm),
        "right": faulty * hit + good * (1 - slip),
        "some_faulty": 1 - none,
        "exactly_two": math.comb(drawn, 2) * faulty**2 * good ** (drawn - 2),
        "parts_until_alarm": 1 / alarm,
    }


GENERATOR = Generator(
    "probability-puzzle",
    "Machines with their shares and rates of faulty parts, and an alarm that errs.",
    ProbabilityPuzzle,
    _build,
    {
        "faulty": number("The probability that a part is faulty."),
        "likeliest_machine": text("The machine from which a faulty part comes most likely."),
        "likeliest_share": number("The probability that a faulty part comes from that machine."),
        "alarm": number("The probability that a part sets off the alarm."),
        "faulty_if_alarm": number("The probability that a part is faulty if it sets off the alarm."),
        "faulty_if_two_alarms": number(
            "The probability that a part is faulty if two tests, independent once its state is known, both sound."
        ),
        "good_if_silent": number("The probability that a part is good if the alarm is silent."),
        "right": number("The probability that the alarm is right about a part, sounding or silent."),
        "some_faulty": number("The probability that of parts_drawn parts at least one is faulty."),
        "exactly_two": number("The probability that of parts_drawn parts exactly two are faulty."),
        "parts_until_alarm": number("How many parts one tests on average up to the first alarm, that one included."),
    },
)
