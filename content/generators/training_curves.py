"""Losses of several training runs by epoch: too slow, just right, too long, and blown up."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import mean, rounded
from content.generators.clear import away_from_zero, highest, lowest
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, text, whole
from content.generators.made import Answer, Cell, Made, Table

_NAMES = ("ash", "beech", "cedar", "elm", "fir", "hazel", "larch", "maple")
_RATES = (0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)


class TrainingCurves(Params):
    """Say how many runs there are, how long they go on, and how patient one is."""

    runs: Annotated[int, Field(ge=3, le=8, description="How many runs there are.")] = 5
    epochs: Annotated[int, Field(ge=15, le=100, description="How many epochs each run has.")] = 30
    patience: Annotated[int, Field(ge=2, le=8, description="How many epochs without a new best one waits.")] = 3


Run = tuple[list[float], list[float]]


def _build(params: TrainingCurves, dice: Dice) -> Made:
    names = dice.shuffled(_NAMES)[: params.runs]
    rates = dict(zip(names, dice.sample(_RATES, params.runs), strict=True))
    runs = {name: _run(rate, params.epochs, dice) for name, rate in rates.items()}
    rows: list[list[Cell]] = []
    for name, (train, valid) in runs.items():
        pairs = zip(train, valid, strict=True)
        rows += [[name, rates[name], epoch, one, two] for epoch, (one, two) in enumerate(pairs, 1)]
    table = Table.of("run learning_rate epoch train_loss valid_loss", rows)
    return Made({"curves": table}, _answers(rates, runs, params.patience))


def _run(rate: float, epochs: int, dice: Dice) -> Run:
    """Fall as fast as the rate allows, then learn by heart; a large rate may blow up."""
    start, floor = dice.between(2.0, 2.8), dice.between(0.25, 0.6)
    speed = min(1.2, (rate / 0.001) ** 0.5 * dice.between(0.08, 0.18)) * 30 / epochs
    by_heart, blast = dice.between(0.1, 0.9), max(0.0, math.log10(rate / 0.004)) * dice.between(0.2, 2.0)
    train, valid = [], []
    for epoch in range(1, epochs + 1):
        learned, part = math.exp(-speed * epoch), epoch / epochs
        loss = floor + (start - floor) * learned + blast * part * part * 4
        wobble = 0.01 + 0.04 * min(1.0, rate / 0.03)
        train.append(_written(loss * (1 - 0.5 * part * (1 - learned)) + dice.normal(0, wobble / 2)))
        valid.append(_written(loss + 0.08 + by_heart * part * part * (1 - learned) + dice.normal(0, wobble)))
    return train, valid


def _written(loss: float) -> float:
    return rounded(max(0.01, loss), 4)


def _answers(rates: dict[str, float], runs: dict[str, Run], patience: int) -> dict[str, Answer]:
    best = lowest({name: min(valid) for name, (_, valid) in runs.items()})
    _, valid = runs[best]
    epoch = lowest(dict(enumerate(valid, 1)))
    gaps = {name: each[-1] - other[-1] for name, (other, each) in runs.items()}
    stop = _stops_after(valid, patience)
    away_from_zero(gaps[best], least=0.01)
    return {
        "best_run": best,
        "best_rate": rates[best],
        "best_epoch": epoch,
        "best_loss": valid[epoch - 1],
        "last_gap": gaps[best],
        "widest_gap_run": highest(gaps),
        "growing_runs": sum(each[-1] > 1.1 * min(each) for _, each in runs.values()),
        "stop_epoch": stop,
        "stop_loss": min(valid[:stop]),
        "smoothed_best": _smoothed_best(valid),
        "last_five": mean(valid[-5:]),
        "mean_best": mean([min(each) for _, each in runs.values()]),
    }


def _stops_after(valid: list[float], patience: int) -> int:
    best, waited = math.inf, 0
    for epoch, loss in enumerate(valid, 1):
        best, waited = (loss, 0) if loss < best else (best, waited + 1)
        if waited == patience:
            return epoch
    return len(valid)


def _smoothed_best(valid: list[float]) -> float:
    level, best = valid[0], valid[0]
    for loss in valid[1:]:
        level += 0.1 * (loss - level)
        best = min(best, level)
    return best


_BEST = "For the run with the lowest validation loss of all:"
GENERATOR = Generator(
    "training-curves",
    "Train and validation loss by epoch for runs with different learning rates.",
    TrainingCurves,
    _build,
    {
        "best_run": text("The run with the lowest validation loss of all."),
        "best_rate": number(f"{_BEST} its learning rate."),
        "best_epoch": whole(f"{_BEST} the epoch of that lowest loss."),
        "best_loss": number("The lowest validation loss of all runs."),
        "last_gap": number(f"{_BEST} validation loss minus train loss in the last epoch."),
        "widest_gap_run": text("The run with the largest validation loss minus train loss in the last epoch."),
        "growing_runs": whole("How many runs end with a validation loss above 1.1 times their own lowest."),
        "stop_epoch": whole(
            f"{_BEST} the epoch in which early stopping ends it: so many epochs in a row (3 unless told) without a "
            "validation loss below the lowest so far; the last epoch if that never happens."
        ),
        "stop_loss": number(f"{_BEST} the lowest validation loss up to that stop."),
        "smoothed_best": number(
            f"{_BEST} the lowest value of the smoothed validation loss: the first loss, then 0.9 of the old value "
            "plus 0.1 of the new loss."
        ),
        "last_five": number(f"{_BEST} the mean validation loss of the last five epochs."),
        "mean_best": number("The mean over the runs of the lowest validation loss of each."),
    },
)
