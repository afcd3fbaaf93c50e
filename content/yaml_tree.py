"""YAML read into a tree that remembers where everything stands.

Events are read one by one, with a stack of our own: the composer of libyaml recurses in C, and a file of
brackets would take the whole process down.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from content.yaml_advice import Flaw, syntax_flaw
from content.yaml_nodes import Base, Mapping, Node, Scalar, Sequence

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 30


@dataclass(slots=True)
class Tree:
    """Hold the root of what was read, and what was wrong on the way."""

    root: Node | None = None
    flaws: list[Flaw] = field(default_factory=list)


class _Stop(Exception):
    """End the reading of this piece of text."""


def read_tree(text: str, base: Base | None = None) -> Tree:
    """Read one YAML document; flaws are collected and nothing is raised."""
    builder = _Builder(base or Base())
    try:
        for event in _events(text):
            builder.take(event)
    except _Stop:
        pass
    except yaml.MarkedYAMLError as error:
        builder.tree.flaws.append(syntax_flaw(error, text, builder.base))
    except (yaml.YAMLError, ValueError) as error:
        builder.flaw("YML001", builder.base.line, 0, f"YAML cannot read this: {error}", "Remove odd characters.")
    if builder.tree.flaws and not builder.whole:
        builder.tree.root = None
    return builder.tree


def _events(text: str) -> Iterator[Any]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Builder:
    """Grow the tree from the events."""

    def __init__(self, base: Base) -> None:
        self.base = base
        self.tree = Tree()
        self.stack: list[Sequence | Mapping] = []
        self.whole = False
        self.documents = 0

    def flaw(self, code: str, line: int, column: int, message: str, hint: str) -> None:
        self.tree.flaws.append(Flaw(code, line, column, message, hint))

    def take(self, event: Any) -> None:
        if isinstance(event, yaml.ScalarEvent):
            self._notice_marks(event)
            self._add(Scalar(event, self.base), event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._notice_marks(event)
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(event)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse_alias(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._count_document(event)
        elif isinstance(event, yaml.DocumentEndEvent):
            self.whole = True

    def _open(self, event: Any) -> None:
        kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        node = kind(event, self.base)
        self._add(node, event)
        self.stack.append(node)
        if len(self.stack) > DEEPEST:
            self._at(event, "YML006", f"This is nested more than {DEEPEST} deep.", "Write it flatter.")
            raise _Stop

    def _close(self, event: Any) -> None:
        self.stack.pop().end = event.end_mark.index + self.base.index

    def _add(self, node: Node, event: Any) -> None:
        parent = self.stack[-1] if self.stack else None
        if parent is None:
            self.tree.root = node
        elif isinstance(parent, Sequence):
            parent.items.append(node)
        elif parent.waiting is not None:
            self._set(parent, parent.waiting, node)
        elif isinstance(node, Scalar):
            parent.waiting = node
        else:
            self._at(event, "YML008", "A key must be a word.", "Put quotes around text that begins with [ or {.")
            raise _Stop

    def _set(self, parent: Mapping, key: Scalar, node: Node) -> None:
        parent.waiting = None
        if key.text in parent.fields:
            first = parent.fields[key.text][0].line + 1
            message = f"The field {key.text!r} stands twice; the first is on line {first}."
            self.flaw("YML003", key.line, key.column, message, "Keep one of them.")
            return
        parent.fields[key.text] = (key, node)

    def _notice_marks(self, event: Any) -> None:
        if event.anchor is not None:
            message = f"The anchor &{event.anchor} is not read here."
            self._at(event, "YML004", message, "Write the value out, or put quotes around text that begins with &.")
        if event.tag is not None and event.tag != "!":
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            message = f"The tag {tag} is not read here."
            self._at(event, "YML005", message, "Remove it, or put quotes around text that begins with !.")

    def _refuse_alias(self, event: Any) -> None:
        message = f"The alias *{event.anchor} is not read here."
        self._at(event, "YML004", message, "Write the value out, or put quotes around text that begins with *.")
        self._add(Scalar(yaml.ScalarEvent(None, None, (True, False), "alias", event.start_mark,
                                          event.end_mark, "'"), self.base), event)  # fmt: skip

    def _count_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            self._at(event, "YML007", "A second document begins here and is not read.",
                     "Remove the line '---', or move what follows to its own file.")  # fmt: skip
            raise _Stop

    def _at(self, event: Any, code: str, message: str, hint: str) -> None:
        self.flaw(code, event.start_mark.line + self.base.line, event.start_mark.column, message, hint)
