"""A small picture and a kernel: convolution, ReLU and pooling by hand."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from content.generators.arithmetic import mean
from content.generators.clear import highest, require
from content.generators.dice import Dice
from content.generators.generator import Generator, Params, number, whole
from content.generators.made import Answer, Made, Table

Grid = list[list[int]]


class Convolution(Params):
    """Say how large picture and kernel are, and how the kernel moves."""

    size: Annotated[int, Field(ge=5, le=12, description="Rows and columns of the picture.")] = 6
    kernel: Annotated[Literal[2, 3], Field(description="Rows and columns of the kernel.")] = 3
    stride: Annotated[Literal[1, 2], Field(description="How far the kernel moves.")] = 1
    padding: Annotated[Literal[0, 1], Field(description="How many rings of zeros lie around the picture.")] = 0


def _build(params: Convolution, dice: Dice) -> Made:
    picture = [[dice.integer(0, 9) for _ in range(params.size)] for _ in range(params.size)]
    kernel = [[dice.integer(-2, 2) for _ in range(params.kernel)] for _ in range(params.kernel)]
    require(any(x > 0 for row in kernel for x in row) and any(x < 0 for row in kernel for x in row))
    files = {"picture": _table(picture), "kernel": _table(kernel)}
    return Made(files, _answers(picture, kernel, params))


def _table(grid: Grid) -> Table:
    return Table.of(" ".join(f"c{place}" for place in range(1, len(grid) + 1)), grid)


def _answers(picture: Grid, kernel: Grid, params: Convolution) -> dict[str, Answer]:
    moved = _convolved(_padded(picture, params.padding), kernel, params.stride)
    places = {(row, column): value for row, line in enumerate(moved, 1) for column, value in enumerate(line, 1)}
    kept = [[max(0, value) for value in line] for line in moved]
    require(any(map(any, kept)))
    pooled = [value for line in _pooled(kept) for value in line]
    row, column = highest(places, 0.5)
    return {
        "first": moved[0][0],
        "largest": places[row, column],
        "largest_row": row,
        "largest_column": column,
        "smallest": min(places.values()),
        "sum": sum(places.values()),
        "positive_cells": sum(value > 0 for value in places.values()),
        "relu_sum": sum(map(sum, kept)),
        "relu_mean": mean([value for line in kept for value in line]),
        "pooled_sum": sum(pooled),
    }


def _padded(grid: Grid, rings: int) -> Grid:
    empty = [[0] * (len(grid) + 2 * rings) for _ in range(rings)]
    return [*empty, *([*[0] * rings, *row, *[0] * rings] for row in grid), *empty]


def _convolved(grid: Grid, kernel: Grid, stride: int) -> Grid:
    size = len(kernel)
    starts = range(0, len(grid) - size + 1, stride)
    return [
        [
            sum(grid[top + row][left + column] * kernel[row][column] for row in range(size) for column in range(size))
            for left in starts
        ]
        for top in starts
    ]


def _pooled(grid: Grid) -> Grid:
    starts = range(0, len(grid) - 1, 2)
    return [[max(grid[top][left : left + 2] + grid[top + 1][left : left + 2]) for left in starts] for top in starts]


_MAP = "Slide the kernel over the picture without turning it (as deep-learning libraries do), no bias."
GENERATOR = Generator(
    "convolution",
    "A picture of whole numbers and a kernel.",
    Convolution,
    _build,
    {
        "first": whole(f"{_MAP} The value at the top left."),
        "largest": whole(f"{_MAP} The largest value."),
        "largest_row": whole(f"{_MAP} The row of the largest value, counted from 1."),
        "largest_column": whole(f"{_MAP} The column of the largest value, counted from 1."),
        "smallest": whole(f"{_MAP} The smallest value."),
        "sum": whole(f"{_MAP} The sum of all values."),
        "positive_cells": whole(f"{_MAP} How many values are above 0."),
        "relu_sum": whole(f"{_MAP} The sum after ReLU."),
        "relu_mean": number(f"{_MAP} The mean after ReLU."),
        "pooled_sum": whole(
            f"{_MAP} The sum after ReLU and max pooling, 2 x 2 with stride 2; a last odd row or column is left out."
        ),
    },
)
