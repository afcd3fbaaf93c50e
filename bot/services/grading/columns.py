"""Where the ids and the predictions stand in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.markup import Markdown, join, md
from bot.services.grading.faults import UploadProblem
from bot.services.grading.values import Wanted

_SHOWN_NAMES = 6
_SHOWN_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Columns:
    """The places of the two columns that are read, of how many."""

    id: int
    prediction: int
    count: int
    # False when the first row holds predictions already.
    header: bool = True


def find_columns(first: Sequence[str], wanted: Wanted) -> Columns:
    """Find the columns by their names in the first row, whatever their order and case."""
    ids, predictions = _places(first, wanted.id_column), _places(first, wanted.column)
    if not ids and not predictions and len(first) == 2 and first[0] in wanted.ids:
        return Columns(0, 1, 2, header=False)
    for places, name in ((ids, wanted.id_column), (predictions, wanted.column)):
        if len(places) > 1:
            raise UploadProblem([_repeated(name, len(places))])
    if ids and predictions:
        return Columns(ids[0], predictions[0], max(at for at, name in enumerate(first, 1) if name))
    missing = [name for places, name in ((ids, wanted.id_column), (predictions, wanted.column)) if not places]
    raise UploadProblem([_missing(missing, first, wanted)])


def shorten(text: str) -> str:
    """Cut what a member wrote to a length that can be shown."""
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"


def _places(first: Sequence[str], name: str) -> list[int]:
    exact = [at for at, cell in enumerate(first) if cell == name]
    return exact or [at for at, cell in enumerate(first) if cell.casefold() == name.casefold()]


def _repeated(name: str, count: int) -> Markdown:
    return md(
        "There are {count} columns {name:code}. Keep one of them and send the file again.", count=count, name=name
    )


def _missing(missing: Sequence[str], first: Sequence[str], wanted: Wanted) -> Markdown:
    lacking = md("The first row names no column {names}.", names=_list(missing, " and no column "))
    named = [name for name in first if name]
    more = f" and {len(named) - _SHOWN_NAMES} more" if len(named) > _SHOWN_NAMES else ""
    there = md("It has {names}{more}.", names=_list(named[:_SHOWN_NAMES], ", "), more=Markdown(more))
    if wanted.id_column in missing and not first[0]:
        cure = md(
            "The first column has no name: if it holds the ids, name it {id:code}, and send the file again.",
            id=wanted.id_column,
        )
    else:
        header = f"{wanted.id_column},{wanted.column}"
        cure = md("Write {header:code} as the first row, and send the file again.", header=header)
    return join([lacking, there, cure], " ")


def _list(names: Sequence[str], between: str) -> Markdown:
    return join([md("{name:code}", name=shorten(name)) for name in names], between)
