"""A CSV text taken apart into rows: comma, semicolon or tab, with quotes, in one pass that cannot grow."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.markup import md
from bot.services.grading.faults import UploadProblem

LONGEST_LINE = 20_000
# The comma last: where others part the columns, it may stand in a number.
_DELIMITERS = ("\t", ";", ",")

Row = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells with the number that a spreadsheet shows beside them; the first is number 1."""

    delimiter: str
    # Numbers and cells; rows without anything in them are left out.
    rows: Iterator[Row]


def read_table(text: str, most_rows: int, names: tuple[str, ...]) -> Table:
    """Open a text as a table; `names` are columns that its first row is likely to have."""
    _refuse_if_too_long(text, most_rows)
    delimiter = _delimiter(text, names)
    return Table(delimiter, _rows(text, delimiter))


def _refuse_if_too_long(text: str, most_rows: int) -> None:
    lines = text.count("\n") + (not text.endswith("\n"))
    # Lines are counted before anything is read: a million rows cost no more than this count.
    if lines > most_rows:
        raise UploadProblem(
            [
                md(
                    "This file has {lines} lines, and at most {most} are read. Send one row for each id of the test "
                    "data, with a header above them.",
                    lines=f"{lines:,}",
                    most=f"{most_rows:,}",
                )
            ]
        )
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise UploadProblem(
                [
                    md(
                        "Line {number} has {length} characters, and at most {most} are read. "
                        "Write each row on a line of its own.",
                        number=number,
                        length=f"{len(line):,}",
                        most=f"{LONGEST_LINE:,}",
                    )
                ]
            )


def _delimiter(text: str, names: tuple[str, ...]) -> str:
    """Choose the delimiter by which the first row has most of the names, then most cells."""
    first = next((line for line in text.split("\n", 100)[:100] if line.strip()), "")
    wanted = {name.casefold() for name in names}

    def fit(delimiter: str) -> tuple[int, int]:
        cells = [cell.strip(' "').casefold() for cell in first.split(delimiter)]
        return len(wanted.intersection(cells)), len(cells)

    return max(_DELIMITERS, key=fit)


def _rows(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    number = 0
    try:
        for number, spaced in enumerate(reader, 1):
            cells = list(map(str.strip, spaced))
            if any(cells):
                yield number, cells
    except csv.Error:
        raise UploadProblem(
            [
                md(
                    "Row {row} has a quotation mark that does not fit. Put quotation marks around a whole cell or "
                    "leave them out.",
                    row=number + 1,
                )
            ]
        ) from None
