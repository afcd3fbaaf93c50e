"""One cell of predictions: read as a label, a number, a probability or a ranking, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.core.markup import Markdown, md
from bot.services.grading.columns import shorten
from bot.services.grading.values import Needs, Prediction, Ranking, Wanted

LONGEST_NUMBER = 400
# Squares of larger numbers leave no room for their sum.
LARGEST = 1e100
MOST_RANKED = 1_000
_MINUS = str.maketrans({"−": "-", "–": "-"})
_EMPTY = frozenset({"", "nan", "+nan", "-nan", "null", "none", "na", "n/a", "#n/a", "<na>", "nat"})
_INFINITE = frozenset({"inf", "infinity"})
_YES_AND_NO = {"true": "1", "false": "0"}

Reader = Callable[[str], Prediction]


class BadCell(Exception):
    """A cell that cannot be read. The words are made when somebody asks for them: there may be thousands of these."""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self._template, self._values = template, values

    @property
    def problem(self) -> Markdown:
        """Say what is wrong and what to do."""
        return md(self._template, **{name: _shown(value) for name, value in self._values.items()})


def reader_for(wanted: Wanted, decimal_comma: bool) -> Reader:
    """Return what reads one cell; `decimal_comma` when the comma does not part the columns."""
    match wanted.needs:
        case Needs.LABEL:
            return _Labels(wanted.choices).read
        case Needs.RANKING:
            return _Rankings(wanted.choices).read
        case Needs.PROBABILITY:
            return _Numbers(decimal_comma, "0.25").read_probability
        case Needs.NUMBER:
            return _Numbers(decimal_comma, "12.5").read


class _Numbers:
    def __init__(self, decimal_comma: bool, example: str) -> None:
        self._decimal_comma, self._example = decimal_comma, example

    def read(self, cell: str) -> float:
        try:
            number = float(cell) if len(cell) <= LONGEST_NUMBER and "_" not in cell else self._unusual(cell)
        except ValueError:
            number = self._unusual(cell)
        # Not so for NaN either.
        if abs(number) <= LARGEST:
            return number
        raise self._refusal(cell)

    def read_probability(self, cell: str) -> float:
        number = self.read(cell)
        if 0 <= number <= 1:
            return number
        raise BadCell("“{cell}” is not between 0 and 1. Write the probability like 0.25.", cell=cell)

    def _unusual(self, cell: str) -> float:
        plain = cell.translate(_MINUS)
        if self._decimal_comma and plain.count(",") == 1 and "." not in plain:
            plain = plain.replace(",", ".")
        if plain == cell or len(plain) > LONGEST_NUMBER or "_" in plain:
            raise self._refusal(cell)
        try:
            return float(plain)
        except ValueError:
            raise self._refusal(cell) from None

    def _refusal(self, cell: str) -> BadCell:
        if _is_empty_or_formula(cell):
            return _nothing_or_formula(cell, self._example)
        if cell.strip("+-").casefold() in _INFINITE:
            return BadCell("infinity cannot be scored. Write a number like {like}.", like=self._example)
        if len(cell) <= LONGEST_NUMBER and "_" not in cell and _is_number(cell):
            return BadCell("“{cell}” is too large. Write a number like {like}.", cell=cell, like=self._example)
        return BadCell("“{cell}” is not a number. Write it like {like}.", cell=cell, like=self._example)


class _Labels:
    def __init__(self, choices: tuple[str, ...]) -> None:
        self._example, self._all = choices[0], _either(choices)
        self._known = {choice: choice for choice in choices}
        self._loose = _loose_names(choices)

    def read(self, cell: str) -> str:
        known = self._known.get(cell) or self._loose.get(cell.casefold()) or self._loose.get(_whole(cell))
        if known is not None:
            return known
        if _is_empty_or_formula(cell):
            raise _nothing_or_formula(cell, self._example)
        raise BadCell("“{cell}” is none of the labels. Write {labels}.", cell=cell, labels=self._all)


class _Rankings:
    def __init__(self, choices: tuple[str, ...]) -> None:
        self._items = frozenset(choices)
        self._example = " ".join(choices[:3]) or "a7 b2 c9"

    def read(self, cell: str) -> Ranking:
        if _is_empty_or_formula(cell):
            raise _nothing_or_formula(cell, self._example)
        items = tuple(cell.split())
        if problem := self._problem(cell, items):
            raise problem
        return items

    def _problem(self, cell: str, items: Ranking) -> BadCell | None:
        if cell.startswith(("[", "(")) and items[0] not in self._items:
            return BadCell(
                "brackets are not needed. Write the items with spaces between them, like “{like}”.", like=self._example
            )
        if len(items) > MOST_RANKED:
            return BadCell("{count} items are too many. Keep the first {most}.", count=len(items), most=MOST_RANKED)
        if len(set(items)) < len(items):
            return BadCell("“{item}” is named twice. Keep the first of them.", item=_first_repeated(items))
        if not self._items or self._items.issuperset(items):
            return None
        return BadCell(
            "“{item}” is none of the items. Write items with spaces between them, like “{like}”.",
            item=next(item for item in items if item not in self._items),
            like=self._example,
        )


def _is_empty_or_formula(cell: str) -> bool:
    return cell.startswith(("=", "@")) or cell.casefold() in _EMPTY


def _nothing_or_formula(cell: str, example: str) -> BadCell:
    if cell.startswith(("=", "@")):
        return BadCell("“{cell}” is a formula. Write its value, like “{like}”.", cell=cell, like=example)
    if cell:
        return BadCell("“{cell}” is no value. Write one like “{like}” in every row.", cell=cell, like=example)
    return BadCell("the cell is empty. Write a value like “{like}” in every row.", like=example)


def _is_number(cell: str) -> bool:
    try:
        return bool(float(cell))
    except ValueError:
        return False


def _loose_names(choices: tuple[str, ...]) -> dict[str, str]:
    """Return other ways to write the labels: those that can mean only one of them."""
    named = [(choice.casefold(), choice) for choice in choices] + [(_whole(choice), choice) for choice in choices]
    if set(choices) == set(_YES_AND_NO.values()):
        named += _YES_AND_NO.items()
    meant: dict[str, set[str]] = {}
    for name, choice in named:
        meant.setdefault(name, set()).add(choice)
    return {name: next(iter(labels)) for name, labels in meant.items() if len(labels) == 1}


def _whole(cell: str) -> str:
    """Write 1.0 as 1: a frame with gaps in it turns whole numbers into these."""
    head, point, tail = cell.partition(".")
    return head if point and head.lstrip("+-").isdecimal() and not tail.strip("0") else cell


def _first_repeated(items: Iterable[str]) -> str:
    seen: set[str] = set()
    return next(item for item in items if item in seen or seen.add(item))  # type: ignore[func-returns-value]


def _either(names: tuple[str, ...], most: int = 6) -> Markdown:
    shown = [md("{name:code}", name=shorten(name)) for name in names[:most]]
    if len(names) > most:
        return Markdown(f"one of {', '.join(shown)} and {len(names) - most} more")
    return Markdown(" or ".join([", ".join(shown[:-1]), shown[-1]])) if len(shown) > 1 else shown[0]


def _shown(value: object) -> object:
    return shorten(value) if isinstance(value, str) and not isinstance(value, Markdown) else value
