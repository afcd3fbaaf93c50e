"""An entry as its author wrote it: plain data, and the place of each of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.problem import Place
from content.yaml_nodes import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True, eq=False)
class RawEntry:
    """Hold one entry before anything is known to be right about it."""

    kind: str
    file: Path
    node: Mapping
    data: dict[str, Any]

    @property
    def id(self) -> str:
        """Return the id, or nothing when there is none that can be used."""
        found = self.data.get("id")
        return found if isinstance(found, str) else ""

    @property
    def name(self) -> str:
        """Return the words by which a person knows the entry."""
        return self.id or next((v for v in (self.text("title"), self.text("question")) if v), "this entry")

    def text(self, field: str) -> str:
        """Return a field of text; empty when it is missing or something else."""
        found = self.data.get(field)
        return found if isinstance(found, str) else ""

    def texts(self, field: str) -> list[tuple[int, str]]:
        """Return the texts of a list with their positions in it."""
        found = self.data.get(field)
        items = found if isinstance(found, list) else []
        return [(number, item) for number, item in enumerate(items) if isinstance(item, str)]

    def inner(self, field: str, kind: str) -> Iterator[RawEntry]:
        """Yield the entries that a field of this one holds."""
        node = self.node.fields.get(field)
        if node is None or not isinstance(node[1], Sequence):
            return
        for item, data in zip(node[1].items, self.data[field], strict=True):
            if isinstance(item, Mapping):
                yield RawEntry(kind, self.file, item, data)

    def place(self, *path: str | int) -> Place:
        """Return where a part stands: the key of a field, an item of a list, or what is nearest to it."""
        return _at(self.file, self._find(path)[0])

    def place_in_text(self, line: int, *path: str | int) -> Place:
        """Return where a line of a long text stands, counted from zero."""
        mark, value = self._find(path)
        if isinstance(value, Scalar) and value.style == "|":
            return Place(self.file, value.line + 2 + line, 1)
        return _at(self.file, mark)

    def value_node(self, *path: str | int) -> Node | None:
        """Return the node of a part, for those who edit the file."""
        node: Node | None = self.node
        for part in path:
            node = _child(node, part)[1]
        return node

    def _find(self, path: tuple[str | int, ...]) -> tuple[Node, Node]:
        mark: Node = self.node
        value: Node = self.node
        for part in path:
            next_mark, next_value = _child(value, part)
            if next_mark is None or next_value is None:
                break
            mark, value = next_mark, next_value
        return mark, value


def _child(node: Node | None, part: str | int) -> tuple[Node | None, Node | None]:
    if isinstance(node, Mapping) and isinstance(part, str):
        return node.fields.get(part, (None, None))
    if isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
        return node.items[part], node.items[part]
    return None, None


def _at(file: Path, node: Node) -> Place:
    return Place(file, node.line + 1, node.column + 1)
