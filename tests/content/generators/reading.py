"""What a member has in hand: the files as text, read with nothing of the product."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Files = Mapping[str, str]
Given = Mapping[str, Any]
Found = dict[str, Any]
Row = dict[str, str]
Floats = NDArray[np.float64]


def rows(files: Files, name: str) -> list[Row]:
    """Read a table as a member's notebook would."""
    return list(csv.DictReader(io.StringIO(files[f"{name}.csv"])))


def column(table: list[Row], name: str) -> Floats:
    """Return a column of numbers."""
    return np.array([float(row[name]) for row in table])


def matrix(table: list[Row], names: list[str]) -> Floats:
    """Return several columns of numbers."""
    return np.array([[float(row[name]) for name in names] for row in table])
