"""A member's file of predictions, read in one pass with bounded time and memory, or refused in plain words.

Row numbers are those that a spreadsheet shows: the header is row 1. A file is data: nothing in it is unpacked or run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.core.markup import Markdown, join, md
from bot.services.grading.cells import BadCell, reader_for
from bot.services.grading.columns import Columns, find_columns, shorten
from bot.services.grading.decoding import decode
from bot.services.grading.faults import UploadProblem
from bot.services.grading.file_kinds import other_kind, other_text
from bot.services.grading.tables import Row, read_table
from bot.services.grading.values import Prediction, Predictions, Wanted

LARGEST_FILE = 2_000_000
# Blank lines and a few rows too many are told apart from a file that is something else.
ROWS_TOO_MANY = 1_000
SHOWN_PROBLEMS = 5


def read_predictions(data: bytes, wanted: Wanted) -> Predictions:
    """Read a file of predictions; UploadProblem says what is wrong, with row and column, and what to do."""
    if kind := other_kind(data):
        raise UploadProblem([kind])
    _refuse_by_size(data, wanted)
    text = decode(data)
    if kind := other_text(text):
        raise UploadProblem([kind])
    table = read_table(text, len(wanted.ids) + 1 + ROWS_TOO_MANY, (wanted.id_column, wanted.column))
    first = next(table.rows, None)
    if first is None:
        raise _empty(wanted)
    columns = find_columns(first[1], wanted)
    collector = _Collector(wanted, columns, decimal_comma=table.delimiter != ",")
    collector.take([] if columns.header else [first])
    collector.take(table.rows)
    return collector.predictions()


class _Collector:
    """Gathers predictions row by row, and what is wrong with them."""

    def __init__(self, wanted: Wanted, columns: Columns, decimal_comma: bool) -> None:
        self._wanted, self._columns = wanted, columns
        self._read = reader_for(wanted, decimal_comma)
        self._ids = _by_spelling(wanted.ids)
        self._values: dict[str, Prediction] = {}
        self._rows: dict[str, int] = {}
        self._problems: list[Markdown] = []
        self._found = 0

    def take(self, rows: Iterable[Row]) -> None:
        """Read rows; a wrong one is written down, and the next is read."""
        id_at, prediction_at, count = self._columns.id, self._columns.prediction, self._columns.count
        for number, cells in rows:
            # Spreadsheets leave empty cells behind at the end of a row.
            if len(cells) < count or any(cells[count:]):
                self._miscounted(number, cells)
                continue
            own = self._id(number, cells[id_at])
            if own is None:
                continue
            self._rows[own] = number
            try:
                self._values[own] = self._read(cells[prediction_at])
            except BadCell as bad:
                self._note("Row {row}, column {column:code}: {problem}", number, problem=bad.problem)

    def predictions(self) -> Predictions:
        """Return everything that was read, or raise all that is wrong."""
        if len(self._rows) < len(self._wanted.ids):
            self._note_missing()
        if self._found:
            raise UploadProblem(self._problems, self._found - len(self._problems))
        return Predictions(self._wanted.ids, tuple(self._values[own] for own in self._wanted.ids))

    def _id(self, number: int, cell: str) -> str | None:
        own = self._ids.get(cell)
        if own is None:
            self._note(
                "Row {row}, column {id_column:code}: “{cell}” is not an id of the test data, where they look like "
                "“{like}”. Remove the row or write its id as it is there.",
                number,
                cell=shorten(cell),
                like=shorten(self._wanted.ids[0]),
            )
        elif own in self._rows:
            self._note(
                "Row {row}: the id “{cell}” is in row {earlier} already. Keep one of the two.",
                number,
                cell=shorten(cell),
                earlier=self._rows[own],
            )
            own = None
        return own

    def _miscounted(self, number: int, cells: list[str]) -> None:
        many = len(cells) > self._columns.count
        cure = "Write decimals with a point, like 12.5" if many else "Write all of them"
        # It is there, after all: nobody should be told that its id is missing.
        own = self._ids.get(cells[self._columns.id]) if self._columns.id < len(cells) else None
        if own is not None:
            self._rows.setdefault(own, number)
        self._note(
            "Row {row} has {count}, and {wanted} belong there. {cure}.",
            number,
            count=f"{len(cells)} cell{'s'[: len(cells) != 1]}",
            wanted=self._columns.count,
            cure=Markdown(cure),
        )

    def _note_missing(self) -> None:
        missing = [own for own in self._wanted.ids if own not in self._rows]
        shown = join([md("“{id}”", id=shorten(own)) for own in missing[:SHOWN_PROBLEMS]], ", ")
        self._found += 1
        if len(self._problems) < SHOWN_PROBLEMS:
            more = md(" and {more} more", more=len(missing) - SHOWN_PROBLEMS) if len(missing) > SHOWN_PROBLEMS else ""
            self._problems.append(
                md("No row has the id {ids}{more}. Add a row for each.", ids=shown, more=Markdown(more))
            )

    def _note(self, template: str, number: int, **values: object) -> None:
        self._found += 1
        # Words are only made for the problems that are shown: there may be thousands.
        if len(self._problems) < SHOWN_PROBLEMS:
            names = {"column": self._wanted.column, "id_column": self._wanted.id_column}
            self._problems.append(md(template, row=number, **names, **values))


def _by_spelling(ids: tuple[str, ...]) -> Mapping[str, str]:
    """Map each way to write an id to the id: a frame with gaps in it writes 17 as 17.0."""
    return {f"{own}.0": own for own in ids if own.isdecimal()} | {own: own for own in ids}


def _refuse_by_size(data: bytes, wanted: Wanted) -> None:
    if len(data) > LARGEST_FILE:
        raise UploadProblem(
            [
                md(
                    "This file is larger than {most:.0f} MB, and that is too much. "
                    "Keep only the columns {id:code} and {column:code}, and send it again.",
                    most=LARGEST_FILE / 1e6,
                    id=wanted.id_column,
                    column=wanted.column,
                )
            ]
        )


def _empty(wanted: Wanted) -> UploadProblem:
    return UploadProblem(
        [
            md(
                "There is nothing in this file. Write {header:code} as the first row and a row for each id below it.",
                header=f"{wanted.id_column},{wanted.column}",
            )
        ]
    )
