"""The nodes of a YAML tree; each knows where it stands in its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_INT = re.compile(r"[-+]?[0-9]+\Z")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MAYBE_NUMBER = frozenset("0123456789+-.")
_LONGEST_NUMBER = 40


@dataclass(frozen=True, slots=True)
class Base:
    """Say where a piece of text begins in its file."""

    line: int = 0
    index: int = 0


class Node:
    """Hold the place of a value: line and column from zero, and its span in the text."""

    __slots__ = ("column", "end", "line", "start")

    def __init__(self, line: int, column: int, start: int, end: int) -> None:
        self.line, self.column, self.start, self.end = line, column, start, end

    def data(self) -> Any:
        """Return the plain value."""
        raise NotImplementedError


class Scalar(Node):
    """One word, number or text."""

    __slots__ = ("style", "text")

    def __init__(self, event: Any, base: Base) -> None:
        mark = event.start_mark
        super().__init__(mark.line + base.line, mark.column, mark.index + base.index, event.end_mark.index + base.index)
        self.text: str = event.value
        self.style: str | None = event.style

    def data(self) -> str | int | float | bool | None:
        """Return the value by the core rules of YAML 1.2: `no` and `10:30` are text."""
        text = self.text
        if self.style is not None and self.style != "":
            return text
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in _MAYBE_NUMBER and len(text) <= _LONGEST_NUMBER:
            if _INT.match(text):
                return int(text)
            if _FLOAT.match(text):
                return float(text)
        return text


class Sequence(Node):
    """A list of values."""

    __slots__ = ("flow", "items")

    def __init__(self, event: Any, base: Base) -> None:
        mark = event.start_mark
        super().__init__(mark.line + base.line, mark.column, mark.index + base.index, -1)
        self.items: list[Node] = []
        self.flow = bool(event.flow_style)

    def data(self) -> list[Any]:
        """Return the plain list."""
        return [item.data() for item in self.items]


class Mapping(Node):
    """Fields with their values, in the order of the file."""

    __slots__ = ("fields", "flow", "waiting")

    def __init__(self, event: Any, base: Base) -> None:
        mark = event.start_mark
        super().__init__(mark.line + base.line, mark.column, mark.index + base.index, -1)
        self.fields: dict[str, tuple[Scalar, Node]] = {}
        self.waiting: Scalar | None = None
        self.flow = bool(event.flow_style)

    def data(self) -> dict[str, Any]:
        """Return the plain mapping."""
        return {name: value.data() for name, (_, value) in self.fields.items()}
