"""What a generator makes: the files that a member is sent, and what only the checker knows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cell = str | int | float | None
Answer = float | int | str | tuple[str, ...]
Target = str | float | Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Table:
    """Hold named columns; an unknown cell is empty in CSV and null in JSON."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, columns: str, rows: Sequence[Sequence[Cell]]) -> Table:
        """Build a table from the names of its columns, separated by spaces, and its rows."""
        return cls(tuple(columns.split()), tuple(map(tuple, rows)))

    def to_csv(self) -> str:
        """Write the table with commas, a head line and plain line ends."""
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(self.columns)
        writer.writerows(self.rows)
        return out.getvalue()

    def to_json(self) -> str:
        """Write the table as a list of records, one a line."""
        lines = [json.dumps(dict(zip(self.columns, row, strict=True)), ensure_ascii=False) for row in self.rows]
        return "[\n" + ",\n".join(lines) + "\n]\n"


@dataclass(frozen=True, slots=True)
class Text:
    """Hold lines that are no table, such as a log."""

    lines: tuple[str, ...]

    def to_csv(self) -> str:
        """Write the lines as they are."""
        return "\n".join(self.lines) + "\n"

    def to_json(self) -> str:
        """Write the lines as a list."""
        return json.dumps(self.lines, ensure_ascii=False, indent=0) + "\n"


@dataclass(frozen=True, slots=True)
class Split:
    """Hold data to learn from, data to predict, and the truth about the latter by id.

    The truth is a number, a class ("0" or "1" where something happens or not), or for a ranking how much each item is
    worth; items that it does not name are worth nothing. The choices are the classes, or the items to rank.
    """

    train: Table
    test: Table
    truth: Mapping[str, Target]
    id_column: str
    target_column: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """Hold the files by name, and either the answers by name or the split with its hidden truth."""

    files: Mapping[str, Table | Text]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    split: Split | None = None

    def written(self, form: str) -> dict[str, str]:
        """Return the files as text by file name, in a form: csv or json."""
        return {_file_name(name, each, form): _content(each, form) for name, each in self.files.items()}


def _file_name(name: str, content: Table | Text, form: str) -> str:
    ending = "txt" if isinstance(content, Text) and form == "csv" else form
    return f"{name}.{ending}"


def _content(content: Table | Text, form: str) -> str:
    return content.to_json() if form == "json" else content.to_csv()
