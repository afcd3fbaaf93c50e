"""The entries of a file; a broken one does not hide the others."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.codes import problem
from content.entry import RawEntry
from content.problem import Place, Problem
from content.source_text import SourceText
from content.yaml_advice import Flaw
from content.yaml_nodes import Base, Mapping, Node, Sequence
from content.yaml_tree import read_tree

_FIRST_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_ANY_CONTENT = re.compile(r"^[^#\s]|^\s+[^#\s]", re.MULTILINE)


def read_entries(kind: str, source: SourceText) -> tuple[list[RawEntry], list[Problem]]:
    """Read all entries of a file, and say what could not be read."""
    roots, flaws = _roots(source.text)
    problems = [_as_problem(source, flaw) for flaw in flaws]
    entries: list[RawEntry] = []
    for root in roots:
        for node in root.items if isinstance(root, Sequence) and kind not in ("pack", "topics") else [root]:
            if isinstance(node, Mapping):
                entries.append(RawEntry(kind, source.path, node, node.data()))
            else:
                problems.append(_not_an_entry(source, node))
    if not roots and not flaws:
        problems.append(problem("FIL005", Place(source.path), "The file is empty.", "Write an entry or delete it."))
    return entries, problems


def _roots(text: str) -> tuple[list[Node], list[Flaw]]:
    if not _ANY_CONTENT.search(text):
        return [], []
    tree = read_tree(text)
    if tree.root is not None:
        return [tree.root], tree.flaws
    pieces = list(_pieces(text))
    if len(pieces) < 2:
        return [], tree.flaws
    trees = [read_tree(piece, base) for piece, base in pieces]
    flaws = [flaw for each in trees for flaw in each.flaws]
    return [each.root for each in trees if each.root is not None], flaws or tree.flaws


def _pieces(text: str) -> Iterator[tuple[str, Base]]:
    """Cut a list of entries where an item begins in the column of the first one."""
    first = _FIRST_ITEM.search(text)
    if first is None:
        return
    starts = [match.start() for match in re.finditer(rf"^{first[1]}-(?= |\r?$)", text, re.MULTILINE)]
    line, counted = 0, 0
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line += text.count("\n", counted, start)
        counted = start
        yield text[start:end], Base(line, start)


def _as_problem(source: SourceText, flaw: Flaw) -> Problem:
    return problem(flaw.code, Place(source.path, flaw.line + 1, flaw.column + 1), flaw.message, flaw.hint)


def _not_an_entry(source: SourceText, node: Node) -> Problem:
    place = Place(source.path, node.line + 1, node.column + 1)
    hint = "Write fields such as 'id: my-entry', or a list of such entries."
    return problem("SHP008", place, "Fields are expected here, and something else was found.", hint)
