"""A layer whose weights are squeezed into a few bits, with one scale for all or one for each row."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field

from content.generators.arithmetic import dot, root_mean_square, rounded
from content.generators.clear import away_from_zero, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, whole
from content.generators.made import Answer, Cell, Made, Table

_HALF_WAY = 1e-4
Matrix = list[list[float]]


class QuantisedLayer(Params):
    """Say how large the layer is, how many bits a weight gets, and how large the loudest row is."""

    rows: Annotated[int, Field(ge=3, le=16, description="How many units the layer has.")] = 6
    columns: Annotated[int, Field(ge=4, le=32, description="How many inputs each unit has.")] = 8
    bits: Annotated[int, Field(ge=3, le=8, description="How many bits a weight gets.")] = 8
    loud: Annotated[float, Field(ge=1, le=40, description="How much larger the weights of one unit are.")] = 12.0


def _build(params: QuantisedLayer, dice: Dice) -> Made:
    loudest = dice.integer(0, params.rows - 1)
    layer = [
        [rounded(dice.normal(0, 0.1 * (params.loud if row == loudest else 1)), 4) for _ in range(params.columns)]
        for row in range(params.rows)
    ]
    signal = [rounded(dice.between(-2, 2), 2) for _ in range(params.columns)]
    names = [f"x{place}" for place in range(1, params.columns + 1)]
    rows: list[list[Cell]] = [[f"u{place}", *row] for place, row in enumerate(layer, 1)]
    files = {
        "layer": Table.of(" ".join(["unit", *names]), rows),
        "signal": Table.of("input value", list(zip(names, signal, strict=True))),
    }
    return Made(files, _answers(layer, signal, 2 ** (params.bits - 1) - 1))


def _answers(layer: Matrix, signal: list[float], most: int) -> dict[str, Answer]:
    require(any(row) for row in layer)
    scale = max(abs(weight) for row in layer for weight in row) / most
    one = [_squeezed(row, scale) for row in layer]
    each = [_squeezed(row, max(map(abs, row)) / most) for row in layer]
    one_error, each_error = _error(layer, one), _error(layer, each)
    one_out, each_out = _output_error(layer, one, signal), _output_error(layer, each, signal)
    away_from_zero(one_error, each_error, one_out, each_out, least=1e-6)
    return {
        "scale": scale,
        "zeros": sum(not weight for row in one for weight in row),
        "error": one_error,
        "row_error": each_error,
        "output_error": one_out,
        "row_output_error": each_out,
    }


def _squeezed(row: list[float], scale: float) -> list[float]:
    steps = [weight / scale for weight in row]
    require(abs(step - math.floor(step) - 0.5) > _HALF_WAY for step in steps)
    return [round(step) * scale for step in steps]


def _error(layer: Matrix, other: Matrix) -> float:
    return root_mean_square(
        [a - b for one, two in zip(layer, other, strict=True) for a, b in zip(one, two, strict=True)]
    )


def _output_error(layer: Matrix, other: Matrix, signal: list[float]) -> float:
    return root_mean_square([dot(one, signal) - dot(two, signal) for one, two in zip(layer, other, strict=True)])


_STEPS = (
    "Each weight becomes the nearest whole number of steps of a scale: the largest absolute weight / "
    "(2^(bits - 1) - 1), bits 8 unless told."
)
_ONE = f"{_STEPS} One scale for the whole layer."
_EACH = f"{_STEPS} Each unit has a scale of its own, from its own largest weight."
_RMS = "The root mean square, over"
GENERATOR = Generator(
    "quantised-layer",
    "The weights of a small layer, one unit of it louder than the others, and a signal that goes through.",
    QuantisedLayer,
    _build,
    {
        "scale": number(f"{_ONE} That scale."),
        "zeros": whole(f"{_ONE} How many weights become 0."),
        "error": number(f"{_ONE} {_RMS} all weights, of weight minus squeezed weight."),
        "row_error": number(f"{_EACH} {_RMS} all weights, of weight minus squeezed weight."),
        "output_error": number(
            f"{_ONE} {_RMS} the units, of output minus output with squeezed weights, for the signal."
        ),
        "row_output_error": number(f"{_EACH} {_RMS} the units, of output minus output with squeezed weights."),
    },
)
