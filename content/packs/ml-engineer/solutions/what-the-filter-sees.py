"""How "What the filter sees" is solved: the kernel slides as it stands."""

from __future__ import annotations

import csv
import io

Grid = list[list[int]]


def solve(files: dict[str, str]) -> list[str]:
    """Slide the kernel over the picture without turning it."""
    return _sums(_grid(files["picture.csv"]), _grid(files["kernel.csv"]))


def naive(files: dict[str, str]) -> list[str]:
    """Turn the kernel by half a turn, as convolutions in signal processing do."""
    turned = [row[::-1] for row in reversed(_grid(files["kernel.csv"]))]
    return _sums(_grid(files["picture.csv"]), turned)


def _grid(text: str) -> Grid:
    return [[int(cell) for cell in row] for row in list(csv.reader(io.StringIO(text)))[1:]]


def _sums(picture: Grid, kernel: Grid) -> list[str]:
    size = len(picture) - len(kernel) + 1
    seen = [[max(0, _value(picture, kernel, top, left)) for left in range(size)] for top in range(size)]
    pooled = [
        max(seen[top + row][left + column] for row in (0, 1) for column in (0, 1))
        for top in range(0, size, 2)
        for left in range(0, size, 2)
    ]
    return [str(sum(map(sum, seen))), str(sum(pooled))]


def _value(picture: Grid, kernel: Grid, top: int, left: int) -> int:
    return sum(
        number * picture[top + row][left + column]
        for row, numbers in enumerate(kernel)
        for column, number in enumerate(numbers)
    )
