"""Syntax errors of YAML, said so that an author knows what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from content.yaml_nodes import Base


@dataclass(frozen=True, slots=True)
class Flaw:
    """Say what is wrong in the YAML, at a line and column from zero."""

    code: str
    line: int
    column: int
    message: str
    hint: str


_ADVICE = (
    ("cannot start any token", "YAML keeps @ ` and % for itself: put quotes around the text."),
    ("alias", "Text that begins with * needs quotes around it."),
    ("anchor", "Text that begins with & needs quotes around it."),
    ("mapping values are not allowed", "A text with a colon and a space needs quotes around it."),
    ("could not find expected ':'", "Every field is written 'name: value'; look at the indentation above."),
    ("block mapping", "Look at the indentation here and above: fields of an entry start in the same column."),
    (
        "block collection",
        "Look at the indentation here and above: every entry begins with '- ' in one column.",
    ),
    ("quoted scalar", "A quote is opened and not closed."),
    ("flow", "A bracket or brace is opened and not closed, or a comma is missing."),
)


def syntax_flaw(error: yaml.MarkedYAMLError, text: str, base: Base) -> Flaw:
    """Turn an error of the YAML parser into a flaw with a cure."""
    said = " ".join(part for part in (error.context, error.problem) if part)
    marks = (error.problem_mark, error.context_mark)
    opened = "quoted scalar" in said or "parsing a flow" in said
    mark = next((mark for mark in (reversed(marks) if opened else marks) if mark), None)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    near = lines[line] if line < len(lines) else ""
    if re.match(r" *\t", near) or "character '\\t'" in said:
        return Flaw("YML002", line + base.line, 0, "A tab indents this line.", "Use two spaces for each step.")
    advice = next((cure for sign, cure in _ADVICE if sign in said), "Look at this line and the one above.")
    return Flaw("YML001", line + base.line, column, f"YAML cannot read this: {said}.", advice)
